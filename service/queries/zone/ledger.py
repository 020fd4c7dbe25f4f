"""Why the numbers of holders changed: since the release before or an earlier one, or between a release's two days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from warehouse.database.build import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.ledger.comparison import DAYS, FIRST, RELEASES
from warehouse.release import held, releases
from warehouse.rows import Row

TABLES = {"mart_zone__ledger", "mart_run__comparisons", "position_change"}


@dataclass(frozen=True)
class Choice:
    """What is asked: the run and since when, its two days instead, and which designation, measure and cause."""

    run_id: str | None = None
    since: str | None = None
    is_of_days: bool = False
    designation: str | None = None
    measure: str | None = None
    cause: str | None = None

    @property
    def kind(self) -> str:
        """The comparison that is read."""
        return DAYS if self.is_of_days else RELEASES


@dataclass(frozen=True)
class Ledger:
    """From where to where, the causes in their order, and the rows."""

    comparison: Row
    causes: list[Row]
    rows: list[Row]


def totals(home: Home, choice: Choice) -> Ledger:
    """One row a measure and designation: total_from, moved_CAUSE by cause, total_to; raises ``BadInput``."""
    links = list(_links(home, choice))
    summed: dict[tuple[str, str], Row] = {}
    for path in reversed(links):
        for row in _rows(path, _TOTALS, choice):
            key = row["measure"], row["designation"]
            summed[key] = _added(summed[key], row) if key in summed else row
    return _ledger(links, choice, list(summed.values()))


def firms(home: Home, choice: Choice) -> Ledger:
    """One row a firm and title that changed: count_from, moved_CAUSE by cause, count_to; of one cause where chosen."""
    links = list(_links(home, choice))
    summed: dict[tuple[str, str, str], Row] = {}
    for path in reversed(links):
        for row in _rows(path, _FIRMS, choice):
            key = row["firm_id"], row["measure"], row["designation"]
            summed[key] = _added(summed[key], row) if key in summed else row
    moved = [row for row in summed.values() if _is_moved(row, choice.cause)]
    moved.sort(key=lambda row: (row["rank"] or 0, row["designation"], row["measure"], row["firm_id"]))
    return _ledger(links, choice, [{**row, "causes": _causes(row)} for row in moved])


def waterfall(row: Row, causes: Sequence[Row]) -> list[Row]:
    """The steps of one row of ``totals``: step, zh, en, from, to and moved, the start and the end included."""
    at = row["total_from"]
    steps: list[Row] = [{"step": "start", "zh": "起", "en": "start", "from": 0, "to": at, "moved": None}]
    for cause in causes:
        moved = row[f"moved_{cause['cause']}"]
        step = {"step": cause["cause"], "zh": cause["zh"], "en": cause["en"]}
        steps.append({**step, "from": at, "to": at + moved, "moved": moved})
        at += moved
    return [*steps, {"step": "end", "zh": "止", "en": "end", "from": 0, "to": row["total_to"], "moved": None}]


def _links(home: Home, choice: Choice) -> Iterator[Path]:
    """The releases whose ledgers add up to the answer, newest first: one, or as many as were published since."""
    path = _release(home, choice.run_id)
    yield path
    if choice.since is None or choice.is_of_days:
        return
    until = _earlier(home, choice.since)
    while (before := _against(path)) != until:
        if before is None or before not in releases.runs(home):
            raise BadInput(
                f"第 {path.stem} 期与第 {until} 期之间的各期不全，不能逐期相加",
                f"the releases between run {until} and run {path.stem} are not all there, so they cannot be added up",
            )
        path = releases.of_run(home, before)
        yield path


def _release(home: Home, run_id: str | None) -> Path:
    if run_id is None:
        return releases.current(home)
    return held.path_of(home, run_id) if held.is_held(home, run_id) else releases.of_run(home, run_id)


def _earlier(home: Home, words: str) -> str:
    """The run that ``words`` name, by its number, or as the newest of a day or before it."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return releases.of_run(home, words).stem
    on_or_before = [release.run_id for release in releases.releases(home) if release.day <= day]
    if not on_or_before:
        raise BadInput(f"{words} 及以前没有评价过的一期", f"there is no release of {words} or an earlier day")
    return on_or_before[0]


