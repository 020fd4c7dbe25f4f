"""Firms, titles and stays of an empty build, and the tables of time in the rung built from them."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from empty_build import put

from warehouse.database.build import Build
from warehouse.models import building, graph

Row = Mapping[str, Any]
ON_TITLES = ("core_title__granted", "core_firm__held", "core_title__stated")
TIME = ("core_firm__time_in_rung", "core_rung__cohorts", "core_rung__quartiles", "core_firm__rung_on")
ON_STAYS = ("core_rung__groups", "core_rung__curves", "core_rung__quartiles")
RUNG = "hnte"


def titles(build: Build, *grants: Row) -> None:
    """Rows of core_title: granted by a list of the same day, unless they say otherwise."""
    usual = {"designation": RUNG, "event": "granted"}
    rows = [
        {"title_id": f"t{number}", "issued_on": grant.get("valid_from"), **usual, **grant}
        for number, grant in enumerate(grants)
    ]
    put(build, "core_title", rows, "recognition__hnte")


def firms(build: Build, *rows: Row) -> None:
    """Rows of core_firm: living firms of 2015 in industry 65, unless they say otherwise."""
    usual = {"founded_on": "2015-03-02", "is_living": True, "status": "active", "industry_code": "6510"}
    put(build, "core_firm", [{**usual, **row} for row in rows], "registry__firms")


def build_movement(build: Build) -> None:
    """The tables of time in the rung, on the titles and firms of the build."""
    layer, needed = graph.in_order("movement"), {*TIME}
    for table in reversed(layer):
        needed |= set(graph.reads(table)) if table in needed else set()
    building.build_tables(build, [*ON_TITLES, *(table for table in layer if table in needed)])


def limits(build: Build, **values: float) -> None:
    """Other limits than those of limits.yml."""
    for name, value in values.items():
        build.execute(f"update ref_time_limits set {name} = $1", [value])


def curves(build: Build, stays: Iterable[tuple[int, int, str]], **features: str) -> None:
    """Groups, curves and quartiles of stays: first day, last day, cause of leaving; '' where it is censored."""
    of = {"sector": None, "age_band": None, "size_band": None, **features}
    rows = [
        {"designation": RUNG, "from_days": first, "days": last, "cause": cause, "number": number}
        for number, (first, last, cause) in enumerate(stays)
    ]
    frame = pl.DataFrame(rows, schema_overrides={"cause": pl.String}).with_columns(
        level=pl.lit("all"), stratum=pl.lit("all"), stays=1, firms=1, stays_may_have_begun_earlier=0,
        **{name: pl.lit(value, pl.String) for name, value in of.items()},
    )  # fmt: skip
    build.put("core_rung__stays", frame.drop("number"))
    build.execute("create or replace table core_rung__cohorts as from core_rung__stays limit 0")
    building.build_tables(build, list(ON_STAYS))
