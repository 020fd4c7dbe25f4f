"""The layout of cultivation: a tab a view, each view and filter an address of its own."""

from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.pages.cultivation.cases import cases, contests
from dash_app.pages.cultivation.entry_form import entering
from dash_app.pages.cultivation.figures import pool
from dash_app.pages.cultivation.frame import tabs, view_of
from dash_app.pages.cultivation.month import month
from dash_app.pages.cultivation.owners import owners
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import Casework
from service.errors import BadInput
from service.reader import ReleaseQueries

word = words_of("cultivation")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page of the view that the address names."""
    view = view_of(session)
    form = dmc.Modal(
        html.Div(id=ids.WORK_STEP_FIELDS),
        id=ids.WORK_STEP_FORM,
        title=word("take_step", session.lang),
        opened=False,
        closeButtonProps=aria_label("×"),
    )
    return page(
        [
            html.H1(routing.CULTIVATION.title(session.lang)),
            tabs(view, session),
            html.Div(id=ids.WORK_NOTICE, role="status"),
            html.Div(work_body(release.casework(session.scope), session), id=ids.WORK_BODY),
            form,
        ],
        session,
        release.freshness(),
    )


def work_body(work: Casework, session: Session) -> list[Any]:
    """The view, and what its forms were drawn with: a number against double clicks, the versions of what is shown."""
    try:
        content = _content(work, session)
    except BadInput as error:
        content = [html.P(error.zh if session.lang == "zh" else error.en, className="state-unknown")]
    versions = (
        {row["number"]: row["version"] for row in work.contesting().rows()} if view_of(session) == "contests" else {}
    )
    return [*content, dcc.Store(id=ids.WORK_DRAWN, data={"request": token_hex(8), "versions": versions})]


def _content(work: Casework, session: Session) -> list[Any]:
    view = view_of(session)
    if view in ("board", "list"):
        return pool(view, work.board(), session, work.may_edit)
    if view == "enter":
        return entering(work.board(), session, work.may_edit)
    if view == "owners":
        return owners(work.assigning(), session)
    return {"calendar": month, "cases": cases, "contests": _contests}[view](work, session)


def _contests(work: Casework, session: Session) -> list[Any]:
    return contests(work.contesting(), session)
