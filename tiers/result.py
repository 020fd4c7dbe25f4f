"""A value calculated from dated terms, with its status and the terms it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tiers.schema.strict import Words
from tiers.schema.terms import Status, Version

Value = TypeVar("Value")


@dataclass(frozen=True)
class Result(Generic[Value]):
    """``derived`` follows from the clause; ``contested`` is one of several readings; ``review`` is for people.

    ``unknown`` names in ``missing`` the figure that is not known; ``not_in_force``: nothing was in force that day.
    """

    value: Value | None
    status: Status
    terms: tuple[Version, ...] = ()
    reasons: tuple[Words, ...] = ()
    missing: tuple[str, ...] = field(default=())

    @property
    def documents(self) -> tuple[str, ...]:
        """Document, clause and confidence of every term."""
        return tuple(
            dict.fromkeys(
                " ".join(filter(None, (term.document, term.clause, f"[{term.confidence}]"))) for term in self.terms
            )
        )


def derived(value: Value, *terms: Version, reasons: Iterable[Words] = ()) -> Result[Value]:
    """What follows from the terms; contested where one of them is, or where a reason against it is given."""
    doubts = tuple(dict.fromkeys((*(term.contested for term in terms if term.contested), *reasons)))
    return Result(value, "contested" if doubts else "derived", terms, doubts)


def unknown(*missing: str) -> Result[Value]:
    """A figure that could change the answer is not known."""
    names_zh, names_en = "、".join(missing), ", ".join(missing)
    words = Words(zh=f"缺 {names_zh}", en=f"{names_en} is missing")
    return Result(None, "unknown", reasons=(words,), missing=missing)


def not_in_force(value: Value | None, zh: str, en: str) -> Result[Value]:
    """Nothing was in force on the day asked about."""
    return Result(value, "not_in_force", reasons=(Words(zh=zh, en=en),))
