"""Totals told once are told anew only when enough firms have changed: else the difference would tell of one firm.

Two releases can be subtracted like two cells. So what was told of a period stays as it was told until, in each of its
cells, none or at least ``fewest_firms`` firms come, go, move between cells or change a figure. Where a cell is hidden
in one of the two and shown in the other it must be the latter: what one release shows unhides what stands beside it
in the other. Nothing is lost by it: the reports stand in the build, and the total follows when others have come.

The table ``told_total`` keeps for each total and period the run whose firms it rests on. What is compared is read from
that run's release; where that is gone, or of an older make, a period is told anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.database import Build, Snapshot
from warehouse.definition import read_yaml
from warehouse.errors import ReleaseUnreadable
from warehouse.models.graph import sql_of
from warehouse.release.disclosure.sums import WRITTEN

CONTRIBUTED = "contributed"
"""Each total's model names so, in a CTE, the figures of each firm in each cell: told_by, cell, uscc, figures."""

HELD = """
with apart as (
    (from contributed_now except from contributed_then) union all (from contributed_then except from contributed_now)
),
every_cell as (
    select told, cell, count(distinct uscc) as firms from apart group by all
    union all
    select told, 'all' as cell, count(distinct uscc) as firms from apart group by all
),
shown as (
    select coalesce(now.told, past.told) as told, coalesce(now.cell, past.cell) as cell,
        now.is_hidden is distinct from past.is_hidden as has_turned
    from told_now as now full join told_then as past using (told, cell)
)
select distinct told from (
    select every_cell.told from every_cell cross join ref_disclosure as limits
    where every_cell.firms < limits.fewest_firms
    union all
    select shown.told from shown cross join ref_disclosure as limits
    left join every_cell using (told, cell)
    where shown.has_turned and coalesce(every_cell.firms, 0) < limits.fewest_firms
)
"""


@dataclass(frozen=True)
class Total:
    """A table of totals, the column whose values are told together (a period), and the column of its cells."""

    name: str
    told_by: str
    cell: str

    @property
    def told(self) -> str:
        """The period as text, whatever its type."""
        return f"{self.told_by}::varchar"


def totals() -> list[Total]:
    """The totals that ``disclosure.yml`` allows."""
    return [Total(name, by["told_by"], by["cell"]) for name, by in read_yaml(WRITTEN)[0]["totals"].items()]


def freeze(build: Build, before: Path | None, run_id: str, release_of: Callable[[str], Path]) -> dict[str, list[str]]:
    """Put back into the totals of ``build`` what ``before`` told and must stay; by total, the periods held."""
    frozen: dict[str, list[str]] = {}
    build.execute("create or replace table told_total (total varchar, told varchar, run_id varchar)")
    if before is not None:
        build.attach(before, "before")
    for total in totals():
        if before is not None and _columns(build, f"before.{total.name}") == _columns(build, total.name):
            frozen[total.name] = _freeze(build, total, release_of)
        build.execute(
            f"insert into told_total select distinct $1, {total.told}, $2 from {total.name}"  # noqa: S608 - our names
            f" where {total.told} not in (select told from told_total where total = $1)",
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
        periods = [told for told, run in rests.items() if run == run_id]
        differing = _differing(build, total, periods)
        stay = [told for told in periods if told not in differing]
        if differing and _contributed(build, total, differing, release_of(run_id)):
            _tell(build, total, differing)
            changed_too_little = build.column(HELD)
            stay += changed_too_little
            frozen += changed_too_little
        _put_back(build, total, stay, run_id)
    return sorted(frozen)


def _rests_on(build: Build, total: Total) -> dict[str, str]:
    """Of each period that was told before and still is, the run whose firms it rests on."""
    rests = f"select any_value(run_id) from before.told_total where total = '{total.name}' and told = shared.told"  # noqa: S608
    known = rests if _columns(build, "before.told_total") else "select null"
    shared = f"select {total.told} as told from {total.name} intersect select {total.told} from before.{total.name}"  # noqa: S608
    return dict(
        build.tuples(f"select told, coalesce(({known}), (select run_id from before.run)) from ({shared}) as shared")  # noqa: S608
    )


def _differing(build: Build, total: Total, periods: list[str]) -> list[str]:
    """Only what would be told otherwise than before is looked at: in most runs that is nothing."""
    now, then = f"from {total.name}", f"from before.{total.name}"
    apart = f"({now} except {then}) union all ({then} except {now})"
    return build.column(
        f"select distinct {total.told} from ({apart}) where list_contains($1, {total.told})",  # noqa: S608
        [periods],
    )


def _tell(build: Build, total: Total, periods: list[str]) -> None:
    for name, of in (("now", total.name), ("then", f"before.{total.name}")):
        build.execute(
            f"create or replace temp table told_{name} as select {total.told} as told, {total.cell} as cell,"  # noqa: S608
            f" is_hidden from {of} where list_contains($1, {total.told})",
            [periods],
        )


def _contributed(build: Build, total: Total, periods: list[str], past: Path) -> bool:
    """``contributed_now`` and ``contributed_then``: the figures behind these periods; False where not to be had."""
    ctes, _ = sql_of(total.name).rsplit("\nselect\n", 1)
    figures = (
        f"{ctes}\nselect {total.told} as told, {total.cell} as cell, * exclude ({total.told_by}, {total.cell})"
        f" from {CONTRIBUTED} where list_contains($1, {total.told})"
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


def _put_back(build: Build, total: Total, stay: list[str], run_id: str) -> None:
    build.execute(f"delete from {total.name} where list_contains($1, {total.told})", [stay])  # noqa: S608
    build.execute(
        f"insert into {total.name} by name"  # noqa: S608
        f" select * from before.{total.name} where list_contains($1, {total.told})",
        [stay],
    )
    build.execute("insert into told_total select $1, unnest($2::varchar[]), $3", [total.name, stay, run_id])
