"""What a browser asks for when it opens a page: each file once, in time, nothing that no page needs, all from here."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from copied_homes import copy_home
from flask.testing import FlaskClient
from kept_page import KeptPage
from playwright.sync_api import Page, expect

from dash_app.app import create_app
from dash_app.site.bundles import ASSETS, address, bundle
from service.errors import ReleaseUnreadable
from service.reader import Service
from service.scope import Scope
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("at-once")

HOST = {"Host": "127.0.0.1"}


@pytest.fixture(scope="module")
def client(released: Home) -> FlaskClient:
    return create_app(Service(released)).server.test_client()


def layout(client: FlaskClient, referer: str | None) -> str:
    answer = client.get("/_dash-layout", headers=HOST if referer is None else {**HOST, "Referer": referer})
    assert answer.status_code == 200
    return answer.text


def test_the_layout_has_the_page_of_the_document_that_asks_and_of_no_other(client: FlaskClient) -> None:
    own = layout(client, "http://127.0.0.1/movers?change=same&firm=x&lang=en")
    others = [layout(client, referer) for referer in (None, "http://evil.example/movers", "no address", "")]

    assert "movers-body" in own
    (drawn,) = [part["props"] for part in json.loads(own)["props"]["children"] if part["type"] == "Store"]
    assert drawn["data"] == "/movers?change=same&lang=en", "the drawer is not part of the page's address"
    assert all("movers-body" not in text and json.loads(text)["props"]["children"] for text in others)
    assert "state-empty" in layout(client, "http://127.0.0.1/no/such/page")


def lacking_a_column(release: Path) -> None:
    with Build.open(release) as build:
        build.execute("alter table rejection drop column seq")


def cut_short(release: Path) -> None:
    release.write_bytes(release.read_bytes()[:5000])


@pytest.mark.parametrize(("fault", "way_out"), [(lacking_a_column, "publish a new release"), (cut_short, "backup")])
def test_a_page_over_a_release_that_cannot_be_read_states_the_way_out(
    released: Home, tmp_path: Path, fault: Callable[[Path], None], way_out: str
) -> None:
    release = releases.current(home := copy_home(released, tmp_path / "home"))
    release.chmod(0o600)
    fault(release)
    own = create_app(Service(home)).server.test_client()

    for path in ("/", "/movers", "/data"):
        text = layout(own, f"http://127.0.0.1{path}?lang=en")
        assert way_out in text
        assert "The current release cannot be read" in text
        assert str(home.root) not in text, "where it lies is for the log"


@pytest.mark.rule("way-out")
def test_a_contest_that_meets_a_damaged_release_is_not_saved(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def damaged(service: Service, scope: Scope) -> Iterator[None]:
        raise ReleaseUnreadable("坏了", "it is damaged")
        yield

    monkeypatch.setattr(Service, "release", damaged)

    sent = client.post("/contest/any?lang=en", data={"act": "preview"}, headers=HOST)

    assert (sent.status_code, "Not saved" in sent.text) == (400, True)


def test_the_own_files_are_one_of_a_kind_under_an_address_that_states_their_content(client: FlaskClient) -> None:
    document = client.get("/movers", headers=HOST).text

    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', document) == [address("css")]
    scripts = re.findall(r'<script src="([^"]+)"', document)
    assert [path for path in scripts if not path.startswith("/_dash-component-suites/")] == [address("js")]
    assert not [path for path in scripts if "polyfill" in path or "dash_table" in path]
    for suffix in ("css", "js"):
        answer = client.get(address(suffix), headers=HOST)
        assert answer.headers["Cache-Control"] == "private, max-age=86400"
        assert answer.text == bundle(suffix)
        texts = [path.read_text("utf-8") for path in sorted(ASSETS.glob(f"*.{suffix}"))]
        places = [answer.text.index(text) for text in texts]
        assert places == sorted(places)
        assert len(answer.text) < sum(map(len, texts)) + 4 * len(texts)
    assert client.get("/assets/pages.py", headers=HOST).status_code == 404


@pytest.fixture
def site(site: str, kept_page: KeptPage) -> str:
    """Where the release is served, for a browser that has kept no file."""
    kept_page.close()
    return site


@pytest.mark.browser
def test_a_first_visit_asks_for_each_thing_once_and_for_its_page_with_the_layout(page: Page) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url.partition("?")[0] + (request.post_data or "")))
    page.goto("/movers?change=same")
    expect(page.locator("main a[data-firm]").first).to_be_visible()
    page.wait_for_load_state("networkidle")

    files = [url for url in asked if "_dash-update-component" not in url]
    assert sorted(files) == sorted(set(files)), "what is asked for early is not asked for again"
    assert sum("/assets/" in url for url in files) == 2
    page.get_by_role("link", name="数据").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("数据")
