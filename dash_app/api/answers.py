"""Answers as JSON: with the release they are from and its ETag, and errors in both languages."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any

import flask

from dash_app.api_routes import PREFIX
from dash_app.routing import BASE
from dash_app.rows import NewRow
from dash_app.session import NOBODY, role_of_request
from service.queries.release.records import Listed, Slice
from service.wording.rendering import read_texts

OK, NOT_MODIFIED, UNAUTHORIZED, METHOD_NOT_ALLOWED, OTHER = 200, 304, 401, 405, 500
_OF_INTERFACE = re.compile(rf"(?:{BASE}/[^/]+)?{PREFIX}/")
_ERRORS = Path(__file__).with_name("errors.yml")


def etag(*versions: object) -> str:
    """What changes when the answer may: a hash of everything that it is made of."""
    parts = json.dumps(versions, default=str)
    return hashlib.sha256(parts.encode()).hexdigest()[:32]


def unless_known(tag: str, answer: Callable[[], NewRow | None]) -> flask.Response:
    """The answer with its ETag, 404 for None; 304 without asking, where the request names the ETag it has."""
    if _has(tag):
        response = flask.Response(status=NOT_MODIFIED)
    else:
        content = answer()
        if content is None:
            return error(404)
        response = as_json(content)
    response.set_etag(tag)
    response.vary.update(("Authorization", "Cookie"))
    return response


def _has(tag: str) -> bool:
    """Whether the request names a tag; compressed answers carry it with the way of compression after a colon."""
    named = flask.request.if_none_match
    return named.star_tag or any(sent.partition(":")[0] == tag for sent in named.as_set(include_weak=True))


def listing(run: Mapping[str, Any], listed: Listed, part: Slice) -> NewRow:
    """Some rows of a list with its total, and the offset of the next ones, None after the last."""
    after = part.offset + len(listed.rows)
    return {
        **run,
        "total": listed.total,
        "limit": part.limit,
        "offset": part.offset,
        "next_offset": after if listed.rows and after < listed.total else None,
        "rows": listed.rows,
    }


def as_json(content: NewRow, status: int = 200) -> flask.Response:
    """A response of JSON, its text as it is written."""
    text = json.dumps(content, ensure_ascii=False, default=_plain, allow_nan=False)
    return flask.Response(text, status, mimetype="application/json")


def error(status: int, zh: str = "", en: str = "") -> flask.Response:
    """An error in both languages, in the words of its status unless others are given."""
    texts = read_texts(_ERRORS)
    words = texts.get(str(status), texts[str(OTHER)])
    return as_json({"error": {"status": status, "zh": zh or words["zh"], "en": en or words["en"]}}, status)


def errors_as_json(response: flask.Response) -> flask.Response:
    """Refusals are JSON, also those by Flask and by sign-in, which does not redirect here."""
    status, path = response.status_code, flask.request.path
    if not _OF_INTERFACE.match(path) or response.is_json or status in (OK, NOT_MODIFIED):
        return response
    if status == HTTPStatus.FOUND:
        return error(UNAUTHORIZED) if role_of_request() == NOBODY else response
    is_method = getattr(flask.request.routing_exception, "code", None) == METHOD_NOT_ALLOWED
    # To nobody of the zone it is as one that there is not.
    is_outside = status == HTTPStatus.NOT_FOUND and role_of_request() == NOBODY
    if is_method and path.startswith(PREFIX) and not is_outside:
        status = METHOD_NOT_ALLOWED
    return error(status)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
