"""The history that odds rest on: its length, the bands of like firms, and the text of a refusal."""

from functools import lru_cache
from pathlib import Path
from statistics import NormalDist
from typing import Annotated, Literal, Self

import polars as pl
from pydantic import Field, model_validator

from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_name("limits.yml")
SECTION = "odds"

Stratum = Literal["pending", "gap", "held", "growth", "time"]
Refusal = Literal["short_history", "few_events"]
Share = Annotated[float, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1)]


class Refusals(Strict):
    """The text in place of odds."""

    short_history: Words
    few_events: Words


class Ranges(Strict):
    """The ends between which a feature of the model counts."""

    gap: tuple[float, float]
    growth: tuple[float, float]
    years: tuple[float, float]


class Odds(Strict):
    """The section ``odds``; the edges of bands rise, and a value on an edge belongs to the band above it."""

    horizon_months: Count
    year_ends: Count
    firms_most: Count
    firm_years_min: Count
    events_min: Count
    years_min: Count
    interval: Share
    parent_firm_years_max: Count
    strata: tuple[Stratum, ...] = Field(min_length=1)
    gap_shares: tuple[float, ...]
    growth: tuple[float, ...]
    years_in_rung: tuple[float, ...]
    ranges: Ranges
    model_better_by: Share
    bins: Count
    refusals: Refusals

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        for name in ("gap_shares", "growth", "years_in_rung"):
            edges = getattr(self, name)
            if list(edges) != sorted(set(edges)):
                raise ValueError(f"{name}: the edges of bands must rise")
        if len(set(self.strata)) < len(self.strata):
            raise ValueError("strata: a stratum is named twice")
        return self

    def words(self, reason: Refusal) -> Words:
        """Text in both languages of why no odds are given."""
        return self.refusals.short_history if reason == "short_history" else self.refusals.few_events

    def refusal(self, firm_years: int, years: int, events: int) -> Refusal | None:
        """The reason to give no odds for a title after this history; None where it is long enough."""
        if firm_years < self.firm_years_min or years < self.years_min:
            return "short_history"
        return "few_events" if min(events, firm_years - events) < self.events_min else None


@lru_cache
def odds_limits(written: Path = WRITTEN) -> Odds:
    """The limits of odds; an invalid file raises ``DefinitionError`` with its line."""
    file = YamlFile(written)
    return file.validated(Odds, file.content.get(SECTION), (SECTION,))


def tables() -> dict[str, pl.DataFrame]:
    """``ref_odds_limits``: horizon_months, and deviations, half the width of ``interval`` of a normal distribution."""
    limits = odds_limits()
    deviations = NormalDist().inv_cdf((1 + limits.interval) / 2)
    return {"ref_odds_limits": pl.DataFrame({"horizon_months": [limits.horizon_months], "deviations": [deviations]})}
