"""The route of downloads: who may export which list, by the address of its page; each file is written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import flask

from dash_app.downloads.content import Written, as_csv, as_xlsx
from dash_app.downloads.listed import NO_FILTERS, ListFile, NotShown, described, text
from dash_app.downloads.origin import Origin, ReleaseOrigin
from dash_app.downloads.registry import LISTS
from dash_app.server.recording import record_access
from dash_app.session import Session
from service.errors import BadInput, NoRelease, ReleaseUnreadable

ENDPOINT = "download"
RULE = "/download/<listed>.<suffix>"
Writer = Callable[[ListFile, str, Any, Session, Origin], Written]
FORMATS: Mapping[str, tuple[Writer, str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
BAD_REQUEST, FORBIDDEN, UNAVAILABLE = 400, 403, 503


@dataclass(frozen=True)
class Offer:
    """The lists of a site, and what their files are made from."""

    lists: Mapping[str, ListFile]
    origin: Callable[[Any], Origin]


OF_RELEASE = Offer(LISTS, ReleaseOrigin)


def add_downloads(server: flask.Flask, service: Any, offer: Offer = OF_RELEASE) -> None:
    """Add the route to a server; ``service`` opens for a scope what the lists ask."""

    def download(listed: str, suffix: str) -> flask.Response:
        session = Session.of(flask.request.query_string.decode("utf-8", "replace"))
        known = offer.lists.get(listed)
        if known is None or suffix not in FORMATS:
            return refused(HTTPStatus.NOT_FOUND, "no_list", name=f"{listed}.{suffix}")
        if session.scope.role not in known.roles or not session.scope.may("export"):
            record_access("denied", flask.request.path)
            return refused(FORBIDDEN, "forbidden")
        try:
            with service.release(session.scope) as asked:
                return _sent(known, listed, suffix, asked, session, offer.origin(asked))
        except NotShown as refusal:
            record_access("denied", flask.request.path)
            return _plain(FORBIDDEN, refusal.zh, refusal.en)
        except BadInput as refusal:
            return _plain(BAD_REQUEST, refusal.zh, refusal.en)
        except (NoRelease, ReleaseUnreadable):
            return refused(UNAVAILABLE, "nothing")

    server.add_url_rule(RULE, ENDPOINT, download, methods=["GET"], provide_automatic_options=False)


def _sent(listed: ListFile, name: str, suffix: str, asked: Any, session: Session, origin: Origin) -> flask.Response:
    write, mimetype = FORMATS[suffix]
    written = write(listed, name, asked, session, origin)
    filters = {key: value for key, value in session.address.items() if key not in NO_FILTERS}
    record = {"format": suffix, **origin.recorded(), "filters": filters, "rows": written.rows}
    record_access("exported", f"list:{name}", {**record, "sha256": written.sha256})
    title = getattr(described(listed.page)[name].title, session.lang)
    response = flask.send_file(written.file, mimetype)
    response.headers["Content-Disposition"] = disposition(name, title, origin.day, origin.run_id, suffix)
    response.headers["X-Tidu-Run"] = origin.run_id
    response.headers["X-Tidu-Rows"] = str(written.rows)
    return response


def disposition(name: str, title: str, day: date, run_id: str, suffix: str) -> str:
    """The name of the file: in ASCII, and as it is in the language of the page."""
    last = f"{day.isoformat()}-{run_id}.{suffix}"
    return f"attachment; filename=\"{name}-{last}\"; filename*=UTF-8''{quote(f'{title}-{last}', safe='')}"


def refused(status: int, key: str, **values: Any) -> flask.Response:
    """A refusal in both languages."""
    return _plain(status, text(key, "zh").format(**values), text(key, "en").format(**values))


def _plain(status: int, zh: str, en: str) -> flask.Response:
    return flask.Response(f"{zh}\n{en}\n", status, mimetype="text/plain")
