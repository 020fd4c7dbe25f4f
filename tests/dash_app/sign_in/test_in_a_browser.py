"""Sign-in in a browser: first run, failed attempts, a session that ended while a page is open; both widths."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clocks import Clock
from dash import Dash
from playwright.sync_api import Page, ViewportSize, expect
from served_sites import Site

from service.people.installation import People
from warehouse.home import Home

pytestmark = [pytest.mark.browser, pytest.mark.rule("default-deny")]
PASSWORD = "一句没有人会猜到的长口令"  # noqa: S105
PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> People:
    return People(Home(tmp_path / "home"), clock)


@pytest.fixture
def site(serve_app: Callable[[Dash], Site], app: Dash) -> Site:
    return serve_app(app)


def sign_in(page: Page, name: str = "王伟", password: str = PASSWORD) -> None:
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def set_password(page: Page, people: People) -> None:
    page.goto(f"/reset/{people.accounts.create('王伟', 'officer', 'zone', by='root', why='开户').secret}")
    page.get_by_label("新密码").fill(PASSWORD)
    page.get_by_label("再输入一次").fill(PASSWORD)
    page.get_by_role("button", name="保存").click()


@pytest.mark.parametrize("size", [ViewportSize(width=1440, height=900), PHONE], ids=["desk", "phone"])
def test_the_first_run_from_the_link_to_signing_out(page: Page, people: People, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    set_password(page, people)
    expect(page.get_by_role("status")).to_have_text("密码已设定，请登录")

    sign_in(page, password="wrong")  # noqa: S106
    expect(page.get_by_role("alert")).to_have_text("姓名或密码不对")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("还没有发布过任何一期")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto("/account")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")


def test_the_other_language_is_that_of_the_page_that_was_asked_for(page: Page, people: People) -> None:
    set_password(page, people)
    page.goto("/account")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("Name").fill("王伟")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def test_a_page_whose_session_ended_says_so_and_keeps_what_it_shows(page: Page, people: People) -> None:
    set_password(page, people)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("还没有发布过任何一期")
    page.goto("/firm/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("还没有发布过任何一期")
    people.accounts.set_active("王伟", False, by="root", why="离职")
    page.get_by_role("link", name="今日", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("登录已结束")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="在新标签页登录")).to_have_attribute("target", "_blank")


def test_a_link_that_ended_tells_the_way_out(page: Page) -> None:
    page.goto("/reset/nonsense")

    expect(page.get_by_role("heading", level=1)).to_have_text("链接已失效")
    expect(page.get_by_text("tidu account link")).to_be_visible()


class TestTooManyAttempts:
    """A pause is an answer of its own, which the browser writes into its console."""

    @pytest.fixture
    def faults(self) -> list[str]:
        return []

    def test_a_pause_is_told_with_its_seconds(self, page: Page, people: People, faults: list[str]) -> None:
        set_password(page, people)
        for _ in range(6):
            sign_in(page, password="wrong")  # noqa: S106

        expect(page.get_by_role("alert")).to_contain_text("请 30 秒后再试")
        assert all("429" in fault for fault in faults)
        faults.clear()
