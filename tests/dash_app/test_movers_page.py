"""The movers page in a browser: facets, chips, list, order, pages, and the drawer over it; each state an address."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from dash_app.session import parsed
from service.queries.movers.mover_list import MoverList
from service.queries.movers.movers import Filters
from service.queries.release.records import Slice
from warehouse.release.releases import Published

pytestmark = [pytest.mark.browser, pytest.mark.rule("answers-agree")]

EIGHT = ["企业", "持有", "达到", "变化", "信号与原因", "下一步与差距", "到期", "负责人"]


def rows(page: Page) -> Locator:
    return page.locator("table.movers tbody tr")


def facet(page: Page, name: str) -> Locator:
    return page.locator(".facets a", has_text=re.compile(rf"^\W*{name}\d"))


def chips(page: Page) -> Locator:
    return page.locator(".on .chip")


def expect_list(page: Page, published: Published, filters: Filters, sort: str = "") -> None:
    """The page counts the rows of these filters, and its list begins with them."""
    movers = MoverList(published, "firms")
    expect(page.locator("#matching")).to_have_text(f"{movers.count(filters):,}")
    names = [row["name"] for row in movers.page(filters, sort, Slice(5, 0))]
    for place, name in enumerate(names):
        expect(rows(page).nth(place).locator("th a")).to_have_text(name)


def test_the_first_screen_has_eight_columns_a_varied_list_and_its_reasons_whole(
    page: Page, published: Published
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/movers")

    expect_list(page, published, Filters())
    assert page.locator("table.movers thead th").all_inner_texts() == EIGHT
    table = page.locator("table.movers").bounding_box()
    assert table is not None
    assert table["x"] + table["width"] <= 1440
    first = rows(page).first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < 450, "the first row is in view without scrolling"
    kinds = rows(page).locator("td.of-signal > .badge:first-child").all_inner_texts()[:10]
    assert len(set(kinds)) >= 6
    reason = MoverList(published, "firms").page(Filters(), "", Slice(1, 0))[0]["signals"][0]["reason_zh"]
    expect(rows(page).first.locator("td.of-signal")).to_contain_text(reason)
    expect(page.get_by_role("navigation", name="页面").locator("[aria-current=page]")).to_have_text("动向")
    expect(page.locator(".freshness-line")).to_contain_text("数据至")


def test_facets_follow_the_other_filters_and_never_hide_what_counts_nothing(page: Page, published: Published) -> None:
    movers = MoverList(published, "firms")
    page.goto("/movers?held=none")
    for field, choices in movers.facets(Filters(held="none")).items():
        for choice in choices if field in ("change", "signal") else ():
            expect(facet(page, str(choice.zh))).to_have_text(re.compile(rf"{choice.zh}{choice.rows:,}$"))

    facet(page, "只差一条").click()
    expect(page).to_have_url(re.compile("signal=blocked"))
    expect_list(page, published, Filters(held="none", signal="blocked"))
    facet(page, "不变").click()
    expect_list(page, published, Filters(held="none", signal="blocked", change="same"))
    expect(chips(page)).to_have_count(3)

    page.reload()
    expect_list(page, published, Filters(held="none", signal="blocked", change="same"))

    page.get_by_role("link", name="去掉条件 信号 只差一条").click()
    expect_list(page, published, Filters(held="none", change="same"))
    page.go_back()
    expect_list(page, published, Filters(held="none", signal="blocked", change="same"))
    page.get_by_role("link", name="清除全部").click()
    expect(chips(page)).to_have_count(0)
    expect_list(page, published, Filters())


def test_the_search_is_reached_by_a_key_and_keeps_the_other_filters(page: Page, published: Published) -> None:
    firm = MoverList(published, "firms").page(Filters(change="same"), "name", Slice(1, 0))[0]
    page.goto("/movers?change=same")
    expect(rows(page).first).to_be_visible()
    for text in (firm["name"][2:6], firm["firm_id"].lower()):
        page.locator("h1").click()
        page.keyboard.press("/")
        page.keyboard.type(text)
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile(re.escape(urlencode({"q": text}))))
        expect_list(page, published, Filters(change="same", q=text))
        expect(page.get_by_role("searchbox")).to_have_value(text)


def test_order_columns_rows_and_page_are_in_the_address(page: Page, published: Published) -> None:
    page.goto("/movers")
    heading = page.get_by_role("columnheader", name="企业", exact=True)
    for sort, aria_sort in (("name", "ascending"), ("-name", "descending")):
        page.locator("thead .of-name a").click()
        expect(heading).to_have_attribute("aria-sort", aria_sort)
        expect_list(page, published, Filters(), sort)
    page.get_by_text("更多列").click()
    page.locator(".columns").get_by_role("link", name="从业人员").click()
    expect(page.locator("thead .of-staff")).to_be_visible()
    page.get_by_role("link", name="每称号一行").click()
    titles = MoverList(published, "titles")
    expect(page.locator("#matching")).to_have_text(f"{titles.count(Filters()):,}")
    page.get_by_role("link", name="下一页").first.click()
    expect(page).to_have_url(re.compile("page=2"))
    address = parsed(page.url.partition("?")[2])
    assert address == {"sort": "-name", "columns": "staff", "rows": "titles", "page": "2"}

    page.reload()
    row = titles.page(Filters(), "-name", Slice(51, 0))[50]
    expect(rows(page).first.locator("th")).to_have_text(row["name"])
    expect(rows(page).first.locator(".of-held")).to_contain_text(row["title_zh"])


def test_the_drawer_opens_over_the_list_steps_through_it_and_leads_back_to_its_place(
    page: Page, published: Published
) -> None:
    firms = MoverList(published, "firms").page(Filters(change="same"), "", Slice(50, 0))
    page.goto("/movers?change=same")
    link = rows(page).nth(7).locator("th a")
    link.scroll_into_view_if_needed()
    page.evaluate("window.scrollBy(0, 120)")
    place = page.evaluate("window.scrollY")
    title = page.locator("#drawer h2")

    link.focus()
    page.keyboard.press("Enter")
    expect(title).to_have_text(firms[7]["name"])
    expect(title).to_be_focused()
    assert parsed(page.url.partition("?")[2]) == {"change": "same", "firm": firms[7]["firm_id"]}
    assert page.evaluate("window.scrollY") == place, "the list behind keeps its place"
    page.keyboard.press("j")
    expect(title).to_have_text(firms[8]["name"])
    page.keyboard.press("ArrowUp")
    expect(title).to_have_text(firms[7]["name"])
    assert firms[7]["next_zh"] in page.locator("#drawer").inner_text()

    page.reload()
    expect(title).to_have_text(firms[7]["name"])
    page.keyboard.press("Escape")
    expect(title).to_be_hidden()
    expect(link).to_be_focused()
    assert parsed(page.url.partition("?")[2]) == {"change": "same"}
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()


def test_firms_of_others_and_none_are_a_drawer_that_says_so(page: Page) -> None:
    page.goto("/movers?firm=9133")

    expect(page.locator("#drawer h2")).to_have_text("没有这家企业")


def test_a_page_without_matches_says_so_and_offers_to_clear(page: Page, published: Published) -> None:
    page.goto("/movers?q=没有这样的企业")

    expect(page.locator(".state-empty")).to_contain_text("没有符合条件的企业")
    page.get_by_role("link", name="清除全部").click()
    expect_list(page, published, Filters())


def test_the_printed_list_is_whole(page: Page, published: Published) -> None:
    page.goto("/movers?change=same&print=1")

    expect(rows(page)).to_have_count(MoverList(published, "firms").count(Filters(change="same")))
    page.emulate_media(media="print")
    assert page.locator("table.movers thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"


def test_a_phone_shows_cards_and_a_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/movers")
    expect(rows(page).first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") == 390
    first = rows(page).first
    for column in ("name", "signal", "next", "due_on"):
        box = first.locator(f".of-{column}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    expect(page.get_by_role("link", name="培育")).to_be_hidden()
    page.get_by_role("button", name="菜单").click()
    expect(page.get_by_role("link", name="培育", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "?q=' or 1=1 --",
        "?change=x' or '1'='1",
        "?held=x'); drop table run; --",
        "?incubator=<script>alert(1)</script>",
    ],
)
def test_sql_and_html_in_an_address_are_only_values_of_filters(page: Page, address: str) -> None:
    page.goto(f"/movers{address}")

    expect(page.locator("#matching")).to_have_text("0")


def test_unknown_parameters_of_an_address_filter_nothing(page: Page, published: Published) -> None:
    page.goto("/movers?&&=&sort=x&lang=xx&change=&where=1&page=0&columns=x&rows=x")

    expect_list(page, published, Filters())
