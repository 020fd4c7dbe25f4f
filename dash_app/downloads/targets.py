"""The lists of targets: bridges, the firms of a bar, monitoring, and the firms behind a number."""

from typing import Any

from dash_app import routing
from dash_app.components.lists import EVERY_ROW
from dash_app.downloads.listed import ListFile, as_written
from dash_app.pages.targets.state import bar_firms, monitored
from dash_app.session import Session
from service.reader import ReleaseQueries
from service.wording.rendering import sources_text

PAGE = "targets"
Rows = list[dict[str, Any]]


def _bridges(release: ReleaseQueries, _: Session) -> Rows:
    return release.targets().bridges()


def _bar_firms(release: ReleaseQueries, session: Session) -> Rows:
    return bar_firms(release, session, EVERY_ROW).rows


def _monitoring(release: ReleaseQueries, _: Session) -> Rows:
    return release.targets().monitoring()


def _monitored(release: ReleaseQueries, session: Session) -> Rows:
    rows = monitored(release, session, EVERY_ROW).rows
    return [{**row, "source": sources_text(row, session.lang)} for row in rows]


LISTS = {
    "bridges": ListFile(routing.STAFF, PAGE, _bridges, as_written),
    "target_firms": ListFile(routing.STAFF, PAGE, _bar_firms, as_written),
    "monitoring": ListFile(routing.STAFF, PAGE, _monitoring, as_written),
    "monitored_firms": ListFile(routing.STAFF, PAGE, _monitored, as_written),
}
