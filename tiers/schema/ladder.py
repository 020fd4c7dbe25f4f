"""The designations and how one leads to the next; which are rungs is a view over this graph."""

import math
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Literal

from tiers.schema.condition import Kind
from tiers.schema.strict import Strict
from tiers.yaml_file import YamlFile


class Designation(Strict):
    """One kind of status a firm may hold; without rank it stands beside the ladder."""

    rank: int | None = None
    track: Literal["ladder", "side", "beside", "yardstick", "check"]
    zh: str
    en: str
    kind: Kind
    succeeded_by: tuple[str, ...]


@lru_cache
def ladder() -> dict[str, Designation]:
    """Every designation by its name, the rungs from the lowest up first."""
    file = YamlFile(Path(__file__).parents[1] / "ladder.yml")
    known: dict[str, Designation] = {}
    for name, written in file.content["designations"].items():
        known[name] = file.validated(Designation, written, ("designations", name))
    for name, designation in known.items():
        for later in designation.succeeded_by:
            if later not in known:
                raise file.error(("designations", name, "succeeded_by"), f"no designation is called {later}")
    return known


def height(name: str) -> Fraction | None:
    """How far up a designation stands: its rank, or halfway below what it leads to; None on other tracks."""
    designation = ladder()[name]
    if designation.rank is not None:
        return Fraction(designation.rank)
    if designation.track != "beside":
        return None
    above = [rank for successor in designation.succeeded_by if (rank := height(successor)) is not None]
    return (min(above) + math.ceil(min(above)) - 1) / 2 if above else None
