"""The content of digests, as rows: changes since the release before, what is due, signals of the day, late feeds."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tiers.messages.late_feed import with_reasons
from warehouse.database.build import Snapshot
from warehouse.errors import ReleaseUnreadable
from warehouse.outputs.digest.words import LANGS, filled, worded, words
from warehouse.rows import Row

COLUMNS = ("section", "firm_id", "name", "due_on", "is_new", "zh", "en")

_POSITIONS = """
    select firm_id, name, titles_zh as held_zh, titles_en as held_en, met_zh, met_en, change = 'gone' as is_gone
    from mart_movers__firms
"""
_SIGNALS = """
    select signal.firm_id, firm.name, signal.signal, signal.designation, signal.due_on,
        signal.signal_zh, signal.signal_en, signal.reason_zh, signal.reason_en
    from mart_movers__signals as signal
    inner join core_firm as firm using (firm_id)
    order by signal.signal_seq, signal.due_on nulls last, signal.firm_id, signal.designation
"""
_KNOWN_SIGNALS = "select firm_id, signal, designation, false as is_new from core_firm__signals"
_DUTIES = """
    select firm_id, name, due_on, duty_zh, duty_en, owner_role_zh, owner_role_en
    from mart_firm__due
    where state = 'open' and due_on between $1 and $2
    order by due_on, firm_id, duty, period
"""
_ENDING_TITLES = """
    select title.firm_id, firm.name, title.valid_to as due_on, title.zh as title_zh, title.en as title_en
    from mart_movers__titles as title
    inner join core_firm as firm using (firm_id)
    where title.is_held and title.valid_to between $1 and $2
    order by title.valid_to, title.firm_id, title.designation
"""
_LATE_FEEDS = """
    select *, feed as firm_id, zh as name, en as feed_en, expected_by as due_on
    from mart_run__late_feeds
    where state = 'late'
    order by days_late desc, feed
"""
_TENANTS = "select distinct incubator, firm_id from core_firm__tenancies where incubator is not null and is_current"
_INCUBATORS = "select distinct incubator from core_firm__tenancies where incubator is not null order by 1"


@dataclass(frozen=True)
class Content:
    """The rows of all recipients, columns ``COLUMNS``; the incubators, and their tenants by incubator and firm_id."""

    run: Row
    rows: pl.DataFrame
    incubators: list[str]
    tenants: pl.DataFrame
    is_compared: bool
    """Whether changes could be listed, which needs a release before of this version."""

    def of_incubator(self, incubator: str) -> pl.DataFrame:
        """The rows about its own tenants, and the late feeds."""
        own = self.tenants.filter(pl.col("incubator") == incubator)["firm_id"]
        return self.rows.filter(pl.col("firm_id").is_in(own.implode()) | (pl.col("section") == "late_feed"))


def content(release: Path, before: Path | None, until: date) -> Content:
    """The rows of a release, compared with the one of the last digest; what is due up to ``until``."""
    earlier = _earlier(before) if before else None
    with Snapshot.open(release) as snapshot:
        (run,) = snapshot.rows("select run_id, day, place from run")
        due, text = (_DUTIES, "due") if snapshot.rows(_HAS_DUTIES) else (_ENDING_TITLES, "ending")
        positions, signals = _positions(snapshot), worded(snapshot.frame(_SIGNALS), "signal")
        parts = {
            "change": _changes(earlier[0], positions) if earlier else None,
            "due": worded(snapshot.frame(due, [run["day"], until]), text),
            "signal": _marked(signals, earlier[1] if earlier else None),
            "late_feed": _late_feeds(snapshot),
        }
        rows = [_columns(name, frame) for name, frame in parts.items() if frame is not None]
        incubators, tenants = snapshot.column(_INCUBATORS), snapshot.frame(_TENANTS)
    return Content(run, pl.concat(rows), incubators, tenants, earlier is not None)


_HAS_DUTIES = "select 1 from information_schema.tables where table_name = 'mart_firm__due'"


def _earlier(path: Path) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """Positions and signals of the release of the last digest; None where it is gone or of an older version."""
    try:
        with Snapshot.open(path) as snapshot:
            return _positions(snapshot), snapshot.frame(_KNOWN_SIGNALS)
    except ReleaseUnreadable:
        return None


def _positions(snapshot: Snapshot) -> pl.DataFrame:
    """What each firm holds and meets in words."""
    nothing = [pl.col(f"{part}_{lang}").fill_null(words()["none"][lang]) for part in ("held", "met") for lang in LANGS]
    return snapshot.frame(_POSITIONS).with_columns(nothing)


def _late_feeds(snapshot: Snapshot) -> pl.DataFrame:
    late = snapshot.frame(_LATE_FEEDS)
    reasons = with_reasons(late.to_dicts())
    named = [pl.Series(name, [row[name] for row in reasons], pl.String) for name in ("reason_zh", "reason_en")]
    return worded(late.with_columns(named), "late_feed")


def _changes(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The firms that hold or meet something else than before, that are new, or that no longer exist."""
    pair = now.join(before, on="firm_id", how="full", coalesce=True, suffix="_before")
    is_new = pl.col("is_gone_before").is_null()
    is_gone = pl.col("is_gone").fill_null(value=True) & ~pl.col("is_gone_before").fill_null(value=True)
    moved = {part: pl.col(f"{part}_zh").ne_missing(pl.col(f"{part}_zh_before")) for part in ("held", "met")}
    texts = {
        lang: pl.when(is_gone)
        .then(filled("gone", lang))
        .when(is_new)
        .then(filled("new", lang))
        .otherwise(
            pl.concat_str(
                *(pl.when(moved[part]).then(filled(part, lang)) for part in ("held", "met")),
                separator=words()["between"][lang],
                ignore_nulls=True,
            )
        )
        for lang in LANGS
    }
    return (
        pair.filter(is_gone | is_new | moved["held"] | moved["met"])
        .with_columns(name=pl.coalesce("name", "name_before"), **texts)
        .sort("firm_id")
    )


def _marked(signals: pl.DataFrame, before: pl.DataFrame | None) -> pl.DataFrame:
    """Signals with ``is_new``: not given by the release before; null where there is none to compare with."""
    if before is None:
        return signals
    return signals.join(
        before, on=["firm_id", "signal", "designation"], how="left", nulls_equal=True, maintain_order="left"
    ).with_columns(pl.col("is_new").fill_null(value=True))


def _columns(section: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a section in ``COLUMNS``; what it does not state is null."""
    absent = {"due_on": pl.lit(None, pl.Date), "is_new": pl.lit(None, pl.Boolean)}
    added = {name: value for name, value in absent.items() if name not in frame.columns}
    return frame.with_columns(section=pl.lit(section), **added).select(*COLUMNS)
