"""The lists of reconciliation: statuses by rung, firms by status, the steps of a bridge and the firms of a cause."""

from typing import Any

from dash_app import routing
from dash_app.components.lists import EVERY_ROW
from dash_app.downloads.listed import ListFile, Worded, as_written
from dash_app.pages.reconciliation.figures import reason
from dash_app.pages.reconciliation.state import ends_of, listed, measure_of, moved, rung_of
from dash_app.session import Session
from dash_app.wording.loader import value_word
from service.reader import ReleaseQueries

PAGE = "reconciliation"
Rows = list[dict[str, Any]]


def _statuses(release: ReleaseQueries, session: Session) -> Rows:
    asked = release.reconciliation()
    names = {rung["designation"]: rung for rung in asked.rungs()}
    return [{**names[row["designation"]], **_worded(row, session)} for row in asked.counts()]


def _firms(release: ReleaseQueries, session: Session) -> Rows:
    lang = session.lang
    return [{**_worded(row, session), "reason": reason(row, lang)} for row in listed(release, session, EVERY_ROW).rows]


def _worded(row: dict[str, Any], session: Session) -> dict[str, Any]:
    """A row with the words of its four values."""
    lang = session.lang
    return {
        **row,
        "status": value_word("reconciled", row["status"], lang),
        "certified": value_word("certified", row["certified"], lang),
        "claimed": value_word("claimed", row["claimed"], lang),
        "computed": value_word("computed", row["computed"], lang),
    }


def _steps(release: ReleaseQueries, session: Session) -> Rows:
    asked = release.reconciliation()
    bridge = asked.bridge(ends_of(session))
    steps = bridge.waterfall(measure_of(session), rung_of(session, asked.counts()))
    blank = {"gained": None, "lost": None}
    return [{**blank, **step, "step": value_word("step", step["step"], session.lang)} for step in steps]


def _moved(release: ReleaseQueries, session: Session) -> Rows:
    rows = moved(release, session, EVERY_ROW).rows
    return [{**row, "step": value_word("step", row["step"], session.lang)} for row in rows]


def _between(release: ReleaseQueries, session: Session) -> Worded:
    """The filters, with the days that are compared."""
    bridge = release.reconciliation().bridge(ends_of(session))
    return [*as_written(release, session), (bridge.until, f"{bridge.from_day} → {bridge.to_day}")]


LISTS = {
    "statuses": ListFile(routing.AT_WORK, PAGE, _statuses, as_written),
    "reconciliation": ListFile(routing.AT_WORK, PAGE, _firms, as_written),
    "ledger_steps": ListFile(routing.AT_WORK, PAGE, _steps, _between),
    "ledger_firms": ListFile(routing.AT_WORK, PAGE, _moved, _between),
}
