"""A small release, served on this machine, and a browser whose page fails its test on any fault."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from copied_homes import copy_home
from dash import Dash
from kept_page import STATE_SECONDS, KeptPage
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    expect,
    sync_playwright,
)
from served_sites import Origin, Site
from waits import run

from dash_app.app import create_app
from service.reader import Service
from warehouse.home import Home

Serve = Callable[[Home], Site]

expect.set_options(timeout=STATE_SECONDS * 1000)


@pytest.fixture(scope="session")
def copy_of_home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Home]:
    """Makes private copies of the home, for tests that write."""

    def copy() -> Home:
        return copy_home(released, tmp_path_factory.mktemp("copy") / "home")

    return copy


@pytest.fixture(scope="session")
def origin() -> Iterator[Origin]:
    """Where the sites of all tests are served, one at a time."""
    with Origin().served() as origin:
        yield origin


@pytest.fixture(scope="session")
def serve_app(origin: Origin) -> Callable[[Dash], Site]:
    """Serves an application; ``page`` shows the ``site`` of its test."""
    return lambda app: origin.site(app.server)


@pytest.fixture(scope="session")
def serve(serve_app: Callable[[Dash], Site]) -> Serve:
    """Serves a home without accounts."""
    return lambda home: serve_app(create_app(Service(home)))


@pytest.fixture(scope="session")
def site(serve: Serve, released: Home) -> Site:
    """Where the release is served; a module with a home of its own has a ``site`` of its own."""
    return serve(released)


def _skip(reason: str) -> NoReturn:
    """On a developer's machine the page tests are skipped; where everything must be proved they fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, started once; without the window around its pages, which costs a fifth of them, if it can."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        _skip("neither chromium-headless-shell nor chromium is installed")
    fonts = shutil.which("fc-list")
    if not fonts or not run([fonts, ":lang=zh"]).stdout.strip():
        _skip("no font with Chinese signs is installed")
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield chromium_browser
        chromium_browser.close()


@pytest.fixture
def faults() -> list[str]:
    """The faults of the page of a test: errors in its console, requests to other hosts, dialogs."""
    return []


@pytest.fixture(scope="session")
def kept_page(browser: Browser) -> Iterator[KeptPage]:
    """What tests on the same site share of the browser."""
    kept = KeptPage(browser)
    yield kept
    kept.close()


@pytest.fixture
def page(kept_page: KeptPage, origin: Origin, site: Site, faults: list[str]) -> Iterator[Page]:
    """An empty page at ``site``; an error in its console or a request to anywhere else fails the test."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{site}/", f"blob:{site}/", "data:")):
            faults.append(f"request to another host: {request.url}")

    def on_dialog(dialog: Dialog) -> None:
        faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_error(error: Exception) -> None:
        faults.append(str(error))

    listeners = {"console": on_console, "pageerror": on_error, "dialog": on_dialog, "request": on_request}
    origin.show(site)
    with kept_page.at(site, listeners) as page:
        yield page
    assert faults == []
