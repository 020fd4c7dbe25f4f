"""An answer that is worked out from dated terms: its value, how far it can be relied on, and what it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tiers.schema.terms import Status, Version, Words

What = TypeVar("What")


@dataclass(frozen=True)
class Result(Generic[What]):
    """``derived`` follows from the clause; ``contested`` is one of several readings; ``review`` is for people.

    ``unknown`` names in ``missing`` the figure that is not known; ``not_in_force``: nothing was in force that day.
    """

    value: What | None
    status: Status
    rests_on: tuple[Version, ...] = ()
    reasons: tuple[Words, ...] = ()
    missing: tuple[str, ...] = field(default=())

    @property
    def documents(self) -> tuple[str, ...]:
        """Document and clause of everything it rests on, each with how surely it is known."""
        return tuple(
            dict.fromkeys(f"{one.document} {one.clause} [{one.confidence}]".replace("  ", " ") for one in self.rests_on)
        )


def derived(value: What, *rests_on: Version, reasons: Iterable[Words] = ()) -> Result[What]:
    """What follows from the terms; contested where one of them is, or where a reason against it is given."""
    doubts = (*(one.contested for one in rests_on if one.contested), *reasons)
    return Result(value, "contested" if doubts else "derived", rests_on, doubts)


def unknown(*missing: str) -> Result[What]:
    """A figure that could change the answer is not known."""
    names_zh, names_en = "、".join(missing), ", ".join(missing)
    words = Words(zh=f"缺 {names_zh}", en=f"{names_en} is missing")
    return Result(None, "unknown", reasons=(words,), missing=missing)


def not_in_force(value: What | None, zh: str, en: str) -> Result[What]:
    """Nothing was in force on the day asked about."""
    return Result(value, "not_in_force", reasons=(Words(zh=zh, en=en),))
