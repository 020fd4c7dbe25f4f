"""The callbacks of what-if: the address that the form means, and the draft as a file."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, no_update

from dash_app import ids, routing
from dash_app.pages.what_if.state import VALUE, trial_of
from dash_app.server.callbacks import refuse
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.errors import BadInput
from service.queries.rules.zone_trials import Trial
from service.reader import Service


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_choose(app, service)
    _add_try_out(app)
    _add_export(app, service)


def _add_choose(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.TRIAL_EDITION, "value"),
        Input(ids.TRIAL_OTHER, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.WHAT_IF.roles,
    )
    def choose(edition: str | None, other: str | None, search: str | None) -> Any:
        session = Session.of(search)
        drawn = _drawn(service, session)
        if drawn is None or (edition, other or "") == (drawn.first, drawn.second):
            return no_update
        kept = {"other": other or ""} if edition == drawn.first else {}
        return _address(session, edition or drawn.first, kept)


def _add_try_out(app: Dash) -> None:
    @app.callback(
        Output(ids.URL, "search", allow_duplicate=True),
        Input(ids.TRIAL_RUN, "n_clicks"),
        State(ids.threshold(ALL), "value"),
        State(ids.threshold(ALL), "id"),
        State(ids.TRIAL_EDITION, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.WHAT_IF.roles,
    )
    def try_out(
        clicks: int | None,
        values: list[str | None],
        fields: list[dict[str, str]],
        edition: str | None,
        search: str | None,
    ) -> Any:
        if not clicks or not edition:
            return no_update
        return _address(Session.of(search), edition, _typed(values, fields))


def _add_export(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.TRIAL_FILE, "data"),
        Input(ids.TRIAL_EXPORT, "n_clicks"),
        State(ids.threshold(ALL), "value"),
        State(ids.threshold(ALL), "id"),
        State(ids.TRIAL_EDITION, "value"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.WHAT_IF.roles,
    )
    def export(
        clicks: int | None,
        values: list[str | None],
        fields: list[dict[str, str]],
        edition: str | None,
        search: str | None,
    ) -> Any:
        if not clicks or not edition:
            return no_update
        address = _address(Session.of(search), edition, _typed(values, fields))
        text = _draft(service, Session.of(address))
        if text is None:
            return no_update  # the trial reports what is wrong with a field
        record_access("exported", f"draft:{edition}")
        return {"content": text, "filename": f"{edition.replace('/', '_')}_draft.yml", "type": "text/yaml"}


def _drawn(service: Service, session: Session) -> Trial | None:
    """The trial that the form was drawn for; None where its address means none, as the page then shows."""
    try:
        with service.release(session.scope) as release:
            return trial_of(release, session)
    except BadInput:
        return None


def _draft(service: Service, session: Session) -> str | None:
    """The draft of an address as a file, for who may export; None where a threshold of it cannot be tried out."""
    if not session.scope.may("export"):
        refuse()
    try:
        with service.release(session.scope) as release:
            return release.trials().draft(trial_of(release, session))
    except BadInput:
        return None


def _typed(values: list[str | None], fields: list[dict[str, str]]) -> dict[str, str]:
    """The thresholds that were typed, as parameters of the address."""
    pairs = zip(fields, values, strict=False)
    return {VALUE + field["condition"]: value.strip() for field, value in pairs if value and value.strip()}


def _address(session: Session, edition: str, parameters: dict[str, str]) -> str:
    kept = {name: value for name, value in parameters.items() if value}
    return f"?{session.query({'edition': edition, **kept})}"
