"""Every page in its states at three widths: WCAG 2.2 AA by axe, no sideways scrolling, no error, nothing off-host.

One browser, one page and one home serve all; a page is loaded once and made narrower.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from kept_page import STATE_SECONDS
from many_zones import home_with_zones
from playwright.sync_api import Browser, Page, TimeoutError, ViewportSize
from served_sites import Origin, Site
from wcag import Judge

from dash_app import routing
from dash_app.installation import Installation
from dash_app.routing import Route
from service.queries.movers.mover_list import MoverList
from service.queries.movers.movers import Filters
from service.queries.release.records import Slice
from service.zones import ZonesService
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = [pytest.mark.browser, pytest.mark.rule("for-everybody")]

WIDTHS = (1440, 1024, 390)
JUDGE = Judge()
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHORT = "/movers?signal=title_ending"
"""A list of few rows: the whole one is looked at as its page opens, and takes most of the time where it lies behind."""
STATES = {
    "drawer": f"{SHORT}&firm={{firm}}",
    "no such firm": f"{SHORT}&firm=9133",
    "filtered to empty": "/movers?q=9133-none",
    "a row a title, all columns": "/movers?rows=titles&columns=incubator,revenue,growth,rd_share,staff&lang=en",
    "printed": "/movers?signal=title_ending&print=1",
    "no such page": "/no-such-page",
    "no such case": "/case/9133",
}
"""States of pages besides those that each opens with."""
OF_ZONES = ("/", "/?view=comparison", "/?view=matrix", "/?view=cohorts&lang=en", "/?view=firms", f"/z/hz{SHORT}")


@pytest.fixture(scope="module")
def firm(published: Published) -> str:
    (row,) = MoverList(published, "firms").page(Filters(signal="title_ending"), "", Slice(1, 0))
    return str(row["firm_id"])


@pytest.fixture(scope="module")
def zones_site(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where an installation of many zones is served, beside the release."""
    home = home_with_zones(tmp_path_factory.mktemp("zones"), released)
    with Origin().served() as origin:
        yield origin.site(Installation(ZonesService(home)))


