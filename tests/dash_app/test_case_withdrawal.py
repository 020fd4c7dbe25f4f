"""Withdrawing on the page of a case: by who entered it, a new statement, shown struck through; alerts come back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from case_pages import firms_of_two_incubators, form, typed, work
from playwright.sync_api import Page, expect

from service.scope import Scope, single_user
from warehouse.casebook.book import Book
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("append-only")

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(serve: Callable[[Home], str], home: Home) -> str:
    return serve(home)


@pytest.fixture
def firms(home: Home) -> list[str]:
    """Two firms of different incubators."""
    return firms_of_two_incubators(home)


@pytest.mark.browser
def test_a_contact_entered_by_mistake_is_withdrawn_and_its_alert_comes_back(
    page: Page, home: Home, firms: list[str]
) -> None:
    (row,) = Published(home).rows(
        "select min(firm_id) as firm_id from core_firm__tenancies where firm_id > $1", [firms[1]]
    )
    firm, everybody = row["firm_id"], single_user()
    assert firm not in work(home, everybody, lambda case: case.day().contacted())  # type: ignore[operator]
    page.goto(f"/case/{firm}")
    contact = form(page, "记录联系")
    contact.get_by_label("结果").click()
    page.get_by_role("option", name="已电话沟通").click()
    contact.get_by_label("事由").fill("打错了电话")
    contact.get_by_role("button", name="保存").click()
    entry = page.locator(".timeline li", has_text="打错了电话")
    expect(entry).to_have_count(1)
    assert firm in work(home, everybody, lambda case: case.day().contacted())  # type: ignore[operator]

    entry.locator("summary", has_text="撤回").click()
    entry.get_by_role("button", name="确认撤回").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明撤回的理由")
    entry.get_by_label("为何撤回").fill("不是这家企业")
    entry.get_by_role("button", name="确认撤回").click()
    expect(entry.locator("del").first).to_be_visible()
    expect(entry).to_contain_text("local 于")
    expect(entry.locator(".kind").first).to_have_text("电话联系")
    expect(page.locator(".timeline .kind", has_text=re.compile(r"^撤回第 \d+ 号$"))).to_have_count(1)
    expect(entry).to_contain_text("不是这家企业")
    expect(entry.locator("summary")).to_have_count(0)
    assert firm not in work(home, everybody, lambda case: case.day().contacted())  # type: ignore[operator]
    kinds = [(event.kind, event.withdraws is not None) for event in Book(home).events()[-2:]]
    assert kinds == [("visit.recorded", False), ("visit.recorded", True)], "a new statement, nothing is deleted"
    page.goto(f"/firm/{firm}?open=timeline")
    expect(page.locator(".timeline del", has_text="打错了电话")).to_be_visible()
    expect(page.locator(".timeline li", has_text="打错了电话")).to_contain_text("local 于")


def test_only_who_entered_it_withdraws_it_on_a_page(home: Home, firms: list[str]) -> None:
    mine, other, sees = (
        Scope(who, role, "zone") for who, role in (("李", "officer"), ("王", "officer"), ("张", "director"))
    )

    def withdrawable(scope: Scope) -> list[int]:
        case = work(home, scope, lambda desk: desk.case(firms[0]))
        return [row["seq"] for row in case["history"] if row["may_withdraw"]]  # type: ignore[index]

    before = withdrawable(mine)
    fields = {"visited_on": str(TODAY), "note": "到访", "ours": "寄材料"}
    work(home, mine, lambda desk: desk.do(firms[0], typed("visit", "a-visit-of-mine", **fields)))
    (seq,) = set(withdrawable(mine)) - set(before)
    assert seq not in withdrawable(other)
    assert withdrawable(sees) == []
    undo = typed("undo", "a-withdrawal", seq=str(seq), own="1")
    with pytest.raises(BadInput, match="李 entered"):
        work(home, other, lambda desk: desk.do(firms[0], undo))
    work(home, mine, lambda desk: desk.do(firms[0], typed("undo", "another-one", seq=str(seq), own="1")))
    assert seq not in withdrawable(mine)
    assert not work(
        home, mine, lambda desk: [row for row in desk.day().promises([firms[0]]) if row["what"] == "寄材料"]
    )
