"""The lists of cultivation: the members of the pool, what is open, the calendar, firms that can enter, owners."""

from collections.abc import Callable
from typing import Any

from dash_app import routing
from dash_app.components.things import THINGS
from dash_app.components.work_rows import month_rows, open_rows, wanted_of
from dash_app.downloads.listed import ListFile, as_written
from dash_app.session import Session
from dash_app.wording.loader import SHARED, words_of
from service.reader import ReleaseQueries
from service.wording.rendering import park_name

PAGE = "cultivation"
CALENDAR_ROWS = 1_000_000
Rows = list[dict[str, Any]]
word, of_page = words_of(SHARED), words_of(PAGE)


def _cases(release: ReleaseQueries, session: Session) -> Rows:
    return [_worded(dict(row), session) for row in open_rows(release.casework(session.scope), session)]


def _worded(row: dict[str, Any], session: Session) -> dict[str, Any]:
    """A row with what it is about and its day under names that all things share."""
    kind = word(THINGS[row["thing"]], session.lang)
    return {
        **row,
        "thing": kind,
        "what": row[f"about_{session.lang}"],
        "due_by": row.get("due_on") or row.get("closes_on"),
    }


def _members(release: ReleaseQueries, session: Session) -> Rows:
    board = release.casework(session.scope).board()
    return [dict(row) for row in board.chosen(board.members(), wanted_of(session))]


def _calendar(release: ReleaseQueries, session: Session) -> Rows:
    lang = session.lang
    rows = month_rows(release.casework(session.scope), session, CALENDAR_ROWS)
    return [
        {
            **row,
            "kind": of_page(row["kind"], lang),
            "what": row.get("what") or f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}",
        }
        for row in rows
    ]


def _entering(release: ReleaseQueries, session: Session) -> Rows:
    signal, designation = (session.address.get(name, "") for name in ("signal", "designation"))
    return release.casework(session.scope).board().giving(signal, designation)


def _owners(release: ReleaseQueries, session: Session) -> Rows:
    return release.casework(session.scope).assigning().load()


def _unowned(release: ReleaseQueries, session: Session) -> Rows:
    rows = release.casework(session.scope).assigning().unowned()
    return [{**row, "park": park_name(row["division_code"], session.lang)} for row in rows]


ROWS: dict[str, Callable[[ReleaseQueries, Session], Rows]] = {
    "cases": _cases,
    "members": _members,
    "calendar": _calendar,
    "entering": _entering,
    "owners": _owners,
    "unowned": _unowned,
}
LISTS = {name: ListFile(routing.AT_WORK, PAGE, rows, as_written) for name, rows in ROWS.items()}
