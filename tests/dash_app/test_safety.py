"""Hosts, headers and bodies the server takes; names that would be code; a release published while a page is open."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dash_app.app import create_app
from dash_app.server.gunicorn import settings
from dash_app.server.limits import MAX_BODY
from service.reader import Service
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("default-deny")

HOSTILE = "<img src=x onerror=alert(1)>\"'=cmd|'!A1"


@pytest.fixture
def client(released: Home):  # type: ignore[no-untyped-def]
    return create_app(Service(released)).server.test_client()


@pytest.mark.parametrize("path", ["/", "/firm/1", "/_dash-layout", "/_dash-dependencies"])
def test_every_answer_keeps_the_page_to_itself(client, path: str) -> None:  # type: ignore[no-untyped-def]
    headers = client.get(path, headers={"Host": "127.0.0.1:8050"}).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/assets/movers.css?m=1", "private, max-age=86400"),
        ("/_favicon.ico?v=1", "private, max-age=86400"),
        ("/assets/movers.css", "no-cache"),
        ("/_favicon.ico", "no-store"),
        ("/movers?m=1", "no-store"),
    ],
)
def test_a_browser_keeps_only_files_whose_address_states_a_version(client, address: str, kept: str) -> None:  # type: ignore[no-untyped-def]
    with client.get(address, headers={"Host": "127.0.0.1", "Accept-Encoding": "zstd"}) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == kept
    assert client.get("/assets/none.css?m=1", headers={"Host": "127.0.0.1"}).headers.get("Cache-Control") is None


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8050", "10.0.0.5:8050", "127.0.0.1.evil.example"])
def test_another_name_that_leads_here_is_refused(client, host: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/", headers={"Host": host}).status_code == 403
    assert client.post("/_dash-update-component", headers={"Host": host}, json={}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8050", "localhost:8050"])
def test_this_machine_is_answered(client, host: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_is_bounded_whether_its_length_is_stated_or_not(client, stated: bool) -> None:  # type: ignore[no-untyped-def]
    body = b'{"x": "' + b"a" * MAX_BODY + b'"}'
    length = {"content_length": len(body)} if stated else {"environ_overrides": {"wsgi.input_terminated": True}}
    answer = client.post(
        "/_dash-update-component",
        input_stream=BytesIO(body),
        content_type="application/json",
        headers={"Host": "127.0.0.1"},
        **length,
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/assets/../../warehouse/home.py", "/assets/%2e%2e/app.py", "/firm/../../etc/passwd"])
def test_no_path_leads_out_of_the_assets(client, path: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(path, headers={"Host": "127.0.0.1"})

    assert b"import" not in answer.data
    assert b"root:" not in answer.data


def test_the_page_is_served_on_the_loopback_interface_only() -> None:
    assert settings(8050)["bind"] == "127.0.0.1:8050"


def published_again(home: Home, run_id: str, change: str, *values: object) -> None:
    """The current release with one change, as a later run would publish it."""
    build = home.builds / f"{run_id}.duckdb"
    shutil.copy(releases.current(home), build)
    with Build.open(build) as con:
        con.execute("update run set run_id = $1", [run_id])
        con.execute("update mart_run__summary set run_id = $1", [run_id])
        con.execute(change, list(values))
    releases.publish(home, build, run_id)


class TestWithAHomeOfItsOwn:
    """Pages over a home that changes."""

    pytestmark = pytest.mark.browser

    @pytest.fixture
    def home(self, copy_of_home: Callable[[], Home]) -> Home:
        return copy_of_home()

    @pytest.fixture
    def site(self, serve: Callable[[Home], str], home: Home) -> str:
        return serve(home)

    def test_a_hostile_name_is_a_name(self, page: Page, home: Home) -> None:
        for mart in ("mart_movers__firms", "mart_firm__profile"):
            first = f"(select min(firm_id) from {mart})"
            published_again(home, f"9999-{mart}", f"update {mart} set name = $1 where firm_id = {first}", HOSTILE)
        (row,) = releases.Published(home).rows("select min(firm_id) as firm_id from mart_movers__firms")

        page.goto(f"/movers?q={row['firm_id']}")
        expect(page.locator("table.movers tbody th").first).to_have_text(HOSTILE)
        page.locator("table.movers tbody th a").first.click()

        expect(page.locator("#drawer h2")).to_have_text(HOSTILE)
        page.locator("#drawer").get_by_role("link", name="企业全页").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)

    def test_an_open_page_follows_a_new_release(self, page: Page, home: Home) -> None:
        page.goto("/movers")
        expect(page.locator("#freshness")).to_be_visible()

        published_again(home, "99991231-235959", "delete from mart_movers__firms where change <> 'same'")
        page.locator(".facets").get_by_role("link", name="不变").click()

        expect(page.locator("#freshness")).to_contain_text("99991231-235959")


class TestBeforeTheFirstRelease:
    """A home in which nothing was published."""

    pytestmark = pytest.mark.browser

    @pytest.fixture
    def site(self, serve: Callable[[Home], str], tmp_path: Path) -> str:
        return serve(Home(tmp_path / "empty"))

    @pytest.mark.parametrize("path", ["/", "/firm/1"])
    def test_the_page_names_the_command_to_run(self, page: Page, path: str) -> None:
        page.goto(path)

        expect(page.get_by_role("heading", level=1)).to_have_text("还没有发布过任何一期")
        expect(page.get_by_text("tidu run")).to_be_visible()
