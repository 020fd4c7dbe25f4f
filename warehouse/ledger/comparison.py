"""The tables of the ledger that are written from the evaluation, and which two states of the zone they compare."""

from dataclasses import dataclass
from datetime import date

from tiers.movement.ledger import causes_table
from tiers.movement.publish_gate import gate_table
from warehouse.database.build import Build
from warehouse.database.touched import Touched

RELEASES, DAYS = "releases", "days"
"""With the release before; and this release on its two days."""

FIRST, OLDER = "first_release", "older_release"
"""Why there is no comparison: there is no release before, or it lacks the tables for one."""


@dataclass(frozen=True)
class Comparison:
    """From where to where: the run compared with, and the days and places of both ends."""

    kind: str
    against_run: str | None
    from_day: date
    to_day: date
    from_place: str
    to_place: str


_CHANGES = (
    "create or replace table position_change (comparison varchar, firm_id varchar, firm_key ubigint,"
    " measure varchar, designation varchar, published tinyint, corrected tinyint,"
    " identified tinyint, known tinyint, grown tinyint,"
    " now tinyint, is_without_news boolean)"
)


def prepare(build: Build, place: str) -> None:
    """The tables that models read, without rows, the causes, and the limits for a place."""
    create_tables(build)
    build.put("ref_causes", causes_table())
    build.put("ref_gate", gate_table(place))


def create_tables(build: Build, touched: Touched | None = None) -> None:
    """The tables of comparisons, without rows; those between the days of firms that are not ``touched`` remain."""
    if touched:
        build.execute(
            f"delete from position_change where comparison <> '{DAYS}'"  # noqa: S608 - our own names
            f" or firm_id in (select firm_id from {touched.firms})"
        )
    else:
        build.execute(_CHANGES)
    build.execute(
        "create or replace table position_total (comparison varchar, measure varchar, designation varchar,"
        " total_from bigint, total_to bigint);"
        "create or replace table position_comparison (comparison varchar, against_run varchar, from_day date,"
        " to_day date, from_place varchar, to_place varchar, firms_from bigint, firms_to bigint, missing varchar)"
    )


def record(build: Build, comparison: Comparison, firms_from: int, firms_to: int) -> None:
    """Record a comparison with the numbers of living firms at both ends."""
    build.execute(
        "insert into position_comparison values ($1, $2, $3, $4, $5, $6, $7, $8, null)",
        [
            *(comparison.kind, comparison.against_run, comparison.from_day, comparison.to_day),
            *(comparison.from_place, comparison.to_place, firms_from, firms_to),
        ],
    )


def not_compared(build: Build, missing: str, against_run: str | None) -> None:
    """Record why there is no comparison with the release before."""
    build.execute(
        "insert into position_comparison by name select $1 as comparison, $2 as against_run, $3 as missing",
        [RELEASES, against_run, missing],
    )
