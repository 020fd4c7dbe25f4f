"""The lists of flows: the matrix, the firms of a cell, groups, cohorts, curves, and stays in a rung."""

from typing import Any

from dash_app import routing
from dash_app.components.lists import EVERY_ROW
from dash_app.components.values import industry
from dash_app.downloads.listed import ListFile, as_written, in_percent
from dash_app.pages.flows import state
from dash_app.pages.flows.figures import group_name, strata_in_words
from dash_app.session import Session
from service.queries.zone.time_in_rung import KINDS, OUTSIDE
from service.queries.zone.zone_flows import GROUPS
from service.reader import ReleaseQueries
from service.wording.rendering import park_name

PAGE = "flows"
Rows = list[dict[str, Any]]


def _matrix(release: ReleaseQueries, session: Session) -> Rows:
    return [in_percent(row) for row in state.matrix(release, session)]


def _firms(release: ReleaseQueries, session: Session) -> Rows:
    if not state.is_of_a_cell(session):
        return []
    names = {row["state"]: row[session.lang] for row in release.flows().states()}
    rows = state.listed(release, session, EVERY_ROW).rows
    return [
        {**row, "before": names[row["from_state"]], "after": names[row["to_state"]],
         "sector": industry(row["industry_code"], session.lang), "park": park_name(row["division_code"], session.lang)}
        for row in rows
    ]  # fmt: skip


def _groups(release: ReleaseQueries, session: Session) -> Rows:
    group = session.address.get("by", next(iter(GROUPS)))
    rows = release.flows().by_group(state.between(release, session), group)
    return [{**row, "stratum": group_name(row, group, session.lang)} for row in rows]


def _cohorts(release: ReleaseQueries, session: Session) -> Rows:
    asked, kind = release.flows(), session.address.get("kind", KINDS[0])
    title = state.title_of(session, asked.titles())
    return [in_percent(row) for row in asked.cohorts(kind, title, outside=state.is_outside(session))]


def _survival(release: ReleaseQueries, session: Session) -> Rows:
    asked, level = release.flows(), session.address.get("level", OUTSIDE[0])
    title = state.title_of(session, asked.titles())
    curves = asked.survival(title, level, outside=state.is_outside(session))["curves"]
    return _in_words(release, [in_percent(row) for row in curves if row["years"] is not None], session)


def _stays(release: ReleaseQueries, session: Session) -> Rows:
    rows = [] if state.is_outside(session) else state.stays(release, session, EVERY_ROW).rows
    return _in_words(release, rows, session)


def _in_words(release: ReleaseQueries, rows: Rows, session: Session) -> Rows:
    """Rows whose group of like firms is in words."""
    names = strata_in_words(release.flows().strata(session.lang), session.lang)
    return [{**row, "stratum": names.get(row["stratum"] or "", row["stratum"])} for row in rows]


LISTS = {
    "flows_matrix": ListFile(routing.AT_WORK, PAGE, _matrix, as_written),
    "flows_firms": ListFile(routing.AT_WORK, PAGE, _firms, as_written),
    "flows_groups": ListFile(routing.AT_WORK, PAGE, _groups, as_written),
    "cohorts": ListFile(routing.AT_WORK, PAGE, _cohorts, as_written),
    "survival": ListFile(routing.AT_WORK, PAGE, _survival, as_written),
    "stays": ListFile(routing.AT_WORK, PAGE, _stays, as_written),
}