def _against(path: Path) -> str | None:
    run_id = _comparison(path, RELEASES)["against_run"]
    return None if run_id is None else str(run_id)


def _comparison(path: Path, kind: str) -> Row:
    """The comparison of a release; raises ``BadInput`` where it has none, with the reason."""
    with Snapshot.open(path) as snapshot:
        if not all(map(snapshot.has_table, TABLES)):
            raise BadInput(
                f"第 {path.stem} 期由较早版本的 Tidu 发布，没有变动归因；请重新运行 tidu run",
                f"run {path.stem} was published by an earlier version of Tidu and has no ledger; start tidu run again",
            )
        (row,) = snapshot.rows("from mart_run__comparisons where comparison = $1", [kind])
    if row["missing"] == FIRST:
        raise BadInput(
            f"第 {path.stem} 期是第一期，没有可比的上一期；两个评价日之间的变动见 tidu ledger --days",
            f"run {path.stem} is the first release, there is none before it; tidu ledger --days compares its two days",
        )
    if row["missing"] is not None:
        raise BadInput(
            f"上一期 {row['against_run']} 由较早版本的 Tidu 发布，不能逐项归因；下一期起可以",
            f"run {row['against_run']} before it was published by an earlier version of Tidu, so changes cannot be"
            " split by cause; they can from the next release on",
        )
    return row


def _rows(path: Path, sql: str, choice: Choice) -> list[Row]:
    _comparison(path, choice.kind)
    with Snapshot.open(path) as snapshot:
        return snapshot.rows(sql, [choice.kind, choice.designation, choice.measure])


_TOTALS = """
select
    measure,
    designation,
    zh,
    en,
    any_value(firms_after) filter (step = 'start') as total_from,
    any_value(moved) filter (step = 'identity') as moved_identity,
    any_value(moved) filter (step = 'data') as moved_data,
    any_value(moved) filter (step = 'firm') as moved_firm,
    any_value(moved) filter (step = 'rule') as moved_rule,
    any_value(firms_after) filter (step = 'end') as total_to
from mart_zone__ledger
inner join ref_designations using (designation, zh, en)
where comparison = $1 and designation = coalesce($2, designation) and measure = coalesce($3, measure)
group by all
order by any_value(rank) nulls last, designation, measure
"""

_FIRMS = """
select ledger.firm_id, firm.name, ledger.measure, ledger.designation, designation.zh, designation.en, designation.rank,
    ledger.count_from, ledger.moved_identity, ledger.moved_data, ledger.moved_firm, ledger.moved_rule, ledger.count_to
from core_firm__ledger as ledger
inner join ref_designations as designation using (designation)
left join core_firm as firm using (firm_id)
where comparison = $1 and ledger.designation = coalesce($2, ledger.designation) and measure = coalesce($3, measure)
order by ledger.firm_id, designation, measure
"""


def _added(earlier: Row, later: Row) -> Row:
    """Two consecutive rows of the same title as one: from the start of the earlier to the end of the later."""
    parts = {name: earlier[name] + value for name, value in later.items() if name.startswith("moved_")}
    starts = {name: value for name, value in earlier.items() if name in ("total_from", "count_from")}
    return {**later, **starts, **parts}


def _is_moved(row: Row, cause: str | None) -> bool:
    """Whether a row changed from end to end, or by the cause that is asked for."""
    return bool(row["count_from"] != row["count_to"] if cause is None else row[f"moved_{cause}"])


def _causes(row: Row) -> str:
    return ", ".join(name.removeprefix("moved_") for name, value in row.items() if name.startswith("moved_") and value)


def _ledger(links: Sequence[Path], choice: Choice, rows: list[Row]) -> Ledger:
    newest, oldest = _comparison(links[0], choice.kind), _comparison(links[-1], choice.kind)
    start = {name: oldest[name] for name in ("against_run", "from_day", "from_place", "firms_from")}
    with Snapshot.open(links[0]) as snapshot:
        causes = snapshot.rows("from ref_causes order by seq")
    if choice.cause is not None and choice.cause not in {cause["cause"] for cause in causes}:
        listed = "、".join(cause["cause"] for cause in causes)
        raise BadInput(f"没有这种原因：{choice.cause}；有 {listed}", f"there is no cause {choice.cause}: {listed}")
    return Ledger({**newest, **start, "run_id": links[0].stem}, causes, rows)
