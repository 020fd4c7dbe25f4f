"""The HTTP interface is as its description states: routes, parameters, and every answer of a real release."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from dash_app.api import parameters, routes
from dash_app.api.bodies import BODIES
from dash_app.api_routes import API_ROUTES, PREFIX, WRITES
from dash_app.app import create_app
from service.casework import ACTS
from service.queries.movers.movers import SORTABLE
from service.reader import ReleaseQueries, Service
from tiers.strict_yaml import load
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("true-documents")

HOST = {"Host": "127.0.0.1"}
OF_RELEASE = ("release", "firms", "verdicts", "signals", "due", "targets")
DESCRIPTION = load(routes.DESCRIPTION).content
MODELS = {
    "firms": parameters.OfFirms,
    "verdicts": parameters.OfVerdicts,
    "signals": parameters.OfSignals,
    "due": parameters.OfDue,
    "targets": parameters.OfTargets,
    "cases": parameters.OfCases,
    "contest_preview": parameters.OfClaim,
    **dict.fromkeys(("tasks", "requests", "applications", "contests"), parameters.OfThings),
    **dict.fromkeys(("pool", "visits", "extracts", "extract"), parameters.Parameters),
    "extract_workbook": parameters.OfWorkbook,
    "extract_columns": parameters.OfWorkbook,
}


@pytest.fixture(scope="module")
def client(released: Home) -> FlaskClient:
    return create_app(Service(released)).server.test_client()


def get(client: FlaskClient, path: str, **headers: str) -> TestResponse:
    return client.get(PREFIX + path, headers=HOST | headers)


def operations(*wanted: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The operations that are described, those that read unless others are wanted."""
    for path, methods in DESCRIPTION["paths"].items():
        assert set(methods) <= {"get", "post"}
        yield from ((path, entry) for method, entry in methods.items() if method in (wanted or ("get",)))


def validate(answer: object, name: str) -> None:
    """An answer is of a schema of the description, with no field more or fewer."""
    Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": DESCRIPTION["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    ).validate(answer)


def schema_of(operation: str) -> str:
    (described,) = [entry for _, entry in operations() if entry["operationId"] == operation]
    reference = described["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return str(reference.rpartition("/")[2])


def resolved(parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in parameter:
        parameter = DESCRIPTION["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return parameter


def test_every_route_is_described_and_every_description_is_a_route(client: FlaskClient) -> None:
    described = {(path, entry["operationId"]) for path, entry in operations("get", "post")}
    rules = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix(PREFIX)), rule.endpoint.removeprefix("api."), rule_methods)
        for rule in client.application.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for rule_methods in [frozenset(rule.methods or ())]
    }

    assert {(path, name) for path, name, _ in rules} == described
    writing = {entry["operationId"] for _, entry in operations("post")}
    assert all(methods == ({"POST"} if name in writing else {"GET", "HEAD"}) for _, name, methods in rules)
    assert writing == {route.name for route in WRITES} == set(ACTS) == set(BODIES)
    assert DESCRIPTION["openapi"].startswith("3.1.")
    assert DESCRIPTION["servers"] == [{"url": PREFIX}]


READS = [route for route in API_ROUTES if not route.act]
OF_CASES = ("cases", "pool", "tasks", "requests", "applications", "contests", "visits")
"""Lists that are empty where nobody has worked; see ``test_writing.py``."""
NO_PAGES = (*OF_CASES, "extract", "contest_preview")


@pytest.mark.parametrize("name", [route.name for route in READS])
def test_the_parameters_of_a_route_are_described(name: str) -> None:
    ((path, entry),) = [(path, entry) for path, entry in operations() if entry["operationId"] == name]
    described = [resolved(parameter) for parameter in entry.get("parameters", [])]

    in_query = {parameter["name"]: parameter["schema"] for parameter in described if parameter["in"] == "query"}
    assert in_query.keys() == (MODELS[name].model_fields.keys() if name in MODELS else set())
    assert {p["name"] for p in described if p["in"] == "path"} == set(re.findall(r"{(\w+)}", path))
    stated = MODELS[name].model_json_schema()["properties"] if name in MODELS else {}
    for parameter, schema in in_query.items():
        for bound in ("minimum", "maximum", "default"):
            if bound in schema:
                assert stated[parameter][bound] == schema[bound], (name, parameter)


def test_the_orders_that_are_described_are_those_that_there_are() -> None:
    ((_, entry),) = [(path, entry) for path, entry in operations() if entry["operationId"] == "firms"]
    (sort,) = [parameter for parameter in entry["parameters"] if parameter.get("name") == "sort"]

    assert set(re.findall(r"\w+", sort["description"].partition(";")[0])) - {"or"} == set(SORTABLE)


@pytest.mark.parametrize("name", [*OF_RELEASE, *OF_CASES, "extracts", "description"])
def test_every_answer_is_as_described(client: FlaskClient, name: str) -> None:
    (route,) = [route for route in READS if route.name == name]
    words = "?limit=1000" if name in MODELS else ""
    if name == "due":
        words += "&within=3650&undated=true"
    answer = get(client, route.path + words)

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    validate(answer.get_json(), schema_of(name))
    if name in MODELS and name not in OF_CASES:
        assert len(answer.get_json()["rows"]) > 0


