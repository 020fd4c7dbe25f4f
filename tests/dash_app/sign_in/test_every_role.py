"""Every route, callback, file and download as every role and as nobody: open where a table says so, shut elsewhere."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from dash_app import routing
from dash_app.app import create_app
from dash_app.routing import CALLBACKS, DASH, ENDPOINTS, FILES, NOBODY, PUBLIC_FILES, SIGNED_IN, ZONE, Table
from dash_app.server.callbacks import MANY, roles_of
from dash_app.zone_routes import MOUNTED, OF_PEOPLE
from service.people.installation import People
from service.reader import Service
from service.scope import PIPELINE, roles
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = [pytest.mark.pages, pytest.mark.rule("default-deny")]

PASSWORD = "a sentence that nobody guesses"  # noqa: S105
HOST = {"Host": "127.0.0.1"}
CHEAP = {"argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1}
NEEDED_BY_NO_PAGE = {"static", "security.static", "/_reload-hash"}
"""Routes that Flask, Flask-Security and Dash add by themselves, which are shut for everybody."""
DRAWN_BY_DASH = {"/", "/<path:path>", "_dash_assets.static", CALLBACKS, *DASH}
SUITE = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
OF_SIGN_IN = {name for name in ENDPOINTS if name.startswith("security.")} | {"calendar_feed"}
TAKES_A_FORM = {name for name, entry in ENDPOINTS.items() if "GET" not in entry.methods}


def rules_of(site: Any) -> list[Rule]:
    return list(site.app.server.url_map.iter_rules())


def declared(rule: Rule, table: Table = ZONE) -> frozenset[str] | None:
    """The roles that the tables of routes let in; None where they say nothing."""
    if rule.endpoint in table.endpoints:
        return table.endpoints[rule.endpoint].roles
    if rule.endpoint in NEEDED_BY_NO_PAGE or (table == MOUNTED and rule.endpoint in OF_PEOPLE):
        return frozenset()
    if rule.rule in PUBLIC_FILES:
        return frozenset(routing.PUBLIC)
    if rule.endpoint in DRAWN_BY_DASH or rule.endpoint == SUITE:
        return table.signed_in
    return None


def is_let_in(answer: TestResponse) -> bool:
    leads_to_sign_in = answer.status_code == 302 and "/login" in str(answer.location)
    return answer.status_code not in (401, 403, 404) and not leads_to_sign_in


@pytest.mark.rule("default-deny", "a route without a declared role is a failure")
def test_every_route_declares_its_roles(site: Any) -> None:
    undeclared = {rule.rule for rule in rules_of(site) if declared(rule, site.table) is None}

    assert undeclared == set()
    known = {*roles(), NOBODY}
    assert {role for rule in rules_of(site) for role in declared(rule, site.table) or ()} <= known
    assert {role for route in site.table.pages for role in route.roles} <= known


def test_a_route_that_declares_nothing_is_noticed_and_shut(released: Home) -> None:
    app = create_app(Service(released))
    app.server.add_url_rule("/forgotten", "forgotten", lambda: "the secret")
    (rule,) = [rule for rule in app.server.url_map.iter_rules() if rule.endpoint == "forgotten"]

    assert declared(rule) is None
    assert app.server.test_client().get("/forgotten", headers=HOST).status_code == 404


@pytest.mark.rule("default-deny", "what no table lets in is shut, for every role and for nobody")
def test_every_route_lets_in_whom_it_declares_and_nobody_else(site: Any) -> None:
    wrong = []
    for rule in rules_of(site):
        if rule.endpoint in TAKES_A_FORM or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint in ("/", "/<path:path>") or rule.endpoint in OF_SIGN_IN & site.table.endpoints.keys():
            continue  # pages are walked by themselves; sign-in has tests of its own
        for role in site.visitors:
            answer = site.get(role, site.path_of(rule))
            expected = role in (declared(rule, site.table) or ()) or site.path_of(rule) in PUBLIC_FILES
            if is_export(rule) and role in roles() and "export" not in roles()[role].rights:
                expected = False
            if is_let_in(answer) != expected:
                wrong.append((rule.rule, role, answer.status_code))

    assert wrong == []


def is_export(rule: Rule) -> bool:
    return rule.endpoint in ENDPOINTS and ENDPOINTS[rule.endpoint].is_fresh


def test_every_page_lets_in_whom_it_declares_and_nobody_else(site: Any) -> None:
    for route in site.table.pages:
        path = route.path(**({"firm_id": site.firm} if "{firm_id}" in route.pattern else {}))
        for role in site.visitors:
            assert is_let_in(site.get(role, path)) == (role in route.roles), (path, role)


def test_a_path_that_is_in_no_table_is_shut(site: Any) -> None:
    for path in (
        "/nothing",
        "/firm",
        "/firm/1/2",
        "/api/v1/nothing",
        "/api/v2/firms",
        "/assets/../app.py",
        "/_reload-hash",
    ):
        for role in site.visitors:
            assert not is_let_in(site.get(role, path)), (path, role)


def body_of(output: str, callback: dict[str, Any]) -> dict[str, Any]:
    """A request of a callback, without values."""

    def slot(name: str, prop: str) -> Any:
        if not name.startswith("{"):
            return {"id": name, "property": prop, "value": None}
        pattern = json.loads(name)
        filled = {key: "x" if isinstance(value, list) else value for key, value in pattern.items()}
        component = {"id": filled, "property": prop, "value": None}
        return [component] if any(value in MANY for value in pattern.values()) else component

    outputs = callback["output"]
    made = (
        [slot(part.component_id_str(), part.component_property) for part in outputs]
        if isinstance(outputs, list)
        else None
    )
    single = None if made else slot(outputs.component_id_str(), outputs.component_property)
    inputs = [slot(part["id"], part["property"]) for part in callback["inputs"]]
    return {
        "output": output,
        "outputs": made or single,
        "inputs": inputs,
        "state": [slot(part["id"], part["property"]) for part in callback["state"]],
        "changedPropIds": [],
    }


@pytest.mark.rule("default-deny", "a callback without a declared role is a failure")
def test_every_callback_declares_its_roles(site: Any) -> None:
    assert site.app.callback_map
    for output, callback in site.app.callback_map.items():
        assert roles_of(callback), output
        assert roles_of(callback) <= {*roles(), NOBODY}


def test_every_callback_answers_whom_it_declares_and_nobody_else(site: Any) -> None:
    for output, callback in site.app.callback_map.items():
        for role in site.visitors:
            answer = site.callback(role, body_of(output, callback))
            if role in roles_of(callback):
                assert answer.status_code in (200, 204, 400), (output, role, answer.text)
            elif role in site.outside:
                assert answer.status_code == 404, (output, role)
            elif role in (NOBODY, PIPELINE):
                assert answer.status_code in (200, 400, 401), (output, role)
                assert answer.status_code != 200 or answer.json["response"] == {}
            else:
                assert answer.status_code == 403, (output, role)


def test_every_file_of_the_pages_is_shut_for_nobody(with_accounts: Any) -> None:
    assets = Path(routing.__file__).parent / "assets"
    paths = [f"/assets/{path.name}" for path in sorted(assets.iterdir())]
    scripts = set(re.findall(r'"(/_dash-component-suites/[^"]+)"', with_accounts.get_index()))

    assert scripts
    for path in (*paths, *sorted(scripts)[:6]):
        for role in with_accounts.visitors:
            expected = role in SIGNED_IN or path in PUBLIC_FILES
            assert is_let_in(with_accounts.get(role, path)) == expected, (path, role)
            assert path.startswith(FILES)


def test_an_incubator_cannot_tell_a_firm_of_others_from_none(with_accounts: Any, published: Published) -> None:
    (other,) = published.rows(
        "select min(firm_id) as firm_id from core_firm where firm_id not in (select firm_id from core_firm__tenancies)"
    )
    for pattern in ("/api/v1/firms/{}", "/api/v1/firms/{}/verdicts", "/api/v1/firms?q={}", "/api/v1/due?firm={}"):
        outside, none = (with_accounts.get("incubator", pattern.format(firm)) for firm in (other["firm_id"], "9" * 18))
        assert outside.status_code == none.status_code
        assert outside.text.replace(other["firm_id"], "9" * 18) == none.text

    own = with_accounts.get("incubator", f"/api/v1/firms/{with_accounts.firm}")
    assert own.json["profile"]["firm_id"] == with_accounts.firm


def test_views_and_exports_over_http_are_recorded(with_accounts: Any) -> None:
    people: People = with_accounts.app.server.extensions["tidu"]
    with_accounts.get(PIPELINE, f"/api/v1/firms/{with_accounts.firm}")
    with_accounts.get("director", f"/api/v1/extracts/{quote(with_accounts.incubator)}")

    newest = people.accesses.entries(limit=2)
    assert [(entry["kind"], entry["subject"], entry["role"]) for entry in newest] == [
        ("exported", f"extract:{with_accounts.incubator}", "director"),
        ("viewed", f"firm:{with_accounts.firm}", PIPELINE),
    ]