@pytest.fixture(scope="module")
def watched(browser: Browser, origin: Origin, site: Site, zones_site: Site) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what went wrong on it since it was asked last."""
    origin.show(site)
    # axe is put into the page, which the policy of the site would refuse
    context = browser.new_context(base_url=site, reduced_motion="reduce", bypass_csp=True)
    context.set_default_timeout(STATE_SECONDS * 1000)
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda message: _note(message, faults))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: _note_request(request.url, (site, zones_site), faults))
    yield page, faults
    context.close()


def _note(message: Any, faults: list[str]) -> None:
    # the answer to a path that no page has is a page that says so, with the status that says so too
    if message.type == "error" and "404 (NOT FOUND)" not in message.text:
        faults.append(message.text)


def _note_request(url: str, sites: tuple[str, ...], faults: list[str]) -> None:
    own = [begin for site in sites for begin in (f"{site}/", f"blob:{site}/")]
    if not url.startswith((*own, "data:")):
        faults.append(f"request to another host: {url}")


def problems(
    watched: tuple[Page, list[str]], address: str, then: Callable[[Page], object] = lambda _: None
) -> dict[int, list[str]]:
    """What is wrong with the page of an address by width; its content and its drawer are drawn first."""
    page, faults = watched
    faults.clear()
    page.set_viewport_size(ViewportSize(width=WIDTHS[0], height=900))
    page.goto(address)
    page.locator("#page h1").first.wait_for()
    if "firm=" in address:
        page.locator("#drawer h2").wait_for()
    then(page)
    by_width = {width: _at_width(page, width) for width in WIDTHS}
    by_width[WIDTHS[-1]] += faults
    return {width: wrong for width, wrong in by_width.items() if wrong}


def _at_width(page: Page, width: int) -> list[str]:
    page.set_viewport_size(ViewportSize(width=width, height=900))
    with suppress(TimeoutError):  # a chart takes the new width after a moment
        page.wait_for_function(f"{TOO_WIDE} <= 0", timeout=STATE_SECONDS * 1000)
    wide = page.evaluate(TOO_WIDE)
    headings = page.locator("#page h1").count()
    return [
        *JUDGE.violations(page),
        *([f"scrolls {wide} px sideways"] if wide > 0 else []),
        *([f"{headings} headings of the first level"] if headings != 1 else []),
    ]


def address_of(route: Route, firm: str) -> str:
    return route.path(**({"firm_id": firm} if "{firm_id}" in route.pattern else {}))


@pytest.mark.rule(
    "for-everybody", "every page is for people who cannot see, cannot use a mouse, or have a small screen (WCAG 2.2 AA)"
)
@pytest.mark.parametrize("route", routing.ROUTES, ids=lambda route: route.name)
def test_every_page_at_every_width(watched: tuple[Page, list[str]], firm: str, route: Route) -> None:
    assert problems(watched, address_of(route, firm)) == {}


@pytest.mark.rule("for-everybody", "a page is for everybody in each of its states")
@pytest.mark.parametrize("state", STATES)
def test_every_state(watched: tuple[Page, list[str]], firm: str, state: str) -> None:
    assert problems(watched, STATES[state].format(firm=firm)) == {}


@pytest.mark.rule("for-everybody", "a page is for everybody, over all zones and within one")
def test_every_page_of_many_zones(watched: tuple[Page, list[str]], zones_site: str) -> None:
    wrong = {path: problems(watched, f"{zones_site}{path}") for path in OF_ZONES}

    assert {path: faults for path, faults in wrong.items() if faults} == {}
    page, _ = watched
    page.get_by_role("link", name="各高新区").click()
    page.get_by_role("link", name="hz区").click()
    page.wait_for_url(f"{zones_site}/z/hz/")
    page.wait_for_function("document.title.startsWith('今日')")


def test_a_notice_and_a_dialog(watched: tuple[Page, list[str]]) -> None:
    def refused(page: Page) -> None:
        page.get_by_text("保存为视图").click()
        page.get_by_role("button", name="保存", exact=True).click()
        page.get_by_role("alert").wait_for()

    assert problems(watched, SHORT, refused) == {}
    assert problems(watched, SHORT, lambda page: page.keyboard.press("?")) == {}


def test_a_page_that_is_not_for_everybody_is_noticed(watched: tuple[Page, list[str]]) -> None:
    page, _ = watched
    page.set_content("<html lang='zh'><title>x</title><main><h1>x</h1><input><img src='data:,x'></main></html>")

    assert {line.partition(":")[0] for line in JUDGE.violations(page)} >= {"label", "image-alt"}


BOX = "position: absolute; left: 0; top: 0; width: 400px; height: 400px"
CONTRASTS = {
    "another colour": "<p>甲乙丙</p><p style='color: #bbb'>甲乙丁</p>",
    "over a box of another element": f"<p>甲乙丙</p><div style='{BOX}; background: #222; z-index: -1'></div>",
    "out of the box of its parent": (
        "<div class='d'><p>甲乙丙</p></div><div class='d'><p style='position: relative; top: 300px'>甲乙丁</p></div>"
    ),
    "by its place": "<p class='n'>甲乙丙</p><p class='n'>甲乙丁</p>",
    "after a single sign": "<p style='color: #bbb'>甲</p><p style='color: #bbb'>甲乙丁</p>",
    "less opaque": "<p>甲乙丙</p><div style='opacity: .3'><p>甲乙丁</p></div>",
}


@pytest.mark.parametrize("case", CONTRASTS)
def test_a_text_that_cannot_be_read_is_noticed_beside_one_that_can(watched: tuple[Page, list[str]], case: str) -> None:
    page, _ = watched
    style = (
        "body {margin: 0; background: #fff} p {margin: 8px} .d {background: #222; color: #eee} .n + .n {color: #bbb}"
    )
    before = "<html lang='zh'><title>x</title><style>" + style + "</style><main><h1>x</h1>"
    page.set_content(f"{before}<p>甲乙丙</p></main></html>")
    judge = Judge()
    assert judge.violations(page) == []
    page.set_content(f"{before}{CONTRASTS[case]}</main></html>")

    assert "color-contrast" in {line.partition(":")[0] for line in judge.violations(page)}
