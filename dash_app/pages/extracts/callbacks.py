"""The callback that logs a delivery: once for each form that was drawn."""

from typing import Annotated, Any

from dash import Dash, Input, Output, State, html, no_update
from pydantic import Field

from dash_app import ids, routing
from dash_app.components.drawn_form import DrawnForm
from dash_app.pages.extracts.layout import extracts_body
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.errors import BadInput
from service.reader import Service

word = words_of("extracts")
HASH_DIGITS = 12
Text = Annotated[str, Field(max_length=200)]


class Drawn(DrawnForm):
    """What the form was drawn with."""

    incubator: str = Field(max_length=500)


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.EXTRACTS_NOTICE, "children"),
        Output(ids.EXTRACTS_BODY, "children"),
        Input(ids.DELIVER, "n_clicks"),
        State(ids.DELIVER_TO, "value"),
        State(ids.DELIVER_WHY, "value"),
        State(ids.DELIVER_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.EXTRACTS.roles,
    )
    def deliver(
        clicks: int | None, recipient: Text | None, why: Text | None, drawn: Drawn | None, search: str | None
    ) -> Any:
        if not clicks or drawn is None:
            return no_update, no_update  # the button of a page that was just drawn
        session = Session.of(search, routing.EXTRACTS.path())
        lang = session.lang
        try:
            with service.extracts(session.scope) as extracts:
                event = extracts.deliver(
                    drawn.incubator, lang, recipient or "", why or "", service.now(), drawn.request
                )
            record_access("edited", f"delivery:{event.seq}", {"sha256": event.content["sha256"]})
            with service.release(session.scope) as release:
                body = extracts_body(release, session)
        except BadInput as error:
            worded = html.P(error.zh if lang == "zh" else error.en)
            return html.Div(
                [html.Strong(word("not_logged", lang)), worded], className="not-kept", role="alert"
            ), no_update
        text = word("logged", lang).format(number=event.seq, hash=event.content["sha256"][:HASH_DIGITS])
        return html.P(text, className="kept"), body
