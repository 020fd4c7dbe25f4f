"""The callback of the form that sets a target; each target, bar and number is an address of its own."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dash_app import ids, routing
from dash_app.components.drawn_form import VersionedForm
from dash_app.components.refusals import not_kept
from dash_app.pages.targets.figures import PATH
from dash_app.pages.targets.layout import targets_body
from dash_app.pages.targets.state import BRIDGE, MONITORING
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import TargetForm
from service.decisions.targets import WrongFields
from service.errors import BadInput
from service.reader import Service

word = words_of("targets")


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.TARGETS_NOTICE, "children"),
        Output(ids.TARGETS_BODY, "children"),
        Output(ids.target_field(ALL), "error"),
        Input(ids.TARGET_SET, "n_clicks"),
        State(ids.target_field(ALL), "value"),
        State(ids.target_field(ALL), "id"),
        State(ids.TARGET_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.TARGETS.roles,
    )
    def set_target(
        clicks: int | None,
        values: list[str | None],
        fields: list[dict[str, str]],
        drawn: VersionedForm | None,
        search: str | None,
    ) -> Any:
        names = [field["field"] for field in fields]
        if not clicks or drawn is None:
            return no_update, no_update, [no_update] * len(names)
        session = Session.of(search)
        typed = {name: value or "" for name, value in zip(names, values, strict=True)}
        try:
            with service.release(session.scope) as release:
                event = release.target_work(session.scope).set(TargetForm(typed, drawn.request, drawn.versions))
            record_access("edited", "target", {"event": event.seq})
        except WrongFields as error:
            faults = {name: getattr(words, session.lang) for name, words in error.faults.items()}
            return not_kept(error, session.lang), no_update, [faults.get(name, "") for name in names]
        except BadInput as error:
            return not_kept(error, session.lang), no_update, [""] * len(names)
        with service.release(session.scope) as release:
            body = targets_body(release, session)
        at = {
            "view": MONITORING if event.content["unit"] == "%" else BRIDGE,
            "measure": event.content["measure"],
            "year": str(event.content["year"]),
        }
        link = dcc.Link(word("open_it", session.lang), href=session.href(PATH, at))
        return html.P([word("saved", session.lang), " · ", link], className="kept"), body, [no_update] * len(names)