def test_firms_and_every_extract_are_as_described(client: FlaskClient) -> None:
    rows = get(client, "/firms?limit=1000").get_json()["rows"]
    for row in rows[::12]:
        firm = get(client, f"/firms/{row['firm_id']}").get_json()
        validate(firm, "FirmRecord")
        assert firm["position"] == row
    for row in get(client, "/extracts").get_json()["rows"]:
        extract = get(client, f"/extracts/{row['incubator']}").get_json()
        validate(extract, "Extract")
        assert extract["total"] == row["firms"] == len(extract["rows"])


def test_the_verdicts_of_a_firm_are_as_described(client: FlaskClient, published: Published) -> None:
    for row in published.rows("select firm_id from core_firm order by firm_id limit 4"):
        validate(get(client, f"/firms/{row['firm_id']}/verdicts").get_json(), "FirmVerdicts")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404), ("/firms/none", 404), ("/firms/none/verdicts", 404), ("/extracts/none", 404),
        ("/firms?limt=1", 400), ("/firms?limit=0", 400), ("/firms?limit=1001", 400), ("/firms?limit=x", 400),
        ("/firms?offset=-1", 400), ("/firms?limit=1&limit=2", 400), ("/firms?sort=firm_id desc; drop table run",
        400), ("/firms?change=sideways", 400), ("/firms?q=" + "x" * 101, 400), ("/signals?signal=none", 400),
        ("/verdicts?outcome=maybe", 400), ("/verdicts?designation=none", 400), ("/due?owner=nobody", 400),
        ("/due?firm=none", 400), ("/targets?year=1", 400), ("/targets?measure=none", 400), ("/cases?kind=none", 400),
        ("/release?limit=1", 400), ("/cases/none", 404), ("/tasks?with_ended=maybe", 400),
        ("/cases/none/contests/preview?fact=revenue_y0&claimed=1", 404),
    ],
)  # fmt: skip
def test_an_error_is_stated_in_both_languages(client: FlaskClient, path: str, status: int) -> None:
    answer = get(client, path)

    assert answer.status_code == status
    validate(answer.get_json(), "Error")
    assert answer.get_json()["error"]["status"] == status
    assert "ETag" not in answer.headers


@pytest.mark.parametrize("name", [name for name in MODELS if not name.startswith("extract_") and name not in NO_PAGES])
def test_pages_follow_each_other_without_gap_or_overlap(client: FlaskClient, name: str) -> None:
    path = f"/{name}?{'within=3650&undated=true&' if name == 'due' else ''}"
    size = max(1, get(client, path).get_json()["total"] // 3)
    size = min(size, parameters.MOST_ROWS)
    rows: list[object] = []
    offset: int | None = 0
    while offset is not None:
        page = get(client, f"{path}limit={size}&offset={offset}").get_json()
        rows += page["rows"]
        offset = page["next_offset"]

    written = [json.dumps(row, sort_keys=True) for row in rows]
    assert len(written) == len(set(written)) == page["total"]


def test_filters_and_orders_are_those_of_the_movers(client: FlaskClient) -> None:
    everything = get(client, "/firms?limit=1000").get_json()["rows"]
    up = get(client, "/firms?limit=1000&change=up").get_json()["rows"]
    by_name = get(client, "/firms?limit=1000&sort=-name").get_json()["rows"]

    assert [row for row in everything if row["change"] == "up"] == up
    assert sorted(row["firm_id"] for row in everything) == sorted(row["firm_id"] for row in by_name)
    assert [row["name"] for row in by_name] == sorted((row["name"] for row in by_name), reverse=True)


@pytest.mark.parametrize("name", [route.name for route in READS if "<" not in route.path])
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, name: str) -> None:
    (route,) = [route for route in READS if route.name == name]
    tag = get(client, route.path).headers.get("ETag")
    if name == "description":
        assert tag is None
        return
    again = get(client, route.path, **{"If-None-Match": str(tag)})

    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert get(client, route.path, **{"If-None-Match": '"older"'}).status_code == 200
    assert {"Authorization", "Cookie"} <= set(again.vary)


def test_nothing_is_asked_for_an_answer_that_is_known(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = {"Accept-Encoding": "gzip"}
    tag = get(client, "/firms", **packed).headers["ETag"]
    monkeypatch.setattr(ReleaseQueries, "firms", None)  # would be a fault

    assert ":" in tag
    assert get(client, "/firms", **packed, **{"If-None-Match": tag}).status_code == 304
    assert get(client, "/firms", **packed, **{"If-None-Match": f"W/{tag}"}).status_code == 304


def test_the_tag_is_of_the_release_the_question_and_the_scope(
    client: FlaskClient, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dash_app.api import routes
    from service.scope import Scope

    first = get(client, "/firms").headers["ETag"]
    monkeypatch.setattr(routes, "current_scope", lambda: Scope("somebody", "officer", "park", ("330104",)))

    assert get(client, "/firms").headers["ETag"] != first
    monkeypatch.undo()
    assert get(client, "/firms?limit=5").headers["ETag"] != first
    assert get(client, "/firms").headers["ETag"] == first


def test_no_answer_lets_other_sites_read_it(client: FlaskClient) -> None:
    headers = get(client, "/firms", Origin="https://elsewhere.example").headers

    assert not [name for name, _ in headers if name.lower().startswith("access-control-")]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert get(client, "/firms", Host="elsewhere.example").status_code == 403
