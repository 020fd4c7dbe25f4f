"""The callbacks of data: a form decides, boxes are ticked together, what would change is worked out."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from pydantic import Field

from dash_app import ids, routing
from dash_app.components.drawn_form import DrawnForm
from dash_app.components.refusals import not_kept
from dash_app.pages.data.consequence import consequence
from dash_app.pages.data.layout import data_body
from dash_app.pages.data.notice import kept
from dash_app.server.callbacks import refuse
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.casework import DATA_ACTS, DataForm
from service.errors import BadInput
from service.reader import Service


class Drawn(DrawnForm):
    """What the form was drawn with."""

    seen: int = Field(ge=0)
    subjects: list[str] = Field(max_length=500)
    is_single: bool


Ids = list[dict[str, str | int]]


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_decisions(app, service)
    _add_consequence(app, service)
    _add_boxes(app)


def _add_decisions(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.DATA_NOTICE, "children"),
        Output(ids.DATA_BODY, "children"),
        Input(ids.data_button(ALL), "n_clicks"),
        State(ids.data_field(ALL), "value"),
        State(ids.data_field(ALL), "id"),
        State(ids.data_pick(ALL), "checked"),
        State(ids.data_pick(ALL), "id"),
        State(ids.data_choice(ALL), "value"),
        State(ids.data_choice(ALL), "id"),
        State(ids.DATA_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.DATA.roles,
    )
    def decide(
        clicks: list[int | None],
        values: list[str | None],
        fields: Ids,
        ticks: list[bool | None],
        boxes: Ids,
        choices: list[str | None],
        selects: Ids,
        drawn: Drawn | None,
        search: str | None,
    ) -> Any:
        if not any(clicks) or drawn is None or ctx.triggered_id != ids.data_button("decide"):
            return no_update, no_update  # the buttons of a part that was just drawn, or another one
        session = Session.of(search)
        typed = {str(field["field"]): value or "" for field, value in zip(fields, values, strict=True)}
        answers = [*zip(boxes, ticks, strict=True), *zip(selects, choices, strict=True)]
        chosen = {drawn.subjects[0]: ""} if drawn.is_single else _chosen(drawn.subjects, answers)
        act = typed.get("act", "")
        if act not in DATA_ACTS:
            refuse()
        sent = DataForm(
            act,
            chosen,
            typed.get("why", ""),
            drawn.request,
            drawn.seen,
            typed.get("column", ""),
            typed.get("value", ""),
        )
        try:
            with service.release(session.scope) as release:
                release.data_work(session.scope).do(sent)
            record_access("edited", "data", {"act": act, "rows": len(chosen)})
        except BadInput as error:
            return not_kept(error, session.lang, "data_kind"), no_update
        with service.release(session.scope) as release:  # a decision may have published another
            return kept(act, len(chosen), session.lang), data_body(release, session)


def _chosen(subjects: Sequence[str], answers: Any) -> dict[str, str]:
    """The subjects by their number on the page, each with what was chosen; those without an answer are left out."""
    numbered = {box["n"]: answer for box, answer in answers if answer and isinstance(box["n"], int)}
    return {
        subjects[number]: "" if answer is True else str(answer)
        for number, answer in sorted(numbered.items())
        if 0 <= number < len(subjects)
    }


def _add_consequence(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.DATA_WORKED, "children"),
        Input(ids.DATA_WORK_OUT, "n_clicks"),
        State(ids.data_field(ALL), "value"),
        State(ids.data_field(ALL), "id"),
        State(ids.DATA_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.DATA.roles,
    )
    def work_out(
        clicks: int | None,
        values: list[str | None],
        fields: Ids,
        drawn: Drawn | None,
        search: str | None,
    ) -> Any:
        if not clicks or drawn is None or not drawn.is_single:
            return no_update
        session = Session.of(search)
        typed = {str(field["field"]): value or "" for field, value in zip(fields, values, strict=True)}
        changes = _correction(typed)
        try:
            with service.release(session.scope) as release:
                worked = release.data_work(session.scope).consequence(drawn.subjects[0], changes)
        except BadInput as error:
            return not_kept(error, session.lang, "data_kind")
        return consequence(worked, session.lang)


def _correction(typed: Mapping[str, str]) -> dict[str, str]:
    """The cell and value of a correction that is being typed."""
    is_correction = typed.get("act") == "correct" and typed.get("column")
    return {typed["column"]: typed.get("value", "")} if is_correction else {}


def _add_boxes(app: Dash) -> None:
    @app.callback(
        Output(ids.data_pick(ALL), "checked"),
        Output(ids.data_pick("all"), "indeterminate"),
        Input(ids.data_pick("all"), "checked"),
        State(ids.data_pick(ALL), "id"),
        prevent_initial_call=True,
        roles=routing.DATA.roles,
    )
    def tick_every(checked: bool | None, boxes: Ids) -> Any:
        return [no_update if box["n"] == "all" else bool(checked) for box in boxes], False
