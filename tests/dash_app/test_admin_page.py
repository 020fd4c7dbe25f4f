"""The day of an administrator: an account with its one-time link, a token, accesses, and whether chains are whole."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from service.people.installation import People
from warehouse.home import Home
from warehouse.machine.clock import utc_now


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(home: Home, serve: Callable[[Home], str]) -> str:
    return serve(home)


def form(page: Page, name: str) -> Locator:
    """The fold of an act, opened."""
    page.locator("summary", has_text=name).click()
    return page.locator("details").filter(has=page.locator("summary", has_text=name))


def test_the_day_of_an_administrator(page: Page, home: Home) -> None:
    page.goto("/admin")
    expect(page.get_by_text("还没有账户：看板为单人试用")).to_be_visible()
    create = form(page, "建立账户")
    create.get_by_label("姓名").fill("李娜")
    create.get_by_role("button", name="办理").click()
    expect(page.get_by_role("alert")).to_contain_text("未办理")
    create.get_by_label("角色").click()
    page.get_by_role("option", name="专管员").click()
    create.get_by_label("范围").fill("park:330108")
    create.get_by_label("理由").fill("入职")
    create.get_by_role("button", name="办理").click()
    link = page.locator(".admin-secret")
    expect(link).to_contain_text("/reset/")
    secret = link.inner_text().rpartition("/")[2]
    accounts = People(home, utc_now).accounts
    account = accounts.of_link(secret)
    assert account is not None
    assert (account.name, account.role, account.scope_keys) == ("李娜", "officer", ("330108",))
    row = page.get_by_role("region", name="账户").get_by_role("row").filter(has_text="李娜")
    expect(row).to_contain_text("待设密码")

    token = form(page, "建立令牌")
    token.get_by_label("姓名").fill("数据中台")
    token.get_by_label("理由").fill("取数")
    token.get_by_role("button", name="办理").click()
    expect(page.locator(".admin-secret")).to_contain_text("tidu_")
    expect(page.get_by_role("region", name="程序令牌")).to_contain_text("数据中台")

    page.get_by_role("link", name="核对记录链").click()
    expect(page.get_by_text("访问记录 0 条，完整")).to_be_visible()
    assert page.locator(".admin-secret").count() == 0, "a secret is shown once"
    page.get_by_role("link", name="导出", exact=True).last.click()
    page.wait_for_url("**/admin?kind=exported")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
