"""What the server refuses: other hosts, unknown addresses, large or malformed requests; and headers of every answer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import flask
from dash import Dash
from dash.exceptions import DashException
from flask.typing import ResponseReturnValue

from dash_app import routing
from dash_app.routing import CALLBACKS, FILES
from dash_app.server.callbacks import check
from dash_app.server.limits import MAX_BODY, largest_body
from dash_app.server.log import bound_log_lines
from dash_app.session import role_of_request

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
READING = ("GET", "HEAD", "OPTIONS")
OWN_FILES = ("/assets/", "/_favicon.ico")
VERSIONED = "private, max-age=86400"
"""Of a file whose address states its version; a day, since files of two images may have the same time of change."""

HEADERS = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
QUOTE = "'"
Gate = Callable[[], ResponseReturnValue | None]
"""Answers a request that is not let in, and returns None for one that is."""


@dataclass(frozen=True)
class Guarded:
    """What a server answers: requests to which hosts, whom its gate lets in, and where else its forms lead."""

    gate: Gate
    host: str | None = None
    form_targets: tuple[str, ...] = ()


def guard(server: flask.Flask, app: Dash, guarded: Guarded) -> None:
    """Deny by default, and add the headers that keep the pages to themselves."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    bound_log_lines(server.logger)
    _deny(server, app, guarded)
    _add_headers(server, app, guarded)


def _deny(server: flask.Flask, app: Dash, guarded: Guarded) -> None:
    @server.before_request
    def deny() -> ResponseReturnValue | None:
        request = flask.request
        request.max_content_length = largest_body(request.method, request.path)
        refusal = _foreign(request, guarded.host) or guarded.gate()
        if refusal is not None:
            return refusal
        if request.path == CALLBACKS and request.method == "POST":
            check(app, role_of_request())
        if routing.admits(request.endpoint, request.path, request.method, role_of_request()):
            return None
        return app.index(), 404  # type: ignore[no-untyped-call]

    @server.errorhandler(DashException)
    def unknown_file(error: DashException) -> tuple[str, int]:
        """Dash raises for a package it does not serve; elsewhere its exceptions are faults of the pages."""
        if flask.request.path.startswith(FILES):
            return "没有这个文件 There is no such file", 404
        raise error


def _add_headers(server: flask.Flask, app: Dash, guarded: Guarded) -> None:
    @server.after_request
    def add_headers(response: flask.Response) -> flask.Response:
        response.headers.update(HEADERS)
        # Asked for every answer: Dash adds scripts after the app is made.
        response.headers["Content-Security-Policy"] = _policy(app.csp_hashes(), guarded.form_targets)
        if kept := _kept(response):
            response.headers["Cache-Control"] = kept
        return response


def _kept(response: flask.Response) -> str | None:
    """How long a browser keeps an answer; None as Dash states it.

    A compressed file has another ``ETag`` than the one that Flask compares, so it would be sent whole with every page.
    """
    path, version = flask.request.path, flask.request.args
    if response.status_code == HTTPStatus.OK and path.startswith(OWN_FILES) and ("m" in version or "v" in version):
        return VERSIONED
    return None if path.startswith(FILES) else "no-store"


def _policy(script_hashes: Iterable[str], form_targets: Iterable[str]) -> str:
    targets = " ".join(["'self'", *form_targets])
    scripts = " ".join(f"'{script.strip(QUOTE)}'" for script in script_hashes)
    return (
        f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:;"
        f" object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action {targets}"
    )


def _is_local(host: str) -> bool:
    """Whether a request names this machine; another name that leads here is a page elsewhere (DNS rebinding)."""
    name = host.rsplit(":", 1)[0] if ":" in host else host
    return name in LOCAL_HOSTS


def _foreign(request: flask.Request, host: str | None) -> ResponseReturnValue | None:
    """The answer to a request by another name of the server, or from the page of another site; None for the others."""
    if not (_is_local(request.host) or request.host == host):
        return "仅限本机 this machine only", 403
    if request.method not in READING and _is_from_elsewhere(request):
        return "仅限本站页面 pages of this site only", 403
    return None


def _is_from_elsewhere(request: flask.Request) -> bool:
    """Whether a page of another site sends a request: browsers name the origin of every request that writes."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
