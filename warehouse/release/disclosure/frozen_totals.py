"""Published totals change only when enough firms have changed: else the difference of two releases discloses a firm.

A period keeps its published totals until, in each of its cells, no firm or at least ``fewest_firms`` firms come, go,
move between cells or change a figure. A cell that is hidden in one of the two releases and shown in the other needs at
least ``fewest_firms``, because the release that shows it discloses the cells hidden beside it in the other. The reports
are in the build all the same, so the total follows as soon as enough firms have changed.

The table ``published_total`` names for each total and period the run whose firms it rests on. The firms are
compared with those of that run's release; where it is gone, or lacks the tables, the period is published anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.database.build import Build, Snapshot
from warehouse.definition import read_yaml
from warehouse.errors import ReleaseUnreadable
from warehouse.models.graph import sql_of
from warehouse.release.disclosure.records import RECORDS
from warehouse.release.disclosure.sums import WRITTEN

CONTRIBUTED = "contributed"
"""The CTE in the model of each total with the figures of each firm in each cell: period, cell, uscc, figures."""

CHANGED_TOO_LITTLE = """
with apart as (
    (from contributed_now except from contributed_then) union all (from contributed_then except from contributed_now)
),
every_cell as (
    select period, cell, count(distinct uscc) as firms from apart group by all
    union all
    select period, 'all' as cell, count(distinct uscc) as firms from apart group by all
),
shown as (
    select coalesce(now.period, past.period) as period, coalesce(now.cell, past.cell) as cell,
        now.is_hidden is distinct from past.is_hidden as has_turned
    from cells_now as now full join cells_then as past using (period, cell)
)
select distinct period from (
    select every_cell.period from every_cell cross join ref_disclosure as limits
    where every_cell.firms < limits.fewest_firms
    union all
    select shown.period from shown cross join ref_disclosure as limits
    left join every_cell using (period, cell)
    where shown.has_turned and coalesce(every_cell.firms, 0) < limits.fewest_firms
)
"""
"""The periods in which a cell has changed by some firms, but fewer than may be disclosed."""


@dataclass(frozen=True)
class Total:
    """A table of totals, the column of the period that is published as a unit, and the column of its cells."""

    name: str
    period_column: str
    cell: str

    @property
    def period(self) -> str:
        """SQL of the period as text, whatever its type."""
        return f"{self.period_column}::varchar"


def totals() -> list[Total]:
    """The totals that ``disclosure.yml`` allows."""
    return [Total(name, by["period"], by["cell"]) for name, by in read_yaml(WRITTEN)[0]["totals"].items()]


def freeze(build: Build, before: Path | None, run_id: str, release_of: Callable[[str], Path]) -> dict[str, list[str]]:
    """Restore in ``build`` the totals of ``before`` that may not change yet; returns the periods kept, by total."""
    frozen: dict[str, list[str]] = {}
    build.execute("create or replace table published_total (total varchar, period varchar, run_id varchar)")
    if before is not None:
        build.attach(before, "before")
    for total in totals():
        if before is not None and _columns(build, f"before.{total.name}") == _columns(build, total.name):
            frozen[total.name] = _freeze(build, total, release_of)
        build.execute(
            f"insert into published_total select distinct $1, {total.period}, $2 from {total.name}"  # noqa: S608 - our names
            f" where {total.period} not in (select period from published_total where total = $1)",
            [total.name, run_id],
        )
    return frozen


def _columns(build: Build, table: str) -> list[str]:
    """The columns of a table; none where there is no such table."""
    try:
        return build.columns(table)
    except duckdb.CatalogException:
        return []


def _freeze(build: Build, total: Total, release_of: Callable[[str], Path]) -> list[str]:
    rests = _rests_on(build, total)
    frozen: list[str] = []
    for run_id in sorted(set(rests.values())):
        periods = [period for period, run in rests.items() if run == run_id]
        differing = _differing(build, total, periods)
        kept = [period for period in periods if period not in differing]
        if differing and _contributed(build, total, differing, release_of(run_id)):
            _write_cells(build, total, differing)
            changed_too_little = build.column(CHANGED_TOO_LITTLE)
            kept += changed_too_little
            frozen += changed_too_little
        _restore(build, total, kept, run_id)
    return sorted(frozen)


def _rests_on(build: Build, total: Total) -> dict[str, str]:
    """The run whose firms each period rests on, of the periods in this build and in the release before."""
    known = "select null"
    for table in RECORDS:
        if _columns(build, f"before.{table}"):
            record = f"before.{table} as record (total, period, run_id)"
            known = f"select any_value(run_id) from {record} where total = '{total.name}' and period = shared.period"  # noqa: S608
    periods = f"select {total.period} as period from"
    shared = f"{periods} {total.name} intersect {periods} before.{total.name}"
    return dict(
        build.tuples(f"select period, coalesce(({known}), (select run_id from before.run)) from ({shared}) as shared")  # noqa: S608
    )


def _differing(build: Build, total: Total, periods: list[str]) -> list[str]:
    """The periods whose totals differ from the release before; in most runs there are none."""
    now, then = f"from {total.name}", f"from before.{total.name}"
    apart = f"({now} except {then}) union all ({then} except {now})"
    return build.column(
        f"select distinct {total.period} from ({apart}) where list_contains($1, {total.period})",  # noqa: S608
        [periods],
    )


def _write_cells(build: Build, total: Total, periods: list[str]) -> None:
    """``cells_now`` and ``cells_then``: which cells of these periods are hidden, in the build and before."""
    for name, of in (("now", total.name), ("then", f"before.{total.name}")):
        build.execute(
            f"create or replace temp table cells_{name} as select {total.period} as period, {total.cell} as cell,"  # noqa: S608
            f" is_hidden from {of} where list_contains($1, {total.period})",
            [periods],
        )


def _contributed(build: Build, total: Total, periods: list[str], past: Path) -> bool:
    """``contributed_now`` and ``contributed_then``: their figures by firm; False if ``past`` is unreadable."""
    ctes, _ = sql_of(total.name).rsplit("\nselect\n", 1)
    figures = (
        f"{ctes}\nselect {total.period} as period, {total.cell} as cell,"
        f" * exclude ({total.period_column}, {total.cell})"
        f" from {CONTRIBUTED} where list_contains($1, {total.period})"
    )
    try:
        with Snapshot.open(past) as release:
            then = release.arrow(figures, [periods])
    except ReleaseUnreadable:
        return False
    with build.view("figures_then", then):
        build.execute("create or replace temp table contributed_then as from figures_then")
    build.execute(f"create or replace temp table contributed_now as {figures}", [periods])
    return True


def _restore(build: Build, total: Total, periods: list[str], run_id: str) -> None:
    """Replace the totals of these periods by those of the release before, which rest on the firms of ``run_id``."""
    build.execute(f"delete from {total.name} where list_contains($1, {total.period})", [periods])  # noqa: S608
    build.execute(
        f"insert into {total.name} by name"  # noqa: S608
        f" select * from before.{total.name} where list_contains($1, {total.period})",
        [periods],
    )
    build.execute("insert into published_total select $1, unnest($2::varchar[]), $3", [total.name, periods, run_id])
