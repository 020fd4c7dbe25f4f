"""The content of digests, as rows: changes since the release before, what is due, signals of the day, late feeds."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database.build import Row, Snapshot
from warehouse.errors import ReleaseUnreadable

SECTIONS = {
    "change": ("变化", "Changes"),
    "due": ("到期与待办", "Due"),
    "signal": ("信号", "Signals"),
    "late_feed": ("逾期来源", "Late feeds"),
}
"""The sections of a digest in their order, in both languages."""
COLUMNS = ("section", "firm_id", "name", "due_on", "is_new", "zh", "en")

_POSITIONS = """
    select firm_id, name, coalesce(titles_zh, '无') as held_zh, coalesce(titles_en, 'none') as held_en,
        coalesce(met_zh, '无') as met_zh, coalesce(met_en, 'none') as met_en, change = 'gone' as is_gone
    from mart_movers__firms
"""
_SIGNALS = """
    select signal.firm_id, firm.name, signal.signal, signal.designation, signal.due_on,
        signal.signal_zh || '：' || signal.reason_zh as zh, signal.signal_en || ': ' || signal.reason_en as en
    from mart_movers__signals as signal
    inner join core_firm as firm using (firm_id)
    order by signal.signal_seq, signal.due_on nulls last, signal.firm_id, signal.designation
"""
_KNOWN_SIGNALS = "select firm_id, signal, designation, false as is_new from core_firm__signals"
_DUTIES = """
    select firm_id, name, due_on, duty_zh || '（' || owner_role_zh || '）' as zh,
        duty_en || ' (' || owner_role_en || ')' as en
    from mart_firm__due
    where state = 'open' and due_on between $1 and $2
    order by due_on, firm_id, duty, period
"""
_ENDING_TITLES = """
    select title.firm_id, firm.name, title.valid_to as due_on, title.zh || ' 到期' as zh, title.en || ' ends' as en
    from mart_movers__titles as title
    inner join core_firm as firm using (firm_id)
    where title.is_held and title.valid_to between $1 and $2
    order by title.valid_to, title.firm_id, title.designation
"""
_LATE_FEEDS = """
    select feed as firm_id, zh as name, expected_by as due_on,
        concat(publisher_zh, '：', reason_zh) as zh, concat(en, ' (', publisher_en, '): ', reason_en) as en
    from mart_run__late_feeds
    where state = 'late'
    order by days_late desc, feed
"""
_TENANTS = "select distinct incubator, firm_id from core_firm__tenancies where incubator is not null and is_current"
_INCUBATORS = "select distinct incubator from core_firm__tenancies where incubator is not null order by 1"


@dataclass(frozen=True)
class _Words:
    gone: str
    new: str
    held: str
    met: str
    between: str


_WORDS = {
    "zh": _Words("不再存续，或已不在名册", "新进名册；持有 {}；达到 {}", "持有 {} → {}", "达到 {} → {}", "；"),
    "en": _Words(
        "no longer exists or left the register", "new; holds {}; meets {}", "holds {} → {}", "meets {} → {}", "; "
    ),
}


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
        due = _DUTIES if snapshot.rows(_HAS_DUTIES) else _ENDING_TITLES
        positions, signals = snapshot.frame(_POSITIONS), snapshot.frame(_SIGNALS)
        parts = {
            "change": _changes(earlier[0], positions) if earlier else None,
            "due": snapshot.frame(due, [run["day"], until]),
            "signal": _marked(signals, earlier[1] if earlier else None),
            "late_feed": snapshot.frame(_LATE_FEEDS),
        }
        rows = [_columns(name, frame) for name, frame in parts.items() if frame is not None]
        incubators, tenants = snapshot.column(_INCUBATORS), snapshot.frame(_TENANTS)
    return Content(run, pl.concat(rows), incubators, tenants, earlier is not None)


_HAS_DUTIES = "select 1 from information_schema.tables where table_name = 'mart_firm__due'"


def _earlier(path: Path) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """Positions and signals of the release of the last digest; None where it is gone or of an older version."""
    try:
        with Snapshot.open(path) as snapshot:
            return snapshot.frame(_POSITIONS), snapshot.frame(_KNOWN_SIGNALS)
    except ReleaseUnreadable:
        return None


def _changes(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """The firms that hold or meet something else than before, that are new, or that no longer exist."""
    pair = now.join(before, on="firm_id", how="full", coalesce=True, suffix="_before")
    is_new = pl.col("is_gone_before").is_null()
    is_gone = pl.col("is_gone").fill_null(value=True) & ~pl.col("is_gone_before").fill_null(value=True)
    moved = {part: pl.col(f"{part}_zh").ne_missing(pl.col(f"{part}_zh_before")) for part in ("held", "met")}
    texts = {
        lang: pl.when(is_gone)
        .then(pl.lit(words.gone))
        .when(is_new)
        .then(pl.format(words.new, f"held_{lang}", f"met_{lang}"))
        .otherwise(
            pl.concat_str(
                pl.when(moved["held"]).then(pl.format(words.held, f"held_{lang}_before", f"held_{lang}")),
                pl.when(moved["met"]).then(pl.format(words.met, f"met_{lang}_before", f"met_{lang}")),
                separator=words.between,
                ignore_nulls=True,
            )
        )
        for lang, words in _WORDS.items()
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
