"""Visits: recorded with the promises of both sides, each of which is kept one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from service.decisions.case_events import changed, opened, require_text, row_of
from service.decisions.firms import firm_id_of
from service.decisions.signed import Signed
from warehouse.casebook.events import Event
from warehouse.casebook.folds import visit
from warehouse.errors import BadInput
from warehouse.home import Home


@dataclass(frozen=True)
class Promise:
    """What was promised, and by which day, where one was named."""

    what: str
    by_on: date | None = None


def record(
    home: Home,
    firm: str,
    visited_on: date,
    note: str,
    signed: Signed,
    *,
    ours: Iterable[Promise] = (),
    theirs: Iterable[Promise] = (),
    next_on: date | None = None,
    is_call: bool = False,
) -> Event:
    """Keep a visit, or a call as one.

    Raises ``BadInput`` for a day to come, a next date before the visit, or an empty note.
    """
    if visited_on > signed.today:
        raise BadInput(f"走访日 {visited_on} 还没到", f"the day of the visit, {visited_on}, is still to come")
    if next_on is not None and next_on <= visited_on:
        raise BadInput(
            f"下次日期 {next_on} 应晚于走访日 {visited_on}", f"the next date, {next_on}, must follow the visit"
        )
    content = {
        "firm": firm_id_of(home, firm),
        "visited_on": visited_on.isoformat(),
        "note": require_text(note, "走访情况（--note）", "what the visit was about (--note)"),
        "ours": _promises(ours),
        "theirs": _promises(theirs),
        "next_on": next_on.isoformat() if next_on else None,
        **({"is_call": True} if is_call else {}),
    }
    return opened(home, visit.PREFIX, visit.RECORDED, content, signed)


def keep(home: Home, number: str, side: str, promise: int, on: date, signed: Signed) -> Event:
    """A promise of a visit was kept; ``promise`` is its place, from 1. Raises ``BadInput`` where there is none."""
    if side not in visit.SIDES:
        raise BadInput(f"哪一方：{' · '.join(visit.SIDES)}", f"which side: {' or '.join(visit.SIDES)}")
    promises = row_of(home, visit, number)[side]
    if not 1 <= promise <= len(promises):
        raise BadInput(
            f"走访 {number} 这一方有 {len(promises)} 项承诺，没有第 {promise} 项",
            f"visit {number} has {len(promises)} promises of this side, there is no {promise}",
        )
    content = {"side": side, "number": promise, "on": on.isoformat()}
    return changed(home, visit, number, visit.KEPT, content, signed)


def _promises(promises: Iterable[Promise]) -> list[dict[str, str | None]]:
    return [
        {
            "what": require_text(promise.what, "承诺的内容", "what was promised"),
            "by_on": promise.by_on.isoformat() if promise.by_on else None,
        }
        for promise in promises
    ]
