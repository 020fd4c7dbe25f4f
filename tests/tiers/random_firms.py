"""Random firms whose figures lie about the thresholds, so that every answer occurs."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import numpy as np
import polars as pl

from tiers.schema import facts

DAY = date(2026, 6, 30)
AMOUNTS = (0, 1, 40, 60, 100, 120, 144, 173, 200, 240, 300, 500, 600, 1000, 1728, 2000, 5000, 20_000, 200_000)
"""Ten thousands of yuan."""
BELOW_NOTHING = ("profit", "net_assets")
"""Figures that may be negative; negative sales and spending are quarantined."""
PEOPLE = (0, 1, 9, 10, 20, 30, 99, 100, 130, 169, 220, 500, 501, 1000)
COUNTS = (0, 1, 2, 3, 4, 5, 10, 20)
DAYS_AGO = (100, 364, 365, 366, 800, 1826, 3650, 3653, 5478, 9000)


def firms(seed: int, number: int = 60) -> pl.DataFrame:
    """``number`` firms with every fact known that there can be; the same seed gives the same firms."""
    draw = Random(seed)  # of single values NumPy draws a tenth as fast
    drawn = {name: _drawn(name) for name in facts.schema() if name != "firm_id"}
    rows = [{name: value(draw) for name, value in drawn.items()} for _ in range(number)]
    return facts.frame([_plausible(row) for row in rows])


def _plausible(firm: dict[str, Any]) -> dict[str, Any]:
    """No figures for years before the firm existed; no more rights of a kind than of its class."""
    rights = firm["ip_class1_count"] + firm["ip_class2_count"]
    firm["inventions_granted"] = min(firm["inventions_granted"], firm["ip_class1_count"])
    firm["patents_granted"] = min(max(firm["patents_granted"], firm["inventions_granted"]), rights)
    firm["utility_and_software_count"] = min(firm["utility_and_software_count"], firm["ip_class2_count"])
    first = DAY.year - 1 - firm["founded_on"].year
    return {name: value for name, value in firm.items() if not name[-1].isdigit() or int(name[-1]) <= first}


@cache
def _drawn(name: str) -> Callable[[Random], object]:
    """Draws a value of a fact; of a name once, since a firm has three hundred."""
    stem = name.rpartition("_")[0]
    known = facts.vocabulary().get(name) or facts.vocabulary()[stem]
    if known.bound_of or known.type == "points":  # points are given to few; what they decide is tested by worked cases
        return lambda _: None
    match known.type:
        case "money":
            least = -math.inf if any(word in name for word in BELOW_NOTHING) else 0
            return lambda draw: max(draw.choice(AMOUNTS) * 1_000_000 + draw.randint(-1, 1), least)
        case "people":
            return lambda draw: Decimal(draw.choice(PEOPLE) * 100 + draw.randint(0, 1)) / 100
        case "bool":
            likely = 0.95 if name == "is_living" else 0.5
            return lambda draw: draw.random() < likely
        case "date":
            return lambda draw: DAY - timedelta(days=draw.choice(DAYS_AGO))
        case "text":
            return lambda draw: draw.choice(("6510", "7010", "1610", "3563"))
        case "rank":
            return lambda draw: draw.choice((0, 1, 3, 4, 5, 6))
        case _:
            counts = PEOPLE if known.unit == "person" else COUNTS
            return lambda draw: draw.choice(counts)


def blanked(frame: pl.DataFrame, seed: int, share: float = 0.2) -> pl.DataFrame:
    """The same firms with some figures not known; what is on record stays on record, what is dated keeps its day."""
    draw = np.random.default_rng(seed)
    records = {name for name, dtype in frame.schema.items() if dtype == pl.Date and name.startswith("last_")}
    dates = {known.dated for known in facts.vocabulary().values() if known.dated}
    keep = {"firm_id", "is_living", "control_changed_on", *records, *dates}
    return frame.with_columns(
        pl.when(pl.Series(draw.random(frame.height) >= share)).then(pl.col(name)).alias(name)
        for name in frame.columns
        if name not in keep
    )
