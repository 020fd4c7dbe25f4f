"""Limits of time in the rung, flows and cohorts: the section ``time`` of ``limits.yml``, and its reference tables."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import NormalDist
from typing import Annotated, Any, Literal, Self

import polars as pl
from pydantic import Field, model_validator

from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

LIMITS = Path(__file__).with_name("limits.yml")
USUAL = "usual"
"""The designations that are not named, among ``renewal_gap_days``."""


class Band(Strict):
    """Values from a whole number up to the next band."""

    band: str
    from_: int = Field(alias="from", ge=0)
    zh: str
    en: str


class Level(Strict):
    """Groups of like firms by some of their features; ``is_fallback``: whether firms are compared within them."""

    level: str
    of: tuple[Literal["sector", "age", "size"], ...]
    is_fallback: bool = True
    zh: str
    en: str


class Cohort(Strict):
    """For how many years a cohort is followed, and how many firms it needs."""

    years: int = Field(gt=0)
    firms_min: int = Field(gt=0)


class Ending(Strict):
    """What ends a spell: an exit by a cause, or the last day on which the stay is known (censored)."""

    counts: Literal["exit", "censored"]
    cause: Literal["risen", "lost", "dissolved", ""] = ""
    zh: str
    en: str

    @model_validator(mode="after")
    def _has_a_cause_exactly_as_an_exit(self) -> Self:
        if (self.counts == "exit") != bool(self.cause):
            raise ValueError("an exit has a cause, a censored end has none")
        return self


class Time(Strict):
    """Days in ``_days``, bands by age in years and by staff, and the smallest groups compared."""

    renewal_gap_days: dict[str, Annotated[int, Field(ge=1)]]
    age_bands: tuple[Band, ...]
    size_bands: tuple[Band, ...]
    levels: tuple[Level, ...]
    firms_min: int = Field(gt=0)
    at_risk_min: int = Field(gt=0)
    quantile_percent: float = Field(gt=0, lt=100)
    confidence_percent: float = Field(gt=0, lt=100)
    cohort: Cohort
    endings: dict[Literal["running", "pending", "left_zone", "risen", "expired", "revoked", "dissolved"], Ending] = (
        Field(min_length=7)
    )
    states: dict[Literal["absent", "none", "unknown", "gone"], Words] = Field(min_length=4)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        unknown = self.renewal_gap_days.keys() - {USUAL, *ladder()}
        if unknown or USUAL not in self.renewal_gap_days:
            raise ValueError(f"renewal_gap_days: {USUAL} and names of designations, not {sorted(unknown)}")
        for bands in (self.age_bands, self.size_bands):
            starts = [band.from_ for band in bands]
            if starts[:1] != [0] or starts != sorted(set(starts)):
                raise ValueError(f"bands start at 0 and rise, not {starts}")
        names = [band.band for bands in (self.age_bands, self.size_bands) for band in bands]
        names += [level.level for level in self.levels]
        if len(set(names)) < len(names):
            raise ValueError(f"bands and levels name groups of firms, each by a name of its own, not {sorted(names)}")
        if [level.level for level in self.levels if not level.of] != [self.levels[-1].level]:
            raise ValueError("the last level, and no other, is of all firms")
        return self


@cache
def time_limits(path: Path = LIMITS) -> Time:
    """The limits; an invalid file raises ``DefinitionError`` with its line."""
    file = YamlFile(path)
    return file.validated(Time, file.content.get("time"), ("time",))


def tables(limits: Time | None = None) -> dict[str, pl.DataFrame]:
    """Reference tables: successions of designations, renewal gaps, bands, levels, endings, and single limits."""
    limits = limits or time_limits()
    usual = limits.renewal_gap_days[USUAL]
    return {
        "ref_successions": pl.DataFrame(list(_successions()), schema=["designation", "above"], orient="row"),
        "ref_renewal_gaps": pl.DataFrame(
            [(name, limits.renewal_gap_days.get(name, usual)) for name in ladder()],
            schema={"designation": pl.String, "gap_days": pl.Int32},
            orient="row",
        ),
        "ref_bands": pl.DataFrame(
            [row for name in ("age", "size") for row in _bands(name, getattr(limits, f"{name}_bands"))],
            schema={
                "feature": pl.String,
                "band": pl.String,
                "low": pl.Int32,
                "high": pl.Int32,
                "zh": pl.String,
                "en": pl.String,
            },
            orient="row",
        ),
        "ref_levels": pl.DataFrame([_level(seq, level) for seq, level in enumerate(limits.levels, 1)]),
        "ref_endings": pl.DataFrame(
            [
                {
                    "ending": name,
                    "is_exit": ending.counts == "exit",
                    "cause": ending.cause,
                    "zh": ending.zh,
                    "en": ending.en,
                }
                for name, ending in limits.endings.items()
            ]
        ),
        "ref_states": _states(limits),
        "ref_time_limits": pl.DataFrame(
            {
                "firms_min": [limits.firms_min],
                "at_risk_min": [limits.at_risk_min],
                "quantile": [limits.quantile_percent / 100],
                "confidence_percent": [limits.confidence_percent],
                "z": [NormalDist().inv_cdf((1 + limits.confidence_percent / 100) / 2)],
                "cohort_years": [limits.cohort.years],
                "cohort_firms_min": [limits.cohort.firms_min],
            }
        ),
    }


def _states(limits: Time) -> pl.DataFrame:
    """The states of a firm on a day in the order of the matrix of flows: rungs stand between holding none and gone."""
    rungs = sorted((of.rank, name) for name, of in ladder().items() if of.rank is not None)
    *first, last = [(name, words.zh, words.en) for name, words in limits.states.items()]
    rows = [*first, *((name, ladder()[name].zh, ladder()[name].en) for _, name in rungs), last]
    return pl.DataFrame(rows, schema=["state", "zh", "en"], orient="row").with_row_index("seq", 1)


def _successions() -> Iterator[tuple[str, str]]:
    """Each designation with those it leads to, directly or through others."""
    for name in ladder():
        above: set[str] = set()
        waiting = [name]
        while waiting:
            new = set(ladder()[waiting.pop()].succeeded_by) - above
            above |= new
            waiting += new
        yield from ((name, higher) for higher in sorted(above))


def _bands(feature: str, bands: tuple[Band, ...]) -> Iterator[tuple[str, str, int, int | None, str, str]]:
    """Rows with the first value of a band, and of the next one; null for the last."""
    ends = [*(band.from_ for band in bands[1:]), None]
    for band, end in zip(bands, ends, strict=True):
        yield feature, band.band, band.from_, end, band.zh, band.en


def _level(seq: int, level: Level) -> dict[str, object]:
    by = {f"by_{feature}": feature in level.of for feature in ("sector", "age", "size")}
    return {
        "level": level.level,
        "level_seq": seq,
        **by,
        "is_fallback": level.is_fallback,
        "zh": level.zh,
        "en": level.en,
    }


FEATURES = ("sector", "age_band", "size_band")
"""The columns of a group of like firms by which they are alike; null where a feature does not count."""


def features_of(group: Mapping[str, Any]) -> list[str]:
    """The features of a group of like firms; its name, that of the level, where none counts."""
    return [group[name] for name in FEATURES if group[name]] or [group["stratum"]]
