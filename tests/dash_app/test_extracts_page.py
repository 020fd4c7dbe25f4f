"""The extracts as a statistician uses them: see what changed, hand a workbook over, find it in the log."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from dash_app.app import create_app
from service.errors import BadInput
from service.extracts import deliveries
from service.extracts.exports import Exports
from service.extracts.extracts import Extracts
from service.people.installation import People
from service.reader import Service
from service.scope import Scope, single_user
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

HOST = {"Host": "127.0.0.1"}
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(home: Home, serve: Callable[[Home], str]) -> str:
    return serve(home)


def test_the_day_of_a_delivery(page: Page, home: Home) -> None:
    page.goto("/extracts")
    expect(page.get_by_role("heading", name="孵化器工作簿")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="云栖孵化器").first
    expect(row).to_contain_text("从未交付")
    expect(row).to_contain_text("待交付")
    page.get_by_role("link", name="云栖孵化器", exact=True).click()
    expect(page.get_by_text("首次交付，没有可比的上一次")).to_be_visible()
    assert "incubator=" in page.url, "the view has an address"
    page.get_by_role("button", name="登记交付").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明交给谁、为何")
    page.get_by_label("交给谁").fill("云栖 张三")
    page.get_by_label("理由").fill("每月交付")
    with page.expect_download() as taken:
        page.get_by_role("link", name="工作簿").click()
    content = taken.value.path().read_bytes()
    page.get_by_role("button", name="登记交付").click()
    expect(page.get_by_role("status").filter(has_text="已登记")).to_be_visible()

    (logged,) = deliveries.log(home)
    assert (logged["recipient"], logged["incubator"]) == ("云栖 张三", "云栖孵化器")
    assert logged["sha256"] == hashlib.sha256(content).hexdigest(), "what was taken is what was logged"
    page.goto("/extracts?lang=en")
    expect(page.get_by_role("row").filter(has_text="云栖孵化器").first).to_contain_text("✓ delivered")
    expect(page.get_by_role("region", name="Deliveries")).to_contain_text(logged["sha256"][:12])
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.fixture
def client(home: Home) -> FlaskClient:
    return create_app(Service(home)).server.test_client()


def shown(app: Dash, path: str, search: str = "") -> str:
    answer = app.server.test_client().post(
        "/_dash-update-component",
        json={
            "output": "..page.children...drawn.data..",
            "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
            "inputs": [
                {"id": "url", "property": "pathname", "value": path},
                {"id": "url", "property": "search", "value": search},
            ],
            "state": [{"id": "drawn", "property": "data", "value": None}],
            "changedPropIds": ["url.pathname"],
        },
        headers=HOST,
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json)


def test_a_card_of_a_supplier_is_the_file_of_the_run(client: FlaskClient, home: Home) -> None:
    path = min(home.report_cards.glob("*/*.csv"))

    answer = client.get(f"/download/cards/{path.name}", headers=HOST)
    assert answer.data == path.read_bytes()
    for name in ("none.csv", "..%2F..%2Fcasebook.db", path.name.removesuffix(".csv")):
        assert client.get(f"/download/cards/{name}", headers=HOST).status_code == 404


def test_an_unknown_incubator_is_said_to_be_none(home: Home) -> None:
    assert "没有名为“没有这家”的孵化器" in shown(create_app(Service(home)), "/extracts", "?incubator=没有这家")


def test_who_exported_and_what_was_revised_since(
    copy_of_home: Callable[[], Home], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copy_of_home()
    people = People(home, lambda: NOW)
    people.accounts.create("李娜", "statistician", "zone", by="root", why="开户")
    (run,) = Published(home).rows("select run_id from run")
    for number, run_id in enumerate(("earlier", run["run_id"])):
        content = {"run": run_id, "rows": number, "sha256": "a" * 64, "format": "csv"}
        people.accesses.record("exported", "list:movers", who="李娜", role="statistician", content=content)
    scope = Scope("李娜", "statistician", "zone")

    exports = Exports(home, scope, People(home, lambda: NOW))
    assert [(row["who"], row["run"], row["rows"]) for row in exports.entries()] == [
        ("李娜", run["run_id"], 1),
        ("李娜", "earlier", 0),
    ]
    with monkeypatch.context() as patch:
        patch.setattr("service.extracts.exports.NEWEST", 1)
        assert len(exports.entries()) == 1
        assert [row["run"] for row in exports.entries("earlier")] == ["earlier"], "however many came after"
    assert exports.revised(run["run_id"]) == [], "nothing differs from itself"
    with pytest.raises(BadInput):
        exports.revised("earlier")
    page = shown(create_app(Service(home)), "/extracts")
    assert "revised=earlier" in page
    assert f"revised={run['run_id']}" not in page
    for other in (Scope("x", "officer", "zone"), Scope("x", "statistician", "park", ("330108",))):
        closed = Exports(home, other, People(home, lambda: NOW))
        assert (closed.may_know, closed.entries()) == (False, [])
        with pytest.raises(BadInput, match="看不到导出记录"):
            closed.revised(run["run_id"])


@pytest.mark.parametrize(("role", "kind"), [("director", "zone"), ("officer", "park")])
def test_who_may_not_deliver_sees_no_form(home: Home, role: str, kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = Scope("x", role, kind, ("330108",) if kind == "park" else ())
    monkeypatch.setattr("dash_app.app.single_user", lambda: scope)
    app = create_app(Service(home))

    assert "deliver-to" not in shown(app, "/extracts", "?incubator=云栖孵化器")
    if kind == "park":
        assert "您的范围不含任何一家孵化器的全部在孵企业" in shown(app, "/extracts")
    assert Extracts(home, single_user(), Published(home)).has("云栖孵化器")
