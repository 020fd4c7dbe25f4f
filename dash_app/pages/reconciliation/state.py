"""The address of the page of reconciliation: which view, which firms, and between which releases."""

from collections.abc import Sequence
from typing import Any

from dash_app.session import Session
from service.queries.release.records import Listed, Slice
from service.queries.zone.ledger_bridge import Ends
from service.queries.zone.reconciliation import Cell
from service.reader import ReleaseQueries

STATUS, BRIDGE = "status", "bridge"
VIEWS = (STATUS, BRIDGE)
NEEDS_SOMEBODY = ("eligible_not_applied", "title_ending", "name_without_substance")


def view_of(session: Session) -> str:
    """The view that the address names, the first unless it names another."""
    view = session.address.get("view", "")
    return view if view in VIEWS else STATUS


def rung_of(session: Session, counts: Sequence[dict[str, Any]]) -> str:
    """The rung that the address names; else the one with most firms whose status needs somebody."""
    if asked := session.address.get("designation"):
        return asked
    needed: dict[str, int] = {}
    for row in counts:
        needed.setdefault(row["designation"], 0)
        needed[row["designation"]] += row["firms"] if row["status"] in NEEDS_SOMEBODY else 0
    return max(needed, key=needed.__getitem__, default="")


def cell_of(session: Session, designation: str) -> Cell:
    """The rows that the address asks for; raises ``BadInput`` for a value there is not."""
    asked = {name: session.address.get(name, "") for name in ("status", "certified", "claimed", "computed")}
    return Cell(designation, **asked)


def ends_of(session: Session) -> Ends:
    """Between which releases."""
    return Ends(session.address.get("until", ""), session.address.get("since", ""))


def listed(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms of the address by status; raises ``BadInput``."""
    asked = release.reconciliation()
    cell = cell_of(session, rung_of(session, asked.counts()))
    return asked.firms(cell, session.address.get("sort", ""), part)


def moved(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms of the address by cause of change; raises ``BadInput``."""
    asked = release.reconciliation()
    designation = rung_of(session, asked.counts())
    bridge = asked.bridge(ends_of(session))
    return bridge.firms(measure_of(session), designation, session.address.get("step", ""), part)


def measure_of(session: Session) -> str:
    """Holders, unless those that meet the rules are asked for."""
    return "met" if session.address.get("measure") == "met" else "held"
