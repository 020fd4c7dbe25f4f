"""Firms and titles of an empty build, and the tables of time in the rung built from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from empty_build import put

from warehouse.database import Build
from warehouse.models import building, graph

Row = Mapping[str, Any]
ON_TITLES = ("core_firm__held", "core_title__stated")


def titles(build: Build, *grants: Row) -> None:
    """Rows of core_title, granted unless they say otherwise; the list is issued on the day of the grant."""
    rows = [
        {
            "title_id": f"t{number}",
            "event": "granted",
            "issued_on": grant.get("valid_from"),
            **grant,
        }
        for number, grant in enumerate(grants)
    ]
    put(build, "core_title", rows, "recognition__hnte")


def firms(build: Build, *rows: Row) -> None:
    """Rows of core_firm: living firms of 2015 in industry 65, unless they say otherwise."""
    usual = {"founded_on": "2015-03-02", "is_living": True, "status": "active", "industry_code": "6510"}
    put(build, "core_firm", [{**usual, **row} for row in rows], "registry__firms")


def build_movement(build: Build, tables: Sequence[str] = ()) -> None:
    """The tables of the layer, or some of them, on the titles and firms of the build."""
    building.build_tables(build, list(ON_TITLES))
    building.build_tables(build, [name for name in graph.in_order("movement") if not tables or name in tables])
