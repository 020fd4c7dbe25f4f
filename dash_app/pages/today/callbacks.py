"""The callbacks of today: open the form of a contact, save it, and mark what is new as seen."""

from secrets import token_hex
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from pydantic import BaseModel, Field

from dash_app import ids, routing
from dash_app.components.drawn_form import DrawnForm
from dash_app.components.refusals import not_kept
from dash_app.pages.today.layout import today_body
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.casework import CaseForm
from service.errors import BadInput
from service.reader import Service

word = words_of("today")


class Contact(BaseModel):
    """Which firm the form is about, and what for."""

    firm: str = Field(max_length=100)
    about: str = Field(max_length=400)


def register(app: Dash, service: Service) -> None:
    """Add the callbacks to the app."""
    _add_open_form(app, service)
    _add_save(app, service)
    _add_mark_as_seen(app, service)


def _add_open_form(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.TODAY_FORM, "opened"),
        Output(ids.TODAY_ABOUT, "children"),
        Output(ids.TODAY_CONTACT, "data"),
        Output(ids.TODAY_DRAWN, "data"),
        Output(ids.TODAY_OUTCOME, "value"),
        Output(ids.TODAY_NEXT, "value"),
        Output(ids.TODAY_NOTE, "value"),
        Output(ids.TODAY_REFUSED, "children"),
        Input(ids.contact(ALL, ALL, ALL), "n_clicks"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.AT_WORK,
    )
    def open_form(clicks: list[int | None], search: str | None) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return (no_update,) * 8  # the buttons of a page that was just drawn
        session = Session.of(search)
        contact = Contact(firm=str(ctx.triggered_id["firm"]), about=str(ctx.triggered_id["about"]))
        about = f"{_name_of(service, session, contact.firm)} · {contact.about}"
        return True, about, contact.model_dump(), {"request": token_hex(8)}, None, "", "", None


def _add_save(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.TODAY_FORM, "opened", allow_duplicate=True),
        Output(ids.TODAY_REFUSED, "children", allow_duplicate=True),
        Output(ids.TODAY_NOTICE, "children", allow_duplicate=True),
        Output(ids.TODAY_BODY, "children", allow_duplicate=True),
        Input(ids.TODAY_SAVE, "n_clicks"),
        State(ids.TODAY_OUTCOME, "value"),
        State(ids.TODAY_NEXT, "value"),
        State(ids.TODAY_NOTE, "value"),
        State(ids.TODAY_CONTACT, "data"),
        State(ids.TODAY_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.AT_WORK,
    )
    def save(
        clicks: int | None,
        outcome: str | None,
        next_on: str | None,
        note: str | None,
        contact: Contact | None,
        drawn: DrawnForm | None,
        search: str | None,
    ) -> Any:
        if not clicks or contact is None or drawn is None:
            return (no_update,) * 4
        session = Session.of(search)
        fields = {"outcome": outcome or "", "next_on": next_on or "", "note": note or "", "about": contact.about}
        try:
            with service.release(session.scope) as release:
                work = release.casework(session.scope)
                work.do(contact.firm, CaseForm("contact", {**fields, "why": contact.about}, drawn.request))
                record_access("edited", f"case:{contact.firm}", {"act": "contact"})
                body = today_body(release, session)
        except BadInput as error:
            return no_update, not_kept(error, session.lang), no_update, no_update
        return False, None, html.P(word("saved", session.lang), className="kept"), body


def _add_mark_as_seen(app: Dash, service: Service) -> None:
    @app.callback(
        Output(ids.TODAY_NOTICE, "children"),
        Output(ids.TODAY_BODY, "children"),
        Input(ids.TODAY_SEEN, "n_clicks"),
        State(ids.TODAY_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.AT_WORK,
    )
    def mark_as_seen(clicks: int | None, drawn: DrawnForm | None, search: str | None) -> Any:
        if not clicks or drawn is None:
            return no_update, no_update
        session = Session.of(search)
        with service.release(session.scope) as release:
            release.casework(session.scope).mark_seen(f"{drawn.request}:{clicks}")
            body = today_body(release, session)
        return html.P(word("saved", session.lang), className="kept"), body


def _name_of(service: Service, session: Session, firm: str) -> str:
    """The name of a firm; its code where it left the scope since the page was drawn."""
    try:
        with service.release(session.scope) as release:
            return str(release.casework(session.scope).firm_named(firm)["name"])
    except BadInput:
        return firm
