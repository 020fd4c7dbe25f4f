"""Who owns a duty, and the steps ahead of its day; data in ``planning.yml``."""

from functools import lru_cache
from pathlib import Path
from typing import get_args

from pydantic import Field

from tiers.certificates.obligations import Kind
from tiers.schema.strict import Strict, Words
from tiers.yaml_file import YamlFile

PLANNING = Path(__file__).with_suffix(".yml")


class Listing(Strict):
    """From when a duty is listed ahead of its day, and until when after it, in days."""

    horizon_days: int = Field(gt=366)
    overdue_days: int = Field(ge=0)


class Step(Words):
    """A step before the day of a duty: working days it takes, and why so many."""

    days: int = Field(gt=0)
    because: Words


class Plan(Strict):
    """The role that owns a duty and the steps that lead to it, in their order."""

    owner: str
    steps: tuple[Step, ...] = Field(min_length=1)


class Owner(Words):
    """A role; ``otherwise`` is the role in its place where the firm is in no incubator."""

    otherwise: str | None = None


class Planning(Strict):
    """Every plan by its duty, ``hnte.annual_report``; ``title_ending`` for titles without a duty of their own."""

    listing: Listing
    owners: dict[str, Owner]
    kinds: dict[Kind, Words]
    states: dict[str, Words]
    notes: dict[str, Words]
    duties: dict[str, Plan]


@lru_cache
def planning() -> Planning:
    """The plans of the duties."""
    return read_planning(PLANNING)


def read_planning(path: Path) -> Planning:
    """The plans of a file; raises ``DefinitionError`` with its line where an entry is invalid."""
    file = YamlFile(path)
    plans = file.validated(Planning, file.content, ())
    for kind in get_args(Kind):
        if kind not in plans.kinds:
            raise file.error(("kinds",), f"the kind {kind} has no words")
    for name, owner in plans.owners.items():
        if owner.otherwise is not None and owner.otherwise not in plans.owners:
            raise file.error(("owners", name, "otherwise"), f"no owner is called {owner.otherwise}")
    for name, plan in plans.duties.items():
        if plan.owner not in plans.owners:
            raise file.error(("duties", name, "owner"), f"no owner is called {plan.owner}")
    return plans
