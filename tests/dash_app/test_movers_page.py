"""The movers page in a browser: counts, filters, search and sorting."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from dash_app.session import parsed
from service.queries.movers import Filters, count
from service.queries.movers import page as rows_of
from warehouse.release.releases import Published

pytestmark = pytest.mark.browser

SEARCH = "搜索企业名称或代码"


def cells(page: Page, column: str) -> Locator:
    return page.locator(f".ag-center-cols-container [role=gridcell][col-id={column}]")


def expect_firms(page: Page, firms: int) -> None:
    """The text above the grid and the grid itself count this many firms."""
    expect(page.locator("#matching")).to_have_text(f"{firms:,}")
    expect(page.locator("#grid [aria-rowcount]")).to_have_attribute("aria-rowcount", str(firms + 1))


def names(published: Published, filters: Filters, *sort: dict[str, str]) -> list[str]:
    return [row["name"] for row in rows_of(published, filters, 0, 200, sort)]


def expect_first_names(page: Page, expected: list[str]) -> None:
    for place, name in enumerate(expected[:5]):
        expect(page.locator(f"[role=row][row-index='{place}'] [col-id=name]")).to_have_text(name)


def test_the_rows_and_the_totals_are_those_of_the_database(page: Page, published: Published) -> None:
    page.goto("/")

    expect_firms(page, count(published, Filters()))
    expect_first_names(page, names(published, Filters()))
    totals = published.rows("select zh, firms from mart_movers__totals order by total, seq")
    everything = f"全部{count(published, Filters())}"
    expected = [everything, *(f"{total['zh']}{total['firms']:,}" for total in totals)]
    shown = page.locator(".chips .chip").all_inner_texts()
    assert [re.sub(r"^[^\w]*|\s", "", text) for text in shown] == expected


def test_the_ladder_counts_who_holds_and_who_meets_each_rung(page: Page, published: Published) -> None:
    rungs = published.rows("select * from mart_zone__ladder where rank > 0 order by rank")
    page.goto("/")

    for place, rung in enumerate(rungs):
        expect(page.locator(".ladder li").nth(place)).to_have_text(
            f"{rung['zh']}{rung['held_count']} 持有{rung['met_count']} 达到{rung['judgement_count']} 待评审"
        )


def test_the_last_firm_is_reached_by_scrolling(page: Page, published: Published) -> None:
    expected = names(published, Filters())
    page.goto("/")
    expect_firms(page, len(expected))

    page.locator(".ag-body-viewport").hover()
    page.mouse.wheel(0, 100_000)

    last = page.locator(f"[role=row][row-index='{len(expected) - 1}'] [col-id=name]")
    expect(last).to_have_text(expected[-1])


def test_a_total_is_a_link_that_filters_and_chosen_again_removes_the_filter(page: Page, published: Published) -> None:
    page.goto("/")
    page.get_by_role("link", name="上升").click()

    expect(page).to_have_url(re.compile(r"\?change=up$"))
    expect_firms(page, count(published, Filters(change="up")))
    expect_first_names(page, names(published, Filters(change="up")))
    assert {text.split()[1] for text in cells(page, "change").all_inner_texts()} == {"上升"}

    page.get_by_role("link", name="上升").click()

    expect(page).to_have_url(re.compile(r"/\??$"))
    expect_firms(page, count(published, Filters()))


def test_filters_go_into_the_address_and_survive_reading_it_again(page: Page, published: Published) -> None:
    page.goto("/")
    page.get_by_role("textbox", name="持有", exact=True).click()
    page.get_by_role("option", name="未持有").click()
    expect(page).to_have_url(re.compile("held=none"))
    expect(page.get_by_role("link", name="上升")).to_have_attribute("href", re.compile("held=none"))
    page.get_by_role("link", name="只差一条").click()
    expect(page).to_have_url(re.compile("signal=blocked"))
    same = page.get_by_role("link", name="不变")
    expect(same).to_have_attribute("href", re.compile("signal=blocked"))  # the page of this address, not the one before it
    same.click()
    expect(page).to_have_url(re.compile("change=same"))
    filters = Filters(change="same", held="none", signal="blocked")
    expect_firms(page, count(published, filters))

    page.reload()

    expect_firms(page, count(published, filters))
    expect_first_names(page, names(published, filters))
    expect(page.get_by_role("textbox", name="持有", exact=True)).to_have_value("未持有")
    expect(page.locator(".chip.chosen").first).to_contain_text("不变")
    expect(page.locator(".chip.chosen").last).to_contain_text("只差一条")
    assert Filters.of(parsed(page.url.partition("?")[2])) == filters

    page.get_by_role("link", name="清除筛选").click()
    expect_firms(page, count(published, Filters()))
    expect(page.get_by_role("textbox", name="持有", exact=True)).to_have_value("")


def test_an_incubator_is_chosen_by_typing_part_of_its_name(page: Page, published: Published) -> None:
    page.goto("/")
    page.get_by_role("textbox", name="孵化器", exact=True).fill("云栖")
    page.get_by_role("option", name="云栖孵化器").click()

    expect_firms(page, count(published, Filters(incubator="云栖孵化器")))
    expect(cells(page, "name").first).to_be_visible()


def test_the_search_matches_part_of_a_name_and_a_code(page: Page, published: Published) -> None:
    firm = rows_of(published, Filters(), 60, 61, [])[0]
    page.goto("/")
    for text in (firm["name"][2:6], firm["firm_id"].lower()):
        page.get_by_label(SEARCH).fill(text)
        page.get_by_label(SEARCH).press("Enter")

        expect_firms(page, count(published, Filters(q=text)))
        expect_first_names(page, names(published, Filters(q=text)))
        expect(page.get_by_label(SEARCH)).to_have_value(text)
        expect(page).to_have_url(re.compile(re.escape(urlencode({"q": text})) + "$"))


def test_the_back_button_undoes_a_filter(page: Page, published: Published) -> None:
    page.goto("/")
    page.get_by_role("link", name="新进").click()
    expect_firms(page, count(published, Filters(change="new")))

    page.go_back()

    expect_firms(page, count(published, Filters()))


def test_a_header_sorts_all_firms_on_the_server(page: Page, published: Published) -> None:
    page.goto("/")
    expect_firms(page, count(published, Filters()))
    header = page.get_by_role("columnheader", name="企业")
    for direction, aria_sort in (("asc", "ascending"), ("desc", "descending")):
        with page.expect_request(lambda request: '"colId"' in (request.post_data or "")):
            header.click()

        expect(header).to_have_attribute("aria-sort", aria_sort)
        expect_first_names(page, names(published, Filters(), {"colId": "name", "sort": direction}))


def test_a_chosen_order_stays_when_a_filter_changes(page: Page, published: Published) -> None:
    page.goto("/")
    expect_firms(page, count(published, Filters()))
    by_name = {"colId": "name", "sort": "asc"}
    page.get_by_role("columnheader", name="企业").click()
    expect_first_names(page, names(published, Filters(), by_name))

    page.get_by_role("link", name="不变").click()

    expect_firms(page, count(published, Filters(change="same")))
    expect_first_names(page, names(published, Filters(change="same"), by_name))


def test_a_page_without_matches_offers_to_clear_the_filters(page: Page, published: Published) -> None:
    page.goto("/?q=没有这样的企业")

    expect_firms(page, 0)
    expect(page.get_by_text("没有符合条件的企业，请放宽或清除筛选")).to_be_visible()

    page.get_by_role("link", name="清除筛选").click()

    expect_firms(page, count(published, Filters()))
    expect(page.get_by_text("没有符合条件的企业，请放宽或清除筛选")).to_be_hidden()


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
    page.goto(f"/{address}")

    expect_firms(page, 0)


def test_unknown_parameters_of_an_address_filter_nothing(page: Page, published: Published) -> None:
    page.goto("/?&&=&sort=x&lang=xx&change=&where=1")

    expect_firms(page, count(published, Filters()))
