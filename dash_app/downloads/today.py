"""The sheet of calls of the page of today: every question, in the order of what a call can decide."""

from typing import Any

from dash_app import routing
from dash_app.components.work_rows import whole_of
from dash_app.downloads.listed import ListFile, as_written
from dash_app.session import Session
from service.reader import ReleaseQueries

PAGE = "today"


def _calls(release: ReleaseQueries, session: Session) -> list[dict[str, Any]]:
    return release.today(session.scope).call_sheet(whole_of(session))


LISTS = {"calls": ListFile(routing.AT_WORK, PAGE, _calls, as_written)}
