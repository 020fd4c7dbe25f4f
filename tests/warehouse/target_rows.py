"""What is put into a build for tests of targets: targets, firms, titles, verdicts and odds."""

from datetime import date
from typing import Any

from empty_build import put
from movement_rows import DAY

from warehouse.database.build import Build

MODELS = ("mart_zone__bridge_firms", "mart_zone__bridge", "mart_zone__monitoring_firms", "mart_zone__monitoring")
DUE = date(2026, 12, 31)
LISTED = {"event": "granted", "designation": "hnte"}


def targets(build: Build, *rows: dict[str, Any]) -> None:
    usual = {"zone": "Z", "year": 2026, "target": 10.0, "unit": "家", "document": "规划", "due_on": DUE}
    put(build, "core_target", [{**usual, **row} for row in rows], "plan__targets")


def firms(build: Build, *names: str, **row: Any) -> None:
    put(
        build,
        "core_firm",
        [{"firm_id": name, "name": name, "is_living": True, **row} for name in names],
        "registry__firms",
    )
    put(
        build,
        "core_firm__position",
        [{"firm_id": name, "day": DAY, "is_living": True} for name in names],
        "registry__firms",
    )


def holds(build: Build, firm: str, until: date | None) -> None:
    put(
        build,
        "core_firm__held",
        [{"firm_id": firm, "designation": "hnte", "day": DAY, "valid_to": until}],
        "recognition__hnte",
    )


def listed(build: Build, *rows: tuple[str, date, date | None]) -> None:
    """High-tech enterprises granted on a day and valid to another."""
    put(
        build,
        "core_title",
        [
            {"title_id": f"{firm}{on}", "firm_id": firm, "valid_from": on, "issued_on": on, "valid_to": to, **LISTED}
            for firm, on, to in rows
        ],
        "recognition__hnte",
    )


def verdict(build: Build, firm: str, outcome: str, day: date = DAY) -> None:
    row = {
        "firm_id": firm,
        "day": day,
        "designation": "hnte",
        "outcome": outcome,
        "deciding_gap": 6.0,
        "gap_unit": "percent",
    }
    put(build, "core_tiers__ladder_verdicts", [row], "recognition__hnte")


def odds(build: Build, firm: str, kind: str, low: float, expected: float, high: float) -> None:
    build.execute(
        "insert into core_firm__odds (firm_id, kind, designation, low, odds, high) values ($1, $2, 'hnte', $3, $4, $5)",
        [firm, kind, low, expected, high],
    )
