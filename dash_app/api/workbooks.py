"""The workbook of an incubator, and the side file that explains its columns, as files."""

import io
from urllib.parse import quote

import flask

from dash_app.api import parameters as asked
from dash_app.api.answers import error
from dash_app.session import current_scope
from service.extracts.writing import Extract
from service.reader import Service

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUN, HASH = "X-Tidu-Run", "X-Tidu-SHA256"


def workbook(service: Service, incubator: str) -> flask.Response:
    """The workbook; 404 for an incubator that is not in the scope whole."""
    extract = _extract(service, incubator)
    return error(404) if extract is None else _sent(extract, extract.name, extract.workbook, WORKBOOK)


def columns(service: Service, incubator: str) -> flask.Response:
    """The side file of the same workbook."""
    extract = _extract(service, incubator)
    return error(404) if extract is None else _sent(extract, extract.side_name, extract.side, "application/json")


def exported(response: flask.Response) -> dict[str, str] | None:
    """What the list of accesses keeps of a file: its run and its hash."""
    kept = {"run": response.headers.get(RUN), "sha256": response.headers.get(HASH)}
    return {name: value for name, value in kept.items() if value} or None


def _extract(service: Service, incubator: str) -> Extract | None:
    sent = asked.checked(asked.OfWorkbook)
    with service.extracts(current_scope()) as extracts:
        if not extracts.has(incubator):
            return None
        if not sent.delivery:
            return extracts.extract(incubator, sent.lang)
        again = extracts.again(sent.delivery)
        return again if again.incubator == incubator else None


def _sent(extract: Extract, name: str, content: bytes, mimetype: str) -> flask.Response:
    response = flask.send_file(io.BytesIO(content), mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers[RUN], response.headers[HASH] = extract.run_id, extract.sha256
    return response
