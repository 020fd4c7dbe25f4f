"""The designations and how one leads to the next; which are rungs is a view over this graph."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from tiers.condition import Strict
from tiers.yaml_file import YamlFile


class Designation(Strict):
    """One kind of status a firm may hold; without rank it stands beside the ladder."""

    rank: int | None = None
    track: Literal["ladder", "side", "beside", "yardstick"]
    zh: str
    en: str
    kind: Literal["recognition", "filing", "pool", "third_party_list", "ranking"]
    succeeded_by: tuple[str, ...]


@lru_cache
def ladder() -> dict[str, Designation]:
    """Every designation by its name, the rungs from the lowest up first."""
    file = YamlFile(Path(__file__).parent / "ladder.yml")
    known: dict[str, Designation] = {}
    for name, written in file.content["designations"].items():
        try:
            known[name] = Designation.model_validate(written)
        except ValidationError as error:
            first = error.errors()[0]
            raise file.error(("designations", name, *first["loc"]), first["msg"]) from error
    for name, designation in known.items():
        for later in designation.succeeded_by:
            if later not in known:
                raise file.error(("designations", name, "succeeded_by"), f"no designation is called {later}")
    return known
