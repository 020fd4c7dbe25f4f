"""The callback of the movers: a view is saved, shared or removed. Filters are links, and the search is an address."""

from dataclasses import replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dash_app import ids, routing
from dash_app.components.drawn_form import VersionedForm
from dash_app.pages.movers import state as movers
from dash_app.pages.movers.views import views
from dash_app.server.recording import record_access
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.decisions.views import SavedViews
from service.errors import BadInput
from service.queries.movers.mover_filters import Filters
from service.reader import Service

word = words_of("movers")


def register(app: Dash, service: Service) -> None:
    """Add the callback to the app."""

    @app.callback(
        Output(ids.VIEWS_NOTICE, "children"),
        Output(ids.VIEWS, "children"),
        Input(ids.view_act(ALL, ALL), "n_clicks"),
        State(ids.VIEW_NAME, "value"),
        State(ids.VIEWS_DRAWN, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
        roles=routing.AT_WORK,
    )
    def change(clicks: list[int | None], name: str | None, drawn: VersionedForm | None, search: str | None) -> Any:
        if not any(clicks) or drawn is None or not isinstance(ctx.triggered_id, dict):
            return no_update, no_update  # the buttons of a page that was just drawn
        session, act, number = Session.of(search), ctx.triggered_id["act"], ctx.triggered_id["view"]
        with service.release(session.scope) as release:
            saved, own = release.saved_views(session.scope), release.mover_list("firms").count(_own(session))
            state = movers.State.of(session.address).opened(own, session)
            try:
                _do(saved, act, number, name or "", drawn, state)
            except BadInput as error:
                return _not_kept(error, session.lang), no_update
            record_access("edited", f"view:{number or name}", {"act": act})
            kept = html.P(word("saved", session.lang), className="kept", role="status")
            return kept, views(saved, own, state, session, is_open=True)


def _not_kept(error: BadInput, lang: Lang) -> html.P:
    return html.P(error.zh if lang == "zh" else error.en, className="not-kept", role="alert")


def _own(session: Session) -> Filters:
    return Filters(owner=session.scope.who)


def _do(saved: SavedViews, act: str, number: str, name: str, drawn: VersionedForm, state: movers.State) -> None:
    request, version = f"{drawn.request}:{act}:{number}", drawn.versions.get(number, 0)
    if act == "save":
        kept = replace(state, page=1, is_printed=False).parameters
        saved.save(name, movers.address_of(kept), f"{request}:{name}")
    elif act == "remove_view":
        saved.remove(number, version, request)
    else:
        saved.share(number, act == "share", version, request)
