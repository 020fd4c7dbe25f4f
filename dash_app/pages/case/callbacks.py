"""The callback of the forms of a case: what is saved is drawn anew, what is not stays as it was typed."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from pydantic import Field

from dash_app import ids, routing
from dash_app.components.drawn_form import VersionedForm
from dash_app.components.refusals import not_kept
from dash_app.pages.case.forms import heading_of
from dash_app.pages.case.layout import case_body
from dash_app.server.callbacks import refuse
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import ACTS, CaseForm
from service.casework.undo_act import OWN
from service.errors import BadInput
from service.reader import Service

word = words_of("case")


class Drawn(VersionedForm):
    """What the forms were drawn with."""

    firm_id: str = Field(max_length=100)


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_send(app, service)
    _add_contested(app, service)


def _add_send(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.CASE_NOTICE, "children"),
        Output(ids.CASE_BODY, "children"),
        Input(ids.send(ALL, ALL), "n_clicks"),
        State(ids.field(ALL, ALL, ALL), "value"),
        State(ids.field(ALL, ALL, ALL), "id"),
        State(ids.CASE_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.CASE.roles,
    )
    def send(
        clicks: list[int | None],
        values: list[str | None],
        fields: list[dict[str, str]],
        drawn: Drawn | None,
        search: str | None,
    ) -> Any:
        if not any(clicks) or drawn is None or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update  # the buttons of a page that was just drawn
        session, name, seq = Session.of(search), str(ctx.triggered_id["act"]), str(ctx.triggered_id["number"])
        if name not in ACTS:
            refuse()
        own = {
            field["field"]: value
            for field, value in zip(fields, values, strict=False)
            if (field["act"], field["number"]) == (name, seq) and value
        }
        try:
            with service.release(session.scope) as release:
                work = release.casework(session.scope)
                meant = {**own, "seq": seq, OWN: "1"} if name == "undo" else {"why": heading_of(name), **own}
                work.do(drawn.firm_id, CaseForm(name, meant, drawn.request, drawn.versions))
                record_access("edited", f"case:{drawn.firm_id}", {"act": name})
                body = case_body(work, session, drawn.firm_id)
        except BadInput as error:
            return not_kept(error, session.lang), no_update
        return html.P(word("saved", session.lang), className="kept"), body


def _add_contested(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.CASE_NOTICE, "children", allow_duplicate=True),
        Output(ids.CASE_BODY, "children", allow_duplicate=True),
        Input(ids.CASE_CHANGED, "n_clicks"),
        State(ids.CASE_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.CASE.roles,
    )
    def contested(clicks: int | None, drawn: Drawn | None, search: str | None) -> Any:
        if not clicks or drawn is None:
            return no_update, no_update
        session = Session.of(search)
        with service.release(session.scope) as release:
            body = case_body(release.casework(session.scope), session, drawn.firm_id)
        return html.P(word("contest_listed", session.lang), className="kept"), body
