"""Saved views on the page: saved, opened by their link, shared, removed; what is refused stays as it was typed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from service.decisions.views import SavedViews
from service.scope import Scope, single_user
from warehouse.home import Home
from warehouse.machine.clock import utc_now

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(serve: Callable[[Home], str], home: Home) -> str:
    return serve(home)


def test_a_view_is_saved_opened_shared_and_removed(page: Page, home: Home) -> None:
    page.goto("/movers?signal=slowed&sort=-revenue")
    page.get_by_text("保存为视图").click()
    save = page.get_by_role("button", name="保存", exact=True)
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("请写明视图的名称")
    page.get_by_label("视图名称").fill("放缓的大户")
    save.click()
    expect(page.get_by_role("status").get_by_text("已保存")).to_be_visible()

    page.goto("/movers")
    link = page.locator(".tabs").get_by_role("link", name="放缓的大户")
    link.click()
    expect(page).to_have_url(re.compile(r"/movers\?signal=slowed&sort=-revenue$"))
    expect(link).to_have_attribute("aria-current", "true")

    page.get_by_text("保存为视图").click()
    page.get_by_role("button", name="共享 放缓的大户").click()
    expect(page.get_by_role("button", name="不再共享 放缓的大户")).to_be_visible()
    colleague = SavedViews(home, Scope("李娜", "officer", "zone"), utc_now)
    assert [row["name"] for row in colleague.listed()] == ["放缓的大户"]

    page.get_by_role("button", name="删除 放缓的大户").click()
    expect(link).to_be_hidden()
    assert SavedViews(home, single_user(), utc_now).listed() == []
