"""An empty build with the tables that movement reads, and the rows of a firm for them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse import recipe
from warehouse.database.build import Build
from warehouse.models import building

DAY, PREVIOUS = date(2026, 6, 30), date(2025, 6, 30)
HNTE, GAZELLE = "hnte/CN/2016", "gazelle/CN/2022"
LINE = 60
RANKS = {"tech_sme": 1, "hnte": 2, "gazelle": 3, "unicorn": 4, "leader": 5}
READ = {
    "core_tiers__ladder_verdicts": "firm_id varchar, day date, designation varchar, rank integer, edition_id varchar,"
    " outcome varchar, route varchar, deciding_condition varchar, deciding_gap double, gap_unit varchar,"
    " missing_fact varchar, is_closed boolean, closed_condition varchar, opens_on date, open_conditions integer",
    "core_tiers__findings_wide": "firm_id varchar, answer struct(n1 smallint), value struct(n1 double)",
    "core_tiers__earlier": "firm_id varchar, designation varchar, day date, years_ago integer, outcome varchar,"
    " gap double",
    "core_tiers__earlier_margins": "firm_id varchar, designation varchar, condition_id varchar, margin double,"
    " years_ago integer",
    "core_tiers__missing": "firm_id varchar, designation varchar, fact varchar",
    "core_firm__position": "firm_id varchar, day date, is_living boolean, held_rank integer, met_rank integer,"
    " eligible_rank integer",
    "core_tiers__verdicts": "firm_id varchar, day date, designation varchar, outcome varchar, is_selected boolean",
    "ref_finding_columns": "edition_id varchar, condition_id varchar, position integer, value_position integer,"
    " value_high_position integer, measured_position integer, required double, direction integer,"
    " distance_position integer",
}
"""Tables below the layer, with the columns that its models read."""


BUILT = (
    "core_firm__applications", "core_firm__rungs", "core_firm__figures", "core_firm__change", "core_firm__next",
    "core_signal__eligible", "core_signal__distance", "core_signal__held", "core_report__waiting", "core_signal__pace",
    "mart_movers__firms", "mart_movers__titles", "mart_movers__signals",
)  # fmt: skip
"""The tables that the rows of a case change."""


def prepare(build: Build) -> None:
    """Create the facts and the movement without rows, and the tables of the rules."""
    building.build_layer(build, "facts")
    for table, columns in READ.items():
        build.execute(f"create or replace table {table} ({columns})")
    build.execute(
        "insert into ref_finding_columns values ($1, 'hitech_income_share', 1, 1, null, 1, $2, 1, null)", [HNTE, LINE]
    )
    recipe.build_movement(build)


def rebuild(build: Build) -> None:
    """Build what rests on the rows of cases."""
    building.build_tables(build, list(BUILT))


@dataclass(frozen=True)
class Firm:
    """The rows of one firm."""

    build: Build
    firm_id: str

    def put(self, table: str, **row: Any) -> None:
        """Insert a row by the names of its columns."""
        row = {"firm_id": self.firm_id, **row}
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
        self.build.execute(f"insert into {table} ({names}) values ({places})", list(row.values()))

    def exists(self, held: str = "", before: str = "", met: str = "", met_before: str = "", **living: bool) -> "Firm":
        """It holds and meets these rungs today and a year before; ``now``, ``then``, ``existed``: whether it lived."""
        self.put("core_firm", uscc=self.firm_id, name="某企业", founded_on="2015-01-01", is_living=True)
        self.put("core_firm__facts", day=DAY)
        for day, title, reached, is_living in (
            (DAY, held, met, living.get("now", True)),
            (PREVIOUS, before, met_before, living.get("then", True)),
        ):
            ranks = {"held_rank": RANKS.get(title, 0), "met_rank": RANKS.get(reached, 0), "eligible_rank": 0}
            if living.get("existed", True) or day == DAY:
                self.put("core_firm__position", day=day, is_living=is_living, **ranks)
            if title:
                self.holds(title, day)
        return self

    def holds(self, title: str, day: date = DAY, **row: Any) -> None:
        """A title that it holds on a day."""
        self.put("core_firm__held", designation=title, day=day, title_id="t", **row)

    def listed(self, event: str, on: date | str) -> None:
        """A list of high-tech enterprises names it."""
        title = {"title_id": self.firm_id, "designation": "hnte", "event": event}
        self.put("core_title", **title, issued_on=on, valid_from=on)

    def verdict(self, designation: str = "hnte", day: date = DAY, **row: Any) -> None:
        """The verdict on a rung; by default it fails on its share of high-tech income alone, by 6 points of 60."""
        usual = {
            "edition_id": {"hnte": HNTE, "gazelle": GAZELLE}[designation], "outcome": "not_met", "is_closed": False,
            "deciding_condition": "hitech_income_share", "deciding_gap": 6.0, "gap_unit": "percent",
            "open_conditions": 1,
        }  # fmt: skip
        row = {"day": day, "designation": designation, "rank": RANKS[designation], **usual, **row}
        self.put("core_tiers__ladder_verdicts", **row)

    def finding(self, value: float | None) -> None:
        """The share of high-tech income in percent, of which 60 are required."""
        answer = 1 if value is None else 3 if value >= LINE else 0
        self.put("core_tiers__findings_wide", answer={"n1": answer}, value={"n1": value})

    def earlier(self, *gaps: float | None) -> None:
        """What the condition lacked one year ago, two years ago and so on."""
        for years, gap in enumerate(gaps, 1):
            self.put("core_tiers__earlier", designation="hnte", years_ago=years, outcome="not_met", gap=gap)

    def margins(self, *margins: float | None) -> None:
        """By how much the condition was met one year ago, two years ago; negative where it was not, None: unknown."""
        for years, margin in enumerate(margins, 1):
            row = {"designation": "hnte", "condition_id": "hitech_income_share", "years_ago": years, "margin": margin}
            if margin is not None:
                self.put("core_tiers__earlier_margins", **row)

    def signals(self) -> dict[str, str]:
        """The Chinese reason by signal, once the build is made again."""
        query = "select signal, reason_zh from mart_movers__signals where firm_id = $1"
        return dict(self.build.tuples(query, [self.firm_id]))

    def mover(self) -> dict[str, Any]:
        """The row in the list of movers, once the build is made again."""
        (row,) = self.build.rows("select * from mart_movers__firms where firm_id = $1", [self.firm_id])
        return row
