"""The measures of a plan that targets are set for, and when it is evaluated."""

from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

import polars as pl
from pydantic import Field, model_validator

from tiers.schema.ladder import ladder
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

WRITTEN = Path(__file__).with_name("measures.yml")

Stage = Literal["yearly", "midterm", "final"]
Unit = Literal["家", "%"]
USUAL: Stage = "yearly"
OWES = {
    "stock": {"designation"},
    "new": {"designation"},
    "conversion": {"designation", "from_"},
    "ratio": {"numerator", "denominator"},
}
"""What a measure of each kind names, and no other does."""


class Plan(Strict):
    """The years of a plan; the last one is that of the final evaluation."""

    from_: int = Field(alias="from")
    to: int
    midterm: int


class Measure(Words):
    """One measure: its kind, unit, and the titles or figures that it counts."""

    kind: Literal["stock", "new", "conversion", "ratio"]
    unit: Unit
    designation: str | None = None
    from_: str | None = Field(default=None, alias="from")
    numerator: str | None = None
    denominator: str | None = None

    @model_validator(mode="after")
    def _names_what_it_counts(self) -> Self:
        named = {name for name in set().union(*OWES.values()) if getattr(self, name) is not None}
        if named != OWES[self.kind]:
            raise ValueError(f"a measure of kind {self.kind} names {', '.join(sorted(OWES[self.kind]))} and no other")
        for name in (self.designation, self.from_):
            if name is not None and name not in ladder():
                raise ValueError(f"no designation is called {name}")
        return self


class Measures(Strict):
    """The content of ``measures.yml``."""

    plans: tuple[Plan, ...]
    stages: dict[Stage, Words]
    years: tuple[int, int]
    """The first and the last year of a target."""
    largest: dict[Unit, int]
    """The largest target of a unit."""
    measures: dict[str, Measure]

    def stage(self, year: int) -> Stage:
        """What is done with the figures of a year."""
        if any(plan.to == year for plan in self.plans):
            return "final"
        return "midterm" if any(plan.midterm == year for plan in self.plans) else USUAL


@lru_cache
def measures(written: Path = WRITTEN) -> Measures:
    """The measures; an invalid file raises ``DefinitionError`` with its line."""
    file = YamlFile(written)
    return file.validated(Measures, file.content, ())


def tables() -> dict[str, pl.DataFrame]:
    """``ref_measures`` and ``ref_plan_stages``.

    The first has measure, seq (from 1), kind, unit, what it counts, words; the second the stage of a year, null for one
    outside every plan.
    """
    return {"ref_measures": _measures(), "ref_plan_stages": _stages()}


def _stages() -> pl.DataFrame:
    content = measures()
    first, last = min(plan.from_ for plan in content.plans), max(plan.to for plan in content.plans)
    stages = {None: USUAL} | {year: content.stage(year) for year in range(first, last + 1)}
    rows = [{"year": year, "stage": stage, **content.stages[stage].model_dump()} for year, stage in stages.items()]
    return pl.DataFrame(rows, schema_overrides={"year": pl.Int32})


def _measures() -> pl.DataFrame:
    rows = [
        {"measure": name, "seq": seq, **entry.model_dump(exclude={"from_"}), "from_designation": entry.from_}
        for seq, (name, entry) in enumerate(measures().measures.items(), 1)
    ]
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"seq": pl.Int32})
