"""The dashboard: one Dash application over what is published, for this machine only."""

from typing import Any

import dash
import dash_mantine_components as dmc
import flask
from dash import MATCH, Dash, Input, Output, State, dcc, html, no_update

from dash_app import frame
from dash_app.pages import firm, movers
from dash_app.pages.evidence import fold, proof
from dash_app.words import lang_of
from service.queries.movers import Filters, count, page
from warehouse.errors import NoRelease
from warehouse.home import Home
from warehouse.release.releases import Published

FIRM = "/firm/"
MAX_BODY = 1024 * 1024
"""Bytes of one request; what the pages send is a few filters and the order of a grid."""
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Page(Dash):
    """Dash, with the language of the address in the document."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The document with its language stated, so that browsers and readers choose the right voice and font."""
        lang = "en" if flask.request.args.get("lang") == "en" else "zh-CN"
        document: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]
        return document.replace("<html>", f'<html lang="{lang}">', 1)


def create_app(home: Home) -> Dash:
    """The application over one home; it answers nobody but this machine."""
    server = flask.Flask(__name__)
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app = Page(
        __name__,
        server=server,  # type: ignore[arg-type]
        use_async=False,
        compress=True,
        title="Tidu 梯度",
        update_title="",
        suppress_callback_exceptions=True,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    published = Published(home)
    app.layout = dmc.MantineProvider(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="order", storage_type="session"),  # outlives the grid, which is drawn anew for each address
            html.Div(id="page"),
        ],
        theme=frame.THEME,
    )
    _guard(server, app)
    _show_pages(app, published)
    _follow_controls(app, published)
    return app


def _guard(server: flask.Flask, app: Dash) -> None:
    """Default deny by host, and headers that keep the page to itself."""

    @server.before_request
    def only_here() -> tuple[str, int] | None:
        """A page elsewhere must not reach us through a name that leads to this machine (DNS rebinding)."""
        host = flask.request.host.rsplit(":", 1)[0] if ":" in flask.request.host else flask.request.host
        return None if host in LOCAL else ("this machine only", 403)

    @server.after_request
    def headers(response: flask.Response) -> flask.Response:
        scripts = " ".join(f"'{one}'" if not one.startswith("'") else one for one in app.csp_hashes())
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline';"
            " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
            " object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if not flask.request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"
        return response


def _show_pages(app: Dash, published: Published) -> None:
    """The page an address means, and what a fold on it holds once it is opened."""

    @app.callback(Output("page", "children"), Input("url", "pathname"), Input("url", "search"), State("order", "data"))
    def show(path: str | None, search: str | None, order: list[dict[str, str]] | None) -> Any:
        address = frame.parsed(search)
        lang = lang_of(address.get("lang"))
        try:
            if path and path.startswith(FIRM):
                return firm.layout(published, path.removeprefix(FIRM), lang, address)
            return movers.layout(published, Filters.of(address), lang, order or [])
        except NoRelease:
            return frame.nothing_published(lang)

    @app.callback(
        Output(proof(MATCH), "children"),
        Input(fold(MATCH), "n_clicks"),
        State(proof(MATCH), "children"),
        State("url", "pathname"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def opened(_: int | None, shown: Any, path: str, search: str | None) -> Any:
        if shown is not None:
            return no_update
        edition = dash.ctx.outputs_list["id"]["edition"]
        lang = lang_of(frame.parsed(search).get("lang"))
        return firm.proof_of(published, path.removeprefix(FIRM), edition, lang)


def _follow_controls(app: Dash, published: Published) -> None:
    """The rows the grid asks for, and the address the controls mean."""

    @app.callback(
        Output("grid", "getRowsResponse"),
        Output("order", "data"),
        Input("grid", "getRowsRequest"),
        State("url", "search"),
    )
    def rows(request: dict[str, Any] | None, search: str | None) -> Any:
        if not request:
            return no_update, no_update
        address = frame.parsed(search)
        filters, lang = Filters.of(address), lang_of(address.get("lang"))
        order = request.get("sortModel") or []
        found = page(published, filters, int(request["startRow"]), int(request["endRow"]), order)
        answer = {"rowData": [movers.row_of(one, lang) for one in found], "rowCount": count(published, filters)}
        return answer, order

    @app.callback(
        Output("url", "search"),
        Input("q", "value"),
        Input("held", "value"),
        Input("incubator", "value"),
        Input("gap", "checked"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def address_of(q: str | None, held: str | None, incubator: str | None, gap: bool | None, search: str | None) -> Any:
        if dash.ctx.triggered_id is None:
            return no_update
        address = frame.parsed(search)
        before = Filters.of(address)
        after = before.with_(q=q or "", held=held or "", incubator=incubator or "", gap="1" if gap else "")
        return no_update if after == before else after.address(lang_of(address.get("lang")))
