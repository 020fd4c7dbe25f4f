"""The callbacks of cultivation: what is saved is drawn anew, what is refused stays as it was typed."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from pydantic import BaseModel, Field

from dash_app import ids, routing
from dash_app.components.drawn_form import VersionedForm
from dash_app.components.refusals import not_kept
from dash_app.pages.cultivation.acts import Sent, done
from dash_app.pages.cultivation.cases import CONTEST
from dash_app.pages.cultivation.layout import work_body
from dash_app.pages.cultivation.step_form import PAPER, step_form
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.errors import BadInput
from service.reader import Service


class Step(BaseModel):
    """Which firm is to take which step, and the version of its membership on the screen."""

    firm: str = Field(max_length=100)
    step: str = Field(max_length=100)
    version: int
    request: str = Field(min_length=8, max_length=64)


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_open_step(app, service)
    _add_send(app, service)


def _add_open_step(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.WORK_STEP_FORM, "opened"),
        Output(ids.WORK_STEP_FIELDS, "children"),
        Input(ids.pool_step(ALL, ALL), "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.CULTIVATION.roles,
    )
    def open_step(clicks: list[int | None], search: str | None) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update  # the buttons of a page that was just drawn
        session = Session.of(search)
        firm, step = str(ctx.triggered_id["firm"]), str(ctx.triggered_id["step"])
        with service.release(session.scope) as release:
            fields = step_form(release.casework(session.scope), session, firm, step, token_hex(8))
        return fields is not None, fields


def _add_send(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.WORK_NOTICE, "children"),
        Output(ids.WORK_BODY, "children"),
        Output(ids.WORK_STEP_FORM, "opened", allow_duplicate=True),
        Output(ids.work_refused(ALL), "children"),
        Input(ids.work(ALL, ALL), "n_clicks"),
        State(ids.work_field(ALL, ALL, ALL), "value"),
        State(ids.work_field(ALL, ALL, ALL), "id"),
        State(ids.work_ticked(ALL), "value"),
        State(ids.WORK_DRAWN, "data"),
        State(ids.work_step(ALL), "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.CULTIVATION.roles,
    )
    def send(
        clicks: list[int | None],
        values: list[str | None],
        named: list[dict[str, str]],
        ticked: list[list[str]],
        drawn: VersionedForm | None,
        steps: list[Step],
        search: str | None,
    ) -> Any:
        refusals = len(ctx.outputs_list[3])
        if not any(clicks) or drawn is None or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update, no_update, [no_update] * refusals
        session, act, number = Session.of(search), str(ctx.triggered_id["act"]), str(ctx.triggered_id["number"])
        fields = _own(act, number, values, named)
        step = steps[0] if act == "step" and steps else None
        try:
            with service.release(session.scope) as release:
                work = release.casework(session.scope)
                taken = step.model_dump() if step else None
                chosen = ticked[0] if ticked else []
                request, version = f"{drawn.request}:{number}", drawn.versions.get(number)
                papers = _papers(values, named) if step else {}
                notice = done(work, session, Sent(act, number, fields, request, version, chosen, taken, papers))
                record_access("edited", f"cultivation:{number or act}", {"act": act})
                body = work_body(work, session)
        except BadInput as error:
            refused = not_kept(error, session.lang)
            if step is None:
                return refused, no_update, no_update, [no_update] * refusals
            return no_update, no_update, no_update, [refused] * refusals
        return notice, body, False, [None] * refusals


def _papers(values: list[str | None], named: list[dict[str, str]]) -> Mapping[str, str]:
    """What is written of each paper of a step, by the paper."""
    written = zip(named, values, strict=False)
    return {field["number"]: value for field, value in written if field["field"] == PAPER and value}


def _own(act: str, number: str, values: list[str | None], named: list[dict[str, str]]) -> Mapping[str, str]:
    """The fields of the form of an act; of a contest, which has a number, both buttons send the same."""
    form = (CONTEST, number) if number else (act, "")
    return {
        field["field"]: value
        for field, value in zip(named, values, strict=False)
        if (field["act"], field["number"]) == form and value
    }
