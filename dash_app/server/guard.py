"""What the server refuses: other hosts, unknown addresses, large or malformed requests; and headers of every answer."""

from collections.abc import Iterable

import flask
from dash import Dash
from dash.exceptions import DashException

from dash_app import routing
from dash_app.server.callbacks import check
from dash_app.server.log import bound_log_lines
from dash_app.session import LOCAL_PERSON

MAX_BODY = 1024 * 1024
"""Bytes of a request; the pages send a few filters and the order of a grid."""
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
CALLBACKS = "/_dash-update-component"
FILES = ("/assets/", "/_dash-component-suites/")
DASH = (CALLBACKS, "/_dash-layout", "/_dash-dependencies", "/_favicon.ico")
"""The addresses of Dash that its pages ask for besides ``FILES``; the others it has are denied."""

HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
QUOTE = "'"


def guard(server: flask.Flask, app: Dash) -> None:
    """Deny by default, and add the headers that keep the pages to themselves."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    bound_log_lines(server.logger)
    _deny(server, app)
    _add_headers(server, app)


def _deny(server: flask.Flask, app: Dash) -> None:
    @server.before_request
    def deny() -> tuple[str, int] | None:
        path = flask.request.path
        if not _is_local(flask.request.host):
            return "仅限本机 this machine only", 403
        if path == CALLBACKS and flask.request.method == "POST":
            check(app)
        if path in DASH or path.startswith(FILES) or routing.find(path, LOCAL_PERSON):
            return None
        return app.index(), 404  # type: ignore[no-untyped-call]

    @server.errorhandler(DashException)
    def unknown_file(error: DashException) -> tuple[str, int]:
        """Dash raises for a package it does not serve; elsewhere its exceptions are faults of the pages."""
        if flask.request.path.startswith(FILES):
            return "没有这个文件 There is no such file", 404
        raise error


def _add_headers(server: flask.Flask, app: Dash) -> None:
    @server.after_request
    def add_headers(response: flask.Response) -> flask.Response:
        response.headers.update(HEADERS)
        # Asked for every answer: Dash adds scripts after the app is made.
        response.headers["Content-Security-Policy"] = _policy(app.csp_hashes())
        if not flask.request.path.startswith(FILES):
            response.headers["Cache-Control"] = "no-store"
        return response


def _policy(script_hashes: Iterable[str]) -> str:
    scripts = " ".join(f"'{script.strip(QUOTE)}'" for script in script_hashes)
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
        " object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'"
    )


def _is_local(host: str) -> bool:
    """Whether a request names this machine; another name that leads here is a page elsewhere (DNS rebinding)."""
    name = host.rsplit(":", 1)[0] if ":" in host else host
    return name in LOCAL_HOSTS
