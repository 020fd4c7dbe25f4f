"""The callback of the forms of the administration: the password is asked for first, secrets are shown once."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import flask
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update
from pydantic import Field

from dash_app import ids, routing
from dash_app.pages.admin.forms import ACTS
from dash_app.pages.admin.layout import admin_body
from dash_app.server.callbacks import refuse
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.sign_in import denied
from dash_app.sign_in.freshness import is_fresh
from dash_app.wording.loader import words_of
from service.administration import Administration
from service.errors import BadInput
from service.people.accounts import Link
from service.reader import Service
from service.wording.shown_moments import minute

word = words_of("admin")
Text = Annotated[str, Field(max_length=500)]
Fields = Mapping[str, str]
SECRET = "admin-secret"  # noqa: S105 - a class of CSS


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.ADMIN_NOTICE, "children"),
        Output(ids.ADMIN_BODY, "children"),
        Input(ids.office_act(ALL), "n_clicks"),
        State(ids.office_field(ALL, ALL), "value"),
        State(ids.office_field(ALL, ALL), "id"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.ADMIN.roles,
    )
    def act(
        clicks: list[int | None], values: list[Text | None], fields: list[dict[str, str]], search: str | None
    ) -> Any:
        if not any(clicks) or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update  # the buttons of a page that was just drawn
        session, name = Session.of(search, routing.ADMIN.path()), ctx.triggered_id["act"]
        if name not in ACTS:
            refuse()
        if not is_fresh(session.scope):
            flask.abort(denied.confirm_first())
        own = {
            part["field"]: value for part, value in zip(fields, values, strict=False) if part["act"] == name and value
        }
        try:
            administration = service.administration(session.scope)
            worded = _DO[name](administration, own, session)
            subject = own.get("account") or own.get("name") or own.get("token")
            record_access("edited", f"office:{name}", {"of": subject})
            body = admin_body(administration, session)
        except BadInput as error:
            line = html.P(error.zh if session.lang == "zh" else error.en)
            return html.Div(
                [html.Strong(word("not_done", session.lang)), line], className="not-kept", role="alert"
            ), no_update
        return worded, body


def _create(administration: Administration, typed: Fields, session: Session) -> Any:
    scope = typed.get("scope") or "zone"
    link = administration.create(typed.get("name", ""), typed.get("role", ""), scope, typed.get("why", ""))
    return _link(link, session)


def _renewed(administration: Administration, typed: Fields, session: Session) -> Any:
    return _link(administration.renew_link(typed.get("account", ""), typed.get("why", "")), session)


def _token(administration: Administration, typed: Fields, session: Session) -> Any:
    days = typed.get("days", "")
    number = int(days) if days.isascii() and days.isdigit() else 0
    secret, _ = administration.create_token(
        typed.get("name", ""), typed.get("scope") or "zone", number, typed.get("why", "")
    )
    return html.Div([html.P(word("token_once", session.lang)), html.Code(secret, className=SECRET)], className="kept")


def _link(link: Link, session: Session) -> Any:
    worded = word("link_once", session.lang).format(name=link.name, until=minute(link.until))
    path = _reset(link.secret, session)
    return html.Div([html.P(worded), html.Code(path, className=SECRET)], className="kept")


def _reset(secret: str, session: Session) -> str:
    """The address of the link as the person will open it, at the host that this page was asked at."""
    return f"{flask.request.host_url.rstrip('/')}{session.href(f'/reset/{secret}')}"


def _plain(do: Callable[[Administration, Fields], Any]) -> Callable[[Administration, Fields, Session], Any]:
    """An act whose only answer is that it was done."""

    def done(administration: Administration, typed: Fields, session: Session) -> Any:
        do(administration, typed)
        return html.P(word("done", session.lang), className="kept")

    return done


_DO: Mapping[str, Callable[[Administration, Fields, Session], Any]] = {
    "create": _create,
    "link": _renewed,
    "token_create": _token,
    "change": _plain(
        lambda administration, typed: administration.change(
            typed.get("account", ""), typed.get("role"), typed.get("scope"), typed.get("why", "")
        )
    ),
    "disable": _plain(
        lambda administration, typed: administration.set_active(typed.get("account", ""), False, typed.get("why", ""))
    ),
    "enable": _plain(
        lambda administration, typed: administration.set_active(typed.get("account", ""), True, typed.get("why", ""))
    ),
    "end_sessions": _plain(
        lambda administration, typed: administration.end_sessions(typed.get("account", ""), typed.get("why", ""))
    ),
    "token_revoke": _plain(
        lambda administration, typed: administration.revoke_token(typed.get("token", ""), typed.get("why", ""))
    ),
}
