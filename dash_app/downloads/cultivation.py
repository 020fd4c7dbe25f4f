"""The lists of cultivation: what is open about firms, and the members of the pool."""

from collections.abc import Callable
from typing import Any

from dash_app import routing
from dash_app.downloads.listed import ListFile, Told, text
from dash_app.session import Session
from service.reader import ReleaseQueries

PAGE = "cultivation"
THINGS = {"tasks": "task", "requests": "request", "applications": "application", "contests": "contest"}
Rows = list[dict[str, Any]]


def _open(thing: str) -> Callable[[ReleaseQueries, Session], Rows]:
    def rows(release: ReleaseQueries, session: Session) -> Rows:
        return [_told(row) for row in release.casework(session.scope).open(_whose(session))[thing]]

    return rows


def _whose(session: Session) -> str | None:
    return session.scope.who if session.address.get("whose") == "mine" else None


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """A row with what it is about and its day under names that all things share."""
    what = row.get("what") or row.get("designation") or f"{row.get('fact')} → {row.get('claimed')}"
    return {**row, "what": what, "due_by": row.get("due_on") or row.get("closes_on")}


def _members(release: ReleaseQueries, session: Session) -> Rows:
    return release.casework(session.scope).members()


def _filters(_: ReleaseQueries, session: Session) -> Told:
    whose = _whose(session)
    return [(text("whose", session.lang), whose)] if whose else []


LISTS = {
    **{name: ListFile(routing.AT_WORK, PAGE, _open(thing), _filters) for name, thing in THINGS.items()},
    "members": ListFile(routing.AT_WORK, PAGE, _members, lambda _release, _session: []),
}
