"""Cultivation in a browser: steps of the pool with why not, filters in the address, the month, contests decided."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from service.casework import CaseForm, Casework
from service.decisions import pool
from service.decisions.signed import Signed
from service.queries.cases.pool_situations import Act
from service.scope import Scope, single_user
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.folds import contest
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import utc_now
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("reasons")

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(serve: Callable[[Home], str], home: Home) -> str:
    return serve(home)


@pytest.fixture(scope="module")
def candidates(home: Home) -> tuple[str, list[str]]:
    """A title, and firms that can come to it next."""
    rows = Published(home).rows(
        "select next_designation as title, list(firm_id order by firm_id) as firms from mart_movers__firms"
        " where next_action = 'close_gap' and next_designation in"
        " (select designation from ref_designations where rank >= 3) group by 1 order by count(*) desc, 1 limit 1"
    )
    return rows[0]["title"], rows[0]["firms"]


@pytest.fixture(scope="module")
def lead(home: Home, candidates: tuple[str, list[str]]) -> str:
    """A firm that was nominated."""
    title, firms = candidates
    signed = Signed("李娜", "线索", NOW)
    pool.take_step(home, firms[0], "nominate", title, Act("local", signed.today), signed)
    return firms[0]


def contested(home: Home, firm: str, number: str) -> None:
    content = {
        "firm": firm, "fact": "revenue_fen_y0", "claimed": "5200万元", "cell": "zone__yearly/none//2/revenue",
        "value": "5200", "value_before": "520", "proofs": [{"name": "审计报告.pdf"}], "run_id": "r",
        "effects": [{"edition_id": "e", "designation": "hnte", "title_zh": "高新技术企业", "title_en": "high-tech",
                     "before": "not_met", "after": "met"}],
        "raised_on": "2026-11-20", "due_on": "2026-11-26",
    }  # fmt: skip
    Book(home).append([Draft(f"contest:{number}", contest.RAISED, content, "少写一位")], by="李娜", now=NOW)


@pytest.mark.browser
def test_a_step_asks_for_its_papers_and_says_why_not(page: Page, home: Home, lead: str) -> None:
    page.goto("/cultivation")
    card = page.locator(".work-card", has=page.locator(f"[data-firm='{lead}']"))
    card.get_by_role("button", name="自评申报").click()
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_role("alert")).to_contain_text("自评表")
    form.get_by_label("说明").fill("材料已齐")
    form.get_by_label("自评表").fill("2026-17")
    form.get_by_role("button", name="保存").click()
    expect(page.locator(".kept")).to_have_text("已保存")
    column = page.locator(".work-column", has_text="已自评申报")
    expect(column.locator(f"[data-firm='{lead}']")).to_be_visible()
    events = Book(home).events(stream=f"pool:{lead}")
    assert (events[-1].content["papers"], events[-1].why) == ({"self_evaluation": "2026-17"}, "材料已齐")


@pytest.mark.browser
def test_of_two_at_once_the_second_sees_both_and_keeps_what_was_typed(
    page: Page, home: Home, candidates: tuple[str, list[str]]
) -> None:
    title, firms = candidates
    signed = Signed("王伟", "线索", NOW)
    pool.take_step(home, firms[1], "nominate", title, Act("local", signed.today), signed)
    page.goto("/cultivation")
    card = page.locator(".work-card", has=page.locator(f"[data-firm='{firms[1]}']"))
    card.get_by_role("button", name="自评申报").click()
    form = page.get_by_role("dialog")
    form.get_by_label("自评表").fill("2026-18")
    papers = {"self_evaluation": "2026-99"}
    pool.take_step(home, firms[1], "apply", None, Act("local", signed.today, papers), signed)
    form.get_by_role("button", name="保存").click()
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_label("自评表")).to_have_value("2026-18")
    assert Book(home).events(stream=f"pool:{firms[1]}")[-1].content["papers"] == papers


@pytest.mark.browser
def test_filters_and_the_month_are_addresses_that_reopen(page: Page, lead: str) -> None:
    page.goto("/cultivation?view=list")
    expect(page.locator("tbody tr", has=page.locator(f"a[href*='{lead}']"))).to_be_visible()
    page.get_by_role("link", name="已逾期").click()
    expect(page.get_by_text("没有符合条件的在库企业")).to_be_visible()
    assert "due=late" in page.url
    page.reload()
    expect(page.get_by_text("没有符合条件的在库企业")).to_be_visible()
    page.goto("/cultivation?view=calendar&month=2026-12")
    expect(page.locator(".work-month td")).to_have_count(35)
    page.locator(".work-month a").first.click()
    expect(page.locator(".work-month td.is-chosen")).to_have_count(1)
    page.goto("/cultivation?view=calendar&month=2026-99&lang=en")
    expect(page.locator(".state-unknown")).to_contain_text("write a month")


@pytest.mark.browser
def test_a_contest_is_decided_with_what_it_would_change_in_view(page: Page, home: Home, lead: str) -> None:
    contested(home, lead, "c1")
    page.goto("/cultivation?view=contests")
    shown = page.locator(".section", has_text="5200万元")
    expect(shown).to_contain_text(re.compile("高新技术企业：未达.* → 达到"))
    shown.get_by_role("button", name="不采纳").click()
    expect(page.get_by_role("alert")).to_contain_text("理由")
    shown.get_by_label("理由").fill("与审计报告不符")
    shown.get_by_role("button", name="不采纳").click()
    expect(page.get_by_text("没有未结的异议")).to_be_visible()
    (row,) = Book(home).rows(contest.TABLE)
    assert (row["state"], row["decided_why"]) == ("declined", "与审计报告不符")

    page.goto(f"/firm/{lead}?open=timeline")
    page.locator(".timeline").get_by_role("link", name="异议 c1").first.click()
    expect(page).to_have_url(re.compile(f"/case/{lead}\\?contest=c1"))
    expect(page.locator("#contests tr.chosen-row")).to_contain_text("与审计报告不符")
    href = page.locator("#contests").get_by_role("link", name="CSV").get_attribute("href") or ""
    assert "c1" in page.request.get(href).text().splitlines()[1]

    listed = page.locator("#contests tbody tr")
    before, form = listed.count(), page.locator("form[data-contest]")
    page.locator("details:has(form[data-contest]) > summary").click()
    form.locator("[name=fact]").select_option(index=1)
    form.locator("[name=claimed]").fill("6300万元")
    form.locator("[name=why]").fill("少写一位")
    pdf = {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF"}
    form.locator("[name=proof]").set_input_files(pdf)
    form.locator("button[value=send]").click()
    expect(page.locator("#case-notice")).to_contain_text("已列在下面")
    expect(listed).to_have_count(before + 1)
    expect(page.locator("#contests")).to_contain_text("6300万元")


def test_contests_are_decided_by_who_checks_figures(home: Home, lead: str) -> None:
    contested(home, lead, "c2")
    for role, may in (("officer", False), ("director", False), ("statistician", True)):
        scope = Scope("某", role, "zone")
        with Published(home).desk("zone") as desk:
            work = Casework(home, scope, desk, utc_now)
            assert work.contesting().may_decide == may
            if not may:
                with pytest.raises(BadInput):
                    work.do(lead, CaseForm("decline", {"number": "c2", "why": "不"}, "number-of-a-form"))


def test_a_list_enters_only_the_ticked_firms_of_the_scope(home: Home, candidates: tuple[str, list[str]]) -> None:
    with Published(home).desk("zone") as desk:
        work = Casework(home, single_user(), desk, utc_now)
        entrance = work.board().entrances()[0]
        signal, title = entrance["signal"], entrance["designation"]
        listed = [row["firm_id"] for row in work.board().giving(signal, title)]
        fields = {"signal": signal, "designation": title, "why": "入库"}
        with pytest.raises(BadInput, match="勾选"):
            work.do("", CaseForm("step_all", {**fields, "firms": []}, "form-number-1"))
        done = work.do("", CaseForm("step_all", {**fields, "firms": listed[:2]}, "form-number-2"))
        assert len(done.events) + len(done.refused) == min(2, len(listed))
        assert {event.stream.removeprefix("pool:") for event in done.events} <= set(listed[:2])
    with Published(home).desk("own", ()) as desk:
        assert Casework(home, Scope("某", "officer", "own"), desk, utc_now).board().members() == []
