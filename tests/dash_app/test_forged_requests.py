"""Requests that no page makes are answered with 400 or 404, without a traceback in the answer or in the log."""

import copy
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dash_app.app import create_app
from dash_app.server.log import MAX_LINE, MAX_LINES, BoundedFormatter
from service.reader import Service
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("strict-definitions")

HOST = {"Host": "127.0.0.1"}
SEARCH = {"id": "url", "property": "search", "value": ""}
SHOW = {
    "output": "..page.children...drawn.data..",
    "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
    "inputs": [{"id": "url", "property": "pathname", "value": "/"}, SEARCH],
    "state": [{"id": "drawn", "property": "data", "value": "/movers?"}],
    "changedPropIds": ["url.search"],
}
DRAWER = {
    "output": "drawer.children",
    "outputs": {"id": "drawer", "property": "children"},
    "inputs": [{"id": "url", "property": "search", "value": "?firm=9133"}],
    "state": [],
    "changedPropIds": ["url.search"],
}
VIEW = {"part": "view", "act": "save", "view": ""}
VIEWS = {
    "output": "..views-notice.children...views.children..",
    "outputs": [{"id": "views-notice", "property": "children"}, {"id": "views", "property": "children"}],
    "inputs": [[{"id": VIEW, "property": "n_clicks", "value": 1}]],
    "state": [
        {"id": "view-name", "property": "value", "value": ""},
        {"id": "views-drawn", "property": "data", "value": {"request": "0123456789", "versions": {}}},
        SEARCH,
    ],
    "changedPropIds": ['{"act":"save","part":"view","view":""}.n_clicks'],
}
PROOF = {
    "output": '{"edition":["MATCH"],"part":"proof"}.children',
    "outputs": {"id": {"edition": "x", "part": "proof"}, "property": "children"},
    "inputs": [{"id": {"edition": "x", "part": "fold"}, "property": "n_clicks", "value": 1}],
    "state": [
        {"id": {"edition": "x", "part": "proof"}, "property": "children"},
        {"id": "url", "property": "pathname", "value": "/firm/x"},
        SEARCH,
    ],
    "changedPropIds": ['{"edition":"x","part":"fold"}.n_clicks'],
}
CALLBACKS = {"show": SHOW, "drawer": DRAWER, "views": VIEWS, "proof": PROOF}
Path = tuple[str | int, ...]


@pytest.fixture(scope="module")
def client(released: Home) -> FlaskClient:
    return create_app(Service(released)).server.test_client()


@pytest.fixture
def answer(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> Callable[..., TestResponse]:
    """Posts a body; fails where an error is logged."""

    def post(body: Any, **options: Any) -> TestResponse:
        logger = client.application.logger
        logger.addHandler(caplog.handler)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        options = {"content_type": "application/json", **options}
        response = client.post("/_dash-update-component", data=data, headers=HOST, **options)
        logger.removeHandler(caplog.handler)
        assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
        assert b"Traceback" not in response.data
        return response

    return post


def changed(body: Any, path: Path, value: Any) -> Any:
    """A copy of a body with the value at a path replaced, or appended to a list at its end."""
    result = part = copy.deepcopy(body)
    for step in path[:-1]:
        part = part[step]
    if isinstance(part, list) and path[-1] == len(part):
        part.append(value)
    else:
        part[path[-1]] = value
    return result


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_request_of_a_page_is_answered(answer: Callable[..., TestResponse], name: str) -> None:
    assert answer(CALLBACKS[name]).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"1", b'"x"', b"{}", b"\xff\xfe", b"[" * 100_000,
        b'{"output": ' + b"9" * 5000 + b"}",
        json.dumps(SHOW).replace("/", "\\ud800").encode(),
    ],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
def test_a_body_that_is_no_request_is_refused(answer: Callable[..., TestResponse], body: bytes) -> None:
    assert answer(body).status_code == 400


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_that_is_not_declared_as_json_is_refused(answer: Callable[..., TestResponse], content_type: str) -> None:
    assert answer(SHOW, content_type=content_type).status_code == 400


SIMPLE = [name for name in CALLBACKS if name != "views"]
"""The callbacks whose first input is one component."""
FORMS: list[tuple[str, Path, Any]] = [
    *[(name, ("output",), value) for name in CALLBACKS for value in ("", "x.children", "views.data", None, 1, [], {})],
    *[(name, ("outputs",), value) for name in CALLBACKS for value in (None, "x", 1, {}, [], [[]], {"id": "page"})],
    *[(name, ("inputs",), value) for name in CALLBACKS for value in (None, {}, "x", [], [None], [1], [[]], [{}])],
    *[(name, ("state",), value) for name in CALLBACKS for value in (None, {}, [{"id": "zone", "property": "x"}])],
    *[(name, ("inputs", 0, "id"), value) for name in SIMPLE for value in (None, "x", 1, [], {"part": "fold"}, {})],
    *[(name, ("inputs", 0, "property"), value) for name in SIMPLE for value in (None, "x", 1, [])],
    *[
        (name, ("changedPropIds",), value)
        for name in CALLBACKS
        for value in (None, "x", [1], ["x"], ["x.y"], ["."], ["{.x"], ['{"a": NaN}.x'], ["[1].x"], [None])
    ],
    ("show", ("inputs", 2), {"id": "where", "property": "value", "value": "1=1"}),
    ("drawer", ("inputs", 1), {"id": "zone", "property": "value", "value": "CN-3301"}),
    ("show", ("outputs",), {"id": "page", "property": "children"}),
    ("show", ("outputs", 1, "id"), "page"),
    ("drawer", ("outputs",), [{"id": "drawer", "property": "children"}]),
    ("views", ("inputs", 0), {"id": VIEW, "property": "n_clicks", "value": 1}),
    ("views", ("inputs", 0, 0, "id"), {**VIEW, "part": "fold"}),
    ("views", ("inputs", 0, 0, "id"), "view"),
    ("proof", ("outputs", "id"), {"edition": ["x"], "part": "proof"}),
    ("proof", ("outputs", "id"), {"edition": None, "part": "proof"}),
    ("proof", ("outputs", "id"), {"edition": "x", "part": "fold"}),
    ("proof", ("outputs", "id"), {"edition": "x", "part": "proof", "more": 1}),
    ("proof", ("inputs", 0), [PROOF["inputs"][0]]),  # type: ignore[index]
]


