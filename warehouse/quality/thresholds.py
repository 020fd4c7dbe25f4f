"""Thresholds by name: the national value of the catalogue, or the value that a zone stated for itself."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import polars as pl
from pydantic import Field

from warehouse.database.build import Build
from warehouse.definition import Strict, read_definition
from warehouse.errors import DefinitionError

PATH = Path(__file__).parent / "thresholds.yml"
KIND = "threshold"
"""The kind of the statements in the casebook that replace a threshold for this zone."""


class Estimate(Strict):
    """How a zone estimates its own value: the measure, the side, and how many robust spreads from its middle."""

    measure: str
    side: Literal["low", "high"]
    spreads: Decimal


class Threshold(Strict):
    """One limit, with where it comes from."""

    value: Decimal
    unit: str
    zh: str
    en: str
    source: str
    zone: Estimate | None = None


class Thresholds(Strict):
    """All limits, and how zones estimate theirs: the smallest sample and the measures, as SQL on a firm's year."""

    fewest: int = Field(ge=30)
    measures: dict[str, str]
    limits: dict[str, Threshold]


@lru_cache
def thresholds() -> Thresholds:
    """National defaults; raises ``DefinitionError`` with the line."""
    return read_definition(Thresholds, PATH)


def write_thresholds(build: Build) -> None:
    """``ref_threshold``: the values that rules use in this run; of a value of the zone, its statement too."""
    rows = [{"name": name, "national": limit.value, "unit": limit.unit} for name, limit in thresholds().limits.items()]
    national = pl.DataFrame(rows, schema={"name": pl.String, "national": pl.Decimal(18, 6), "unit": pl.String})
    with build.view("national_limit", national):
        build.execute(
            "create or replace table ref_threshold as select name, national, unit,"
            " coalesce((content ->> 'value')::decimal(18, 6), national) as value, statement_id, stated_by, why"
            " from national_limit left join (select * from statement_standing where kind = $1) on subject = name",
            [KIND],
        )
    build.execute(PATH.with_name("macros.sql").read_text("utf-8"))


def threshold_values(build: Build) -> dict[str, float]:
    """The values of this run by name."""
    return {name: float(value) for name, value in build.tuples("select name, value from ref_threshold")}


def with_thresholds(options: dict[str, Any], limits: dict[str, float]) -> dict[str, Any]:
    """Options with names of thresholds replaced by values; raises ``DefinitionError`` for an unknown name."""

    def value(option: Any) -> Any:
        if not isinstance(option, str):
            return option
        if option not in limits:
            raise DefinitionError(f"{option}: there is no such threshold")
        return limits[option]

    return {name: value(option) if name in ("min_value", "max_value") else option for name, option in options.items()}
