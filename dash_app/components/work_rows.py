"""The rows that addresses of today and of cultivation ask for, the same for a page and for its file."""

from collections.abc import Mapping, Sequence

from dash_app.rows import Row
from dash_app.session import Session
from service.casework import Casework
from service.casework.board import MemberFilters
from service.casework.month import AT_MOST, last_of, month_of

FILTERS = ("state", "designation", "owner", "due")
"""The filters of members of the pool."""


def whole_of(session: Session) -> bool | None:
    """Whether the address asks for all firms of the scope; None where it states nothing."""
    return {"1": True, "0": False}.get(session.address.get("whole", ""))


def wanted_of(session: Session) -> MemberFilters:
    """The members that the address asks for."""
    return MemberFilters(**{name: session.address.get(name, "") for name in FILTERS})


def open_rows(work: Casework, session: Session) -> list[Row]:
    """What is open, as the address filters it, first what is due first."""
    return kept_of(opened(work, session), session)


def opened(work: Casework, session: Session) -> list[Row]:
    """Everything open, of everybody or of the user, each with its ``thing``."""
    is_mine = session.address.get("whose") == "mine"
    opened = work.open(session.scope.who if is_mine else None)
    return [{"thing": thing, **row} for thing, listed in opened.items() for row in listed]


def kept_of(rows: Sequence[Row], session: Session) -> list[Row]:
    """Those that the other filters leave, first what is due first."""
    kept = [row for row in rows if _passes(row, session.address)]
    return sorted(kept, key=lambda row: (row["days_left"] is None, row["days_left"] or 0, row["seq"]))


def _passes(row: Row, address: Mapping[str, str]) -> bool:
    is_late = row["days_left"] is not None and row["days_left"] < 0
    return (
        address.get("kind", "") in ("", row["thing"])
        and address.get("acting", "") in ("", row["acting"])
        and (not address.get("late") or is_late)
    )


def month_rows(work: Casework, session: Session, at_most: int = AT_MOST) -> list[Row]:
    """What lies on the days of the address, a day or a whole month, at most so many rows."""
    first, chosen = month_of(session.address.get("month", ""), work.today), session.day("day")
    span = (chosen, chosen) if chosen else (first, last_of(first))
    return list(work.month().rows(span, firms_of(work, session), at_most))


def firms_of(work: Casework, session: Session) -> list[str] | None:
    """The own firms of the user where the address wants those; None for all."""
    return work.day().own_firms() if session.address.get("whose") == "mine" else None