DRAWN = ("state", 1, "value")
VALUES: list[tuple[str, Path, Any]] = [
    *[(name, ("state", -1, "value"), value) for name in ("views", "proof") for value in (1, [], {}, True)],
    *[("show", ("inputs", n, "value"), value) for n in (0, 1) for value in (1, [], {}, True, ["/"])],
    *[("show", ("state", 0, "value"), value) for value in (1, {}, [1], [{}], True)],
    *[("drawer", ("inputs", 0, "value"), value) for value in (1, [], {}, True)],
    *[("views", ("inputs", 0, 0, "value"), value) for value in ("1", 1.5, [], {}, True)],
    *[("views", ("state", 0, "value"), value) for value in (1, [], {}, True)],
    *[("views", DRAWN, value) for value in (1, [], {}, {"request": "x", "versions": {}}, {"request": "0" * 99})],
    *[("views", (*DRAWN, "versions"), value) for value in (1, [], {"a": "1"}, {"a": None}, None)],
    *[("proof", ("inputs", 0, "value"), value) for value in ("1", 1.5, [], {}, True)],
    *[("proof", ("state", 1, "value"), value) for value in (None, 1, [], {})],
]


@pytest.mark.parametrize("name", CALLBACKS)
def test_another_form_and_a_value_of_another_type_are_refused(answer: Callable[..., TestResponse], name: str) -> None:
    changes = [(path, value) for callback, path, value in FORMS + VALUES if callback == name]
    statuses = [answer(changed(CALLBACKS[name], path, value)).status_code for path, value in changes]

    assert [change for change, status in zip(changes, statuses, strict=True) if status != 400] == []


@pytest.mark.parametrize("path", ["/", "/firm/x", "/firm/" + "x" * 100_000, "/firm/%00", "/firm/%ff", "/nowhere", ""])
@pytest.mark.parametrize("search", ["", "?q=%00", "?q=%ff%ed%a0%80", "?" + "&" * 10_000, "?change=" + "x" * 100_000])
def test_any_address_is_a_page(answer: Callable[..., TestResponse], path: str, search: str) -> None:
    body = changed(changed(SHOW, ("inputs", 0, "value"), path), ("inputs", 1, "value"), search)

    assert answer(body).status_code == 200


def test_the_conditions_of_an_edition_are_answered(answer: Callable[..., TestResponse], published: Published) -> None:
    (verdict,) = published.rows("select firm_id, edition_id from mart_firm__verdicts order by all limit 1")
    text = json.dumps(PROOF).replace("/firm/x", f"/firm/{verdict['firm_id']}")
    text = text.replace('"x"', json.dumps(verdict["edition_id"])).replace('\\"x\\"', f'\\"{verdict["edition_id"]}\\"')

    assert b"conditions" in answer(text.encode()).data


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/?lang=en", 200), ("/movers", 200), ("/firm/x", 200), ("/firm/", 404), ("/firm/x/y", 404),
        ("/_dash-layout", 200), ("/_dash-dependencies", 200), ("/_reload-hash", 404), ("/health", 404), ("/_mcp", 404),
        ("/assets/nothing.js", 404), ("/_dash-component-suites/evil/x.js", 404),
        ("/_dash-component-suites/dash/dcc/nothing.js", 404), ("/_dash-component-suites/dash/..%2f..%2fapp.py", 404),
    ],
)  # fmt: skip
def test_only_addresses_of_the_table_and_files_of_pages_are_answered(
    client: FlaskClient, path: str, status: int
) -> None:
    assert client.get(path, headers=HOST).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_pages_are_only_read(client: FlaskClient, method: str) -> None:
    assert client.open("/", method=method, headers=HOST).status_code == 405


def test_a_fault_of_a_page_answers_500_without_a_trace(
    released: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    service = Service(released)
    monkeypatch.setattr(service, "release", lambda _: 1 / 0)
    client = create_app(service).server.test_client()
    response = client.post("/_dash-update-component", json=SHOW, headers=HOST)

    assert response.status_code == 500
    assert b"ZeroDivisionError" not in response.data


def test_a_log_record_cannot_be_endless_or_forge_a_line() -> None:
    try:
        raise ValueError("x\n" * 10_000 + "y" * 100_000)
    except ValueError as error:
        record = logging.LogRecord("tidu", logging.ERROR, "", 0, "at %s", ("a\nERROR forged\x1b[0m",), None)
        record.exc_info = (type(error), error, error.__traceback__)
    lines = BoundedFormatter("%(levelname)s %(message)s").format(record).splitlines()

    assert lines[0] == "ERROR at a\\x0aERROR forged\\x1b[0m"
    assert len(lines) <= MAX_LINES + 1
    assert max(map(len, lines)) <= MAX_LINE + 1
