"""A build on which the models of what is due run, and how a test puts titles, filings and changes into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from empty_build import put

from tiers.movement.tables import due_tables
from warehouse.database.build import Build
from warehouse.models import building
from warehouse.models.working_days import working_days
from warehouse.rule_exchange import exchange

MODELS = ["core_title__granted", "core_firm__obligations", "core_firm__held", "core_firm__windows", "core_firm__due"]
GRANTED = {"event": "granted", "firm_id": "F"}
CERTIFICATE = {"designation": "hnte", "valid_from": date(2023, 12, 8), "valid_to": date(2026, 12, 8)}
ENTRY = {
    "designation": "tech_sme",
    "valid_from": date(2025, 10, 20),
    "valid_to": date(2025, 12, 31),
    "or_valid_to": date(2026, 3, 31),
}
Rows = dict[tuple[str, str], dict[str, Any]]


@contextmanager
def prepared(path: Path) -> Iterator[Build]:
    """A build with one living firm, and no verdicts."""
    with Build.open(path) as build:
        put(build, "core_firm", [{"firm_id": "F", "name": "甲", "is_living": True}], "registry__firms")
        build.execute(
            "create table core_tiers__ladder_verdicts (firm_id varchar, day date, designation varchar, outcome varchar,"
            " edition_id varchar)"
        )
        exchange.write_reference(
            build, {**due_tables(), "ref_working_days": working_days("CN-3301", date(2026, 6, 30))}
        )
        yield build


def holds(build: Build, *titles: dict[str, Any]) -> None:
    rows = [{**GRANTED, "title_id": f"t{number}", **title} for number, title in enumerate(titles)]
    put(build, "core_title", rows, "recognition__hnte")


def filed(build: Build, year: int, on: date | None, designation: str = "hnte", filing: str = "annual_report") -> None:
    row = {"firm_id": "F", "designation": designation, "filing": filing, "year": year}
    put(build, "core_firm__filings", [{**row, "filed_on": on, "is_not_filed": on is None}], "report__filings")


def changed(build: Build, *days: date, reported: date | None = None) -> None:
    rows = [{"firm_id": "F", "change_kind": "changed", "changed_on": day, "reported_on": reported} for day in days]
    put(build, "core_firm__changes", rows, "report__changes")


def due(build: Build, day: date, place: str = "CN-3301") -> Rows:
    """Rows of the engine on a day, by duty and period."""
    building.set_parameters(build, day=day, previous_day=day, place=place, run_id="test")
    building.build_tables(build, MODELS)
    return {(row["duty"], row["period"]): row for row in build.rows("select * from core_firm__due")}


def states(rows: Rows, duty: str) -> dict[str, str]:
    return {period: row["state"] for (name, period), row in rows.items() if name == duty}
