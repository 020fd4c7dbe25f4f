"""The address of the page of flows: which view, between which days, of which title."""

from collections.abc import Sequence
from typing import Any

from dash_app.session import Session
from service.queries.release.records import Listed, Slice
from service.queries.zone.zone_flows import Between
from service.reader import ReleaseQueries

MATRIX, GROUPS, COHORTS, STAYS = "matrix", "groups", "cohorts", "stays"
VIEWS = (MATRIX, GROUPS, COHORTS, STAYS)


def view_of(session: Session) -> str:
    """The view that the address names, the first unless it names another."""
    view = session.address.get("view", "")
    return view if view in VIEWS else MATRIX


def between(release: ReleaseQueries, session: Session) -> Between:
    """The days of the address; raises ``BadInput``."""
    return release.flows().between(session.address.get("since", ""), session.address.get("until", ""))


def is_outside(session: Session) -> bool:
    """Whether the tables are shown as they may leave the zone, with small cells hidden."""
    return session.address.get("outside") == "1"


def title_of(session: Session, titles: Sequence[dict[str, Any]]) -> str:
    """The title of the address; else the second rung of the ladder, of which lists reach back farthest."""
    known = [title["designation"] for title in titles]
    asked = session.address.get("designation", "")
    return asked or (known[1] if len(known) > 1 else "".join(known))


def is_of_a_cell(session: Session) -> bool:
    """Whether the firms of a cell, a row or a column are asked for; a table for others names none."""
    return bool(session.address.get("from") or session.address.get("to")) and not is_outside(session)


def listed(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms of the cell of the address; raises ``BadInput``."""
    states = (session.address.get("from", ""), session.address.get("to", ""))
    return release.flows().firms(between(release, session), *states, part)


def matrix(release: ReleaseQueries, session: Session) -> list[dict[str, Any]]:
    """The matrix of the address; raises ``BadInput``."""
    return release.flows().matrix(between(release, session), outside=is_outside(session))


def stays(release: ReleaseQueries, session: Session, part: Slice) -> Listed:
    """The firms in the rung of the address, those that stay longest against like firms first."""
    asked = release.flows()
    return asked.stays(title_of(session, asked.titles()), part)
