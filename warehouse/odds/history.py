"""The history of odds: features and outcomes of firms at earlier year ends, as far as they were known then.

The facts of each year end are built by the models of a run in a database in memory before the build, in which the
figures received later are left out. Only firms without rows are computed, so a run over what is new costs what is new.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import polars as pl

from tiers import evaluate, load_rulebook
from tiers.evaluation.one_pass import facts_read
from tiers.movement.odds import Odds
from tiers.schema.edition import Edition
from warehouse.database.build import Build
from warehouse.errors import noting
from warehouse.models import building, graph
from warehouse.odds.storage import PAST
from warehouse.odds.verdicts import required, write_verdicts

HERE = Path(__file__).parent
A_DAY = timedelta(days=1)
MONTHS = 12
FEATURES, OUTCOMES = ((HERE / f"{name}.sql").read_text("utf-8") for name in ("features", "outcomes"))
HELD, STATED, YEARLY, FACTS = "core_firm__held", "core_title__stated", "core_firm__yearly", "core_firm__facts"
OF_FEATURES = frozenset(
    ["firm_id", "firm_key", "day", "bucket", "is_living", "founded_on", "revenue_fen_y0", "revenue_fen_y1"]
)
"""The columns of the facts that ``features.sql`` reads."""


def year_ends(day: date, limits: Odds) -> list[date]:
    """The most recent year ends of which the outcome is known on ``day``, the earliest first."""
    latest = day.year - 1 - -(-limits.horizon_months // MONTHS) + _is_year_end(day)
    return [date(year + 1, 1, 1) - A_DAY for year in range(latest - limits.year_ends + 1, latest + 1)]


def _is_year_end(day: date) -> bool:
    return (day + A_DAY).year > day.year


def until(day: date, limits: Odds) -> date:
    """The year end by which the outcome of a year end is known."""
    return day.replace(year=day.year + -(-limits.horizon_months // MONTHS))


def fill(build: Build, limits: Odds) -> None:
    """Add to ``core_firm__past`` the firms that it lacks; nothing where there are too few firms for any odds."""
    ((day, place),) = build.tuples("select day, place from parameter")
    days = year_ends(day, limits)
    _choose_firms(build, days[-1], limits)
    chosen = build.value("select count(*) from history_firm")
    if chosen * len(days) < limits.firm_years_min:
        build.execute(f"delete from {PAST}")  # noqa: S608 - our own table
        return
    with _in_front(build):
        titles = {at: _listed_titles(build, at, limits) for at in days}
        _require_same_basis(build, titles, place)
        build.execute(f"delete from {PAST} where firm_id not in (select firm_id from history_firm)")  # noqa: S608
        build.execute(
            "create or replace table core_firm as select firm.* from core_firm as firm semi join history_firm"  # noqa: S608
            f" using (firm_id) anti join {PAST} using (firm_id)"
        )
        if build.has_rows("core_firm"):
            for alike in _known_alike(build, [at for at in days if titles[at]]):
                editions = {at: _editions(at, place, titles[at]) for at in alike}
                read = frozenset().union(*(facts_read(chosen, at) for at, chosen in editions.items()))
                _build_facts(build, alike, read, limits)
                for at, chosen in editions.items():
                    _add_day(build, at, chosen, read, titles[at], limits)


def _choose_firms(build: Build, last: date, limits: Odds) -> None:
    """``history_firm``: the firms with the lowest hashes that may have existed on the last year end."""
    build.execute(
        "create or replace temp table history_firm as select firm_id from core_firm"
        " where founded_on is null or founded_on <= $1 order by firm_key(firm_id), firm_id limit $2",
        [last, limits.firms_most],
    )


@contextmanager
def _in_front(build: Build) -> Iterator[None]:
    """New tables go into a database in memory, and are read before those of the build of the same name."""
    own = build.value("select current_database()")
    build.execute("attach ':memory:' as past")
    build.execute(f"""set search_path = 'past.main,"{own}".main'""")
    try:
        yield
    finally:
        build.execute(f'use "{own}".main')
        build.execute("detach past")


def _listed_titles(build: Build, day: date, limits: Odds) -> list[str]:
    """The titles of which a list was issued between a year end and its outcome; without one a year is no evidence."""
    return build.column(
        "select distinct designation from core_title inner join ref_designations using (designation)"
        " where rank is not null and firm_id is not null and event in ('granted', 'renewed')"
        " and valid_from > $1 and valid_from <= $2 order by designation",
        [day, until(day, limits)],
    )


def _require_same_basis(build: Build, titles: Mapping[date, list[str]], place: str) -> None:
    """Forget all rows where what is the same for every firm has changed: the year ends and the lists known of each."""
    _set_days(build, list(titles))
    building.build_tables(build, [STATED])
    listed = build.tuples(f"select day, designation from {STATED} order by all")  # noqa: S608
    basis = repr((place, titles, listed))
    if build.column("select basis from core_odds__past_basis") != [basis]:
        build.execute(f"delete from {PAST}")  # noqa: S608
        build.execute("delete from core_odds__past_basis")
        build.execute("insert into core_odds__past_basis values ($1)", [basis])


def _set_days(build: Build, days: list[date]) -> None:
    build.execute("create or replace table evaluation_day as select unnest($1::date[]) as day", [days])


def _known_alike(build: Build, days: list[date]) -> list[list[date]]:
    """The year ends in groups between which no report was received: their facts rest on the same rows."""
    feeds = [table.removeprefix("stg_") for table in reports()]
    received = {at: build.value(RECEIVED, [at, feeds]) for at in days}
    return [list(alike) for _, alike in groupby(days, received.__getitem__)]


RECEIVED = (
    "select count(*) from deliveries where epoch(received_at) < epoch(($1::date + 1)::timestamp)"
    " and list_contains($2, feed)"
)


def _editions(day: date, place: str, titles: Collection[str]) -> list[Edition]:
    return [edition for edition in load_rulebook().selected(day, place) if edition.designation in titles]


def _build_facts(build: Build, days: list[date], read: Collection[str], limits: Odds) -> None:
    """The facts of some year ends in one build, since planning it takes longer than a few thousand firms more.

    Of the facts themselves those that are ``read`` alone, a quarter.
    """
    _set_days(build, sorted({*days, *(until(at, limits) for at in days)}))
    building.build_tables(build, [HELD])
    _set_days(build, days)
    _leave_out_later_figures(build, days[0])
    building.build_tables(build, [YEARLY, *(table for table in graph.in_order("facts") if table not in (HELD, FACTS))])
    columns = ", ".join(sorted(OF_FEATURES.union(read)))
    with noting(FACTS):
        build.execute(f"create or replace table {FACTS} as select {columns} from ({graph.sql_of(FACTS)}) as facts")  # noqa: S608


def _facts(build: Build, day: date, read: Collection[str]) -> pl.DataFrame:
    """The facts of a day that editions read."""
    return build.frame(f"select {', '.join(sorted(read))} from {FACTS} where day = $1", [day])  # noqa: S608


def _add_day(
    build: Build, day: date, editions: Sequence[Edition], read: Collection[str], titles: list[str], limits: Odds
) -> None:
    """The rows of a year end: features by what was known then, outcome by what is known now."""
    facts = _facts(build, day, read)
    write_verdicts(build, evaluate(facts, editions, day, is_completed=False).verdicts, required(editions, day))
    every = {"first": None, "last": None}
    last = until(day, limits)
    set_variables(build, day=day, months=limits.horizon_months, until=last, titles=titles, **every)
    build.execute(f"create or replace table odds_feature as {FEATURES}")
    build.execute(f"insert into {PAST} by name {OUTCOMES}")


def set_variables(build: Build, **values: Any) -> None:
    """What ``features.sql`` and ``outcomes.sql`` read as variables ``odds_…``."""
    for name, value in values.items():
        build.execute(f"set variable odds_{name} = $1", [value])


def reports() -> list[str]:
    """The tables of reports that yearly figures are taken from."""
    return sorted(name for name in graph.reads(YEARLY) if name.startswith("stg_"))


def _leave_out_later_figures(build: Build, day: date) -> None:
    """Of the reports that yearly figures are taken from, those known on the day; by code, of the firms to add only."""
    for table in reports():
        build.execute(f"drop table if exists past.main.{table}")
        is_by_code = "uscc" in build.columns(table)
        own = f"(from {table} semi join core_firm using (uscc))" if is_by_code else table
        known = known_reports(own, "deliveries", "uscc" if is_by_code else "stock_code")
        build.execute(f"create table past.main.{table} as {known}", {"day": day})


def known_reports(table: str, deliveries: str, firm: str) -> str:
    """SQL of the rows of a staging table that had been received by the end of ``$day``.

    A report received later counts where none of that firm and year had been received: its figures were known to the
    firm, and of the years before the zone's first delivery nothing else would be left.
    """
    return (
        f"select report.* from {table} as report inner join {deliveries} as delivery using (delivery_id)"  # noqa: S608 - our names
        " qualify epoch(delivery.received_at) < epoch(($day::date + 1)::timestamp)"
        f" or report.seq = min(report.seq) over (partition by report.{firm}, report.year)"
    )
