"""The callbacks of the firm's page: what is below the first screen, folds when they are opened, trials of figures."""

from typing import Any

from dash import ALL, MATCH, Dash, Input, Output, State, ctx, html, no_update

from dash_app import ids, routing
from dash_app.pages.firm.folds import opened_in
from dash_app.pages.firm.layout import below
from dash_app.pages.firm.parts import Opening, part
from dash_app.pages.firm.what_if import result
from dash_app.session import Session
from service.errors import BadInput
from service.queries.firm.edition_groups import aimed_at
from service.reader import ReleaseQueries, Service

Number = str | int | float | None


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_proof(app, service)
    _add_rest(app, service)
    _add_tried(app, service)


def _add_proof(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.proof(MATCH), "children"),
        Input(ids.fold(MATCH), "n_clicks"),
        State(ids.proof(MATCH), "children"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.FIRM.roles,
    )
    def proof(_: int | None, shown: object, path: str, search: str | None) -> Any:
        if shown is not None:
            return no_update
        session = Session.of(search)
        with service.release(session.scope) as release:
            at = _opening(release, session, path)
            return part(ctx.outputs_list["id"]["edition"], at) if at else None


def _add_rest(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.FIRM_BELOW, "children"),
        Input(ids.FIRM_BELOW, "id"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        roles=routing.FIRM.roles,
    )
    def rest(_: str, path: str, search: str | None) -> Any:
        session = Session.of(search)
        with service.release(session.scope) as release:
            at = _opening(release, session, path)
            return below(at) if at else None


def _add_tried(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.FIRM_TRIED, "children"),
        Output(ids.slider(ALL), "value"),
        Output(ids.number(ALL), "value"),
        Input(ids.slider(ALL), "value"),
        Input(ids.number(ALL), "value"),
        State(ids.slider(ALL), "id"),
        State(ids.number(ALL), "id"),
        State(ids.URL, "pathname"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.FIRM.roles,
    )
    def tried(
        slid: list[Number],
        typed: list[Number],
        sliders: list[dict[str, str]],
        numbers: list[dict[str, str]],
        path: str,
        search: str | None,
    ) -> Any:
        session = Session.of(search)
        by_slider = {own["fact"]: value for own, value in zip(sliders, slid, strict=True)}
        by_number = {own["fact"]: value for own, value in zip(numbers, typed, strict=True)}
        is_slid = isinstance(ctx.triggered_id, dict) and ctx.triggered_id.get("part") == "slider"
        values = by_number | by_slider if is_slid else by_number
        with service.release(session.scope) as release:
            at = _opening(release, session, path)
            if at is None or aimed_at(at.file) is None:
                return no_update, no_update, no_update
            try:
                changes = {fact: "" if value is None else str(value) for fact, value in values.items()}
                answer = result(at.study.try_out(at.aim["designation"], changes), at.aim[at.lang], at.lang)
            except BadInput as error:
                answer = [html.P(error.zh if at.lang == "zh" else error.en, className="not-kept", role="alert")]
        moved = [values[own["fact"]] if isinstance(values[own["fact"]], int | float) else 0 for own in sliders]
        return answer, moved, [values[own["fact"]] for own in numbers]


def _opening(release: ReleaseQueries, session: Session, path: str) -> Opening | None:
    """The firm of an address; None where it is none of the scope."""
    parameters = routing.FIRM.parameters(path)
    if parameters is None:
        return None
    file = release.firm(parameters["firm_id"])
    study = release.casework(session.scope).study(parameters["firm_id"])
    return Opening(file, study, session, opened_in(session)) if file and study else None
