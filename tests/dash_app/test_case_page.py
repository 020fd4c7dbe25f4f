"""Cultivation on the screen: a firm's case, its forms, two officers at once, scope, and the list of what is open."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from case_pages import firms_of_two_incubators, form, typed, work
from playwright.sync_api import Page, expect

from dash_app.pages.case.forms import heading_of, reason, word
from dash_app.wording.loader import values
from service.casework import ACTS, CaseForm
from service.decisions import applications, pool, tasks
from service.decisions.case_events import BothVersions
from service.decisions.signed import Signed
from service.queries.cases.case import case
from service.queries.zone.entered_targets import KIND as TARGET_SET
from service.scope import Scope, single_user
from warehouse.casebook.book import Book
from warehouse.casebook.folds import application, assignment, contest, membership, request, service, task, visit
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("append-only")

TODAY = datetime.now(UTC).date()
FOLDS = (application, assignment, contest, membership, request, service, task, visit)


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


@pytest.fixture
def candidate(home: Home) -> tuple[str, str]:
    """A firm and the title it can come to next."""
    (row,) = Published(home).rows(
        "select firm_id, next_designation from mart_movers__firms where next_action = 'close_gap' and next_designation"
        " in (select designation from ref_designations where rank >= 3) order by firm_id limit 1"
    )
    return row["firm_id"], row["next_designation"]


@pytest.mark.browser
def test_what_is_typed_is_kept_and_what_is_refused_stays_as_typed(page: Page, home: Home, firms: list[str]) -> None:
    page.goto(f"/case/{firms[0]}")
    add = form(page, "新增任务")
    add.get_by_label("事项").fill("核对研发辅助账")
    add.get_by_label("到期").fill("2026-02-30")
    add.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("2026-02-30")
    expect(add.get_by_label("事项")).to_have_value("核对研发辅助账")

    add.get_by_label("到期").fill("2027-03-01")
    add.get_by_role("button", name="保存").click()
    expect(page.locator(".kept")).to_have_text("已保存")
    (row,) = [row for row in case(home, firms[0], TODAY)["tasks"] if row["what"] == "核对研发辅助账"]
    assert (row["due_on"], row["state"]) == ("2027-03-01", "open")

    page.goto("/cultivation?view=cases")
    expect(page.locator("tr", has_text="核对研发辅助账")).to_contain_text("2027-03-01")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("完成任务", "编号", "结果", "保存", "补报的")),
        ("en", ("Complete a task", "No.", "Outcome", "Save", "filed")),
    ],
)
def test_of_two_officers_at_once_the_second_sees_both_versions(
    page: Page, home: Home, firms: list[str], lang: str, words: tuple[str, ...]
) -> None:
    heading, number_label, outcome, save, typed_text = words
    signed = Signed("李娜", "年报", datetime.now(UTC))
    number = tasks.add(home, firms[1], "补报年报", signed).stream.removeprefix(task.PREFIX)
    page.goto(f"/case/{firms[1]}?lang={lang}")
    done = form(page, heading)
    done.get_by_label(number_label).click()
    page.get_by_role("option", name=number).click()
    done.get_by_label(outcome).fill(typed_text)
    tasks.postpone(home, number, None, datetime(2027, 5, 1, tzinfo=UTC).date(), signed)
    done.get_by_role("button", name=save).click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(typed_text)
    expect(alert).to_contain_text("2027-05-01")
    expect(done.get_by_label(outcome)).to_have_value(typed_text)
    (row,) = Book(home).rows(task.TABLE, task.TABLE.c.stream == f"{task.PREFIX}{number}")
    assert row["state"] == "open"


@pytest.mark.browser
def test_a_case_in_english_on_a_phone_is_not_wider_than_it(page: Page, firms: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/case/{firms[0]}?lang=en")
    expect(page.get_by_role("heading", name="History").or_(page.get_by_text("Nothing is on record"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_a_firm_enters_the_pool_on_its_page_and_is_listed(page: Page, home: Home, candidate: tuple[str, str]) -> None:
    firm_id, title = candidate
    (named,) = Published(home).rows("select zh from ref_designations where designation = $1", [title])
    page.goto(f"/case/{firm_id}")
    step = form(page, "办理培育库步骤")
    step.get_by_label("步骤").click()
    page.get_by_role("option", name="列为线索").click()
    step.get_by_label("培育目标").click()
    page.get_by_role("option", name=named["zh"], exact=True).click()
    step.get_by_role("button", name="保存").click()
    expect(page.locator(".kept")).to_have_text("已保存")
    expect(page.locator(".section", has=page.get_by_role("heading", name="培育库", exact=True))).to_contain_text(
        named["zh"]
    )

    expect(page.locator(".section", has=page.get_by_role("heading", name="经过"))).to_contain_text("入库")

    name = page.get_by_role("heading", level=1).inner_text()
    page.goto("/cultivation?view=list")
    expect(page.locator("tr", has=page.get_by_role("link", name=name))).to_contain_text(named["zh"])
    page.goto("/cultivation?view=list&lang=en")
    expect(page.get_by_role("link", name=name)).to_be_visible()
    number = Book(home).events(stream=f"pool:{firm_id}")[-1].seq
    pool.undo(home, number, Signed("王", "试", datetime.now(UTC)))


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/case/no-such-firm", "/case/%3Cb%3E"])
def test_a_firm_there_is_not_has_no_case(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这家企业")


def test_a_firm_out_of_the_scope_is_as_none(home: Home, firms: list[str]) -> None:
    incubator = Published(home).rows(
        "select incubator from core_firm__tenancies where is_current and firm_id = $1", [firms[0]]
    )[0]["incubator"]
    scope = Scope("张", "incubator", "incubator", (incubator,))
    work(home, single_user(), lambda all_: all_.do(firms[1], typed("task", "another-form", what="他园")))  # type: ignore[attr-defined]
    before = len(Book(home).events())

    assert work(home, scope, lambda own: own.case(firms[1])) is None
    with pytest.raises(BadInput):
        work(home, scope, lambda own: own.do(firms[1], typed("task", what="越权")))
    opened = work(home, scope, lambda own: own.open())
    assert "他园" not in str(opened)
    number = case(home, firms[1], TODAY)["tasks"][0]["number"]
    with pytest.raises(BadInput):  # by the number of a thing of another firm
        work(home, scope, lambda own: own.do(firms[0], typed("done", number=number, outcome="越权")))
    assert len(Book(home).events()) == before


def test_who_may_not_edit_writes_nothing(home: Home, firms: list[str]) -> None:
    with pytest.raises(BadInput):
        work(home, Scope("赵", "director", "zone"), lambda own: own.do(firms[0], typed("task", what="x")))


def test_the_same_form_twice_is_done_once(home: Home, firms: list[str]) -> None:
    for _ in range(2):
        work(home, single_user(), lambda own: own.do(firms[0], typed("request", "one-form", what="贷款贴息")))
    assert [row["what"] for row in case(home, firms[0], TODAY)["requests"]].count("贷款贴息") == 1
    work(home, single_user(), lambda own: own.do(firms[0], typed("request", "one-form", what="担保")))
    assert "担保" in [row["what"] for row in case(home, firms[0], TODAY)["requests"]]  # sent again with other words


def test_a_thing_that_moved_on_is_a_conflict(home: Home, firms: list[str]) -> None:
    signed = Signed("李娜", "试", datetime.now(UTC))
    number = tasks.add(home, firms[0], "会变的", signed).stream.removeprefix(task.PREFIX)
    sheet = CaseForm("done", {"why": "试", "number": number, "outcome": "好"}, "a-third-form", {number: 1})
    tasks.postpone(home, number, None, datetime(2027, 5, 1, tzinfo=UTC).date(), signed)
    with pytest.raises(BothVersions):
        work(home, single_user(), lambda own: own.do(firms[0], sheet))


def test_a_field_that_is_too_long_is_refused_not_cut(home: Home, firms: list[str]) -> None:
    with pytest.raises(BadInput):
        work(home, single_user(), lambda own: own.do(firms[0], typed("task", "long-form", what="长" * 4001)))


def test_a_firm_enters_the_pool_by_its_form_and_later_steps_say_why_not(home: Home, candidate: tuple[str, str]) -> None:
    firm_id, title = candidate

    def take(request: str, step: str, **fields: str) -> None:
        sheet = typed("step", request, step=step, **fields)
        work(home, single_user(), lambda own: own.do(firm_id, sheet))

    take("first-form", "nominate", designation=title)
    assert case(home, firm_id, TODAY)["pool"]["designation"] == title
    with pytest.raises(BadInput, match="专家评审意见"):
        take("second-form", "review")
    with pytest.raises(BadInput, match="没有等号"):
        take("third-form", "apply", papers="没有等号")
    take("fourth-form", "apply", papers="self_evaluation=2026-17")
    steps: list[dict[str, object]] = []
    work(home, single_user(), lambda own: steps.extend(own.steps(firm_id, {"designation": title})))
    assert {row["step"]: row["may"] for row in steps}["apply"] is False


@pytest.mark.parametrize(
    ("kept", "zh", "en"),
    [
        (heading_of("visit"), word("do_visit", "zh"), word("do_visit", "en")),
        (applications.GRANTED, "名单已授予", "granted by a list"),
        ("已联系 Bob Li", "已联系 Bob Li", "已联系 Bob Li"),
    ],
)
def test_a_reason_that_was_typed_stays_whole(kept: str, zh: str, en: str) -> None:
    assert (reason(kept, "zh"), reason(kept, "en")) == (zh, en)


def test_every_event_of_a_case_has_its_word() -> None:
    kinds = {
        value
        for fold in FOLDS
        for value in vars(fold).values()
        if isinstance(value, str) and value.startswith(fold.PREFIX.replace(":", ".")) and value != fold.PREFIX
    }
    assert kinds | {TARGET_SET} == set(values()["case_event"]), "a target is of the zone, and of no case"


def test_every_form_is_an_act_and_in_one_group() -> None:
    from dash_app.pages.case.forms import FORMS, GROUPS

    acts = [form.act for form in FORMS]
    assert {*acts, "contest"} <= set(ACTS)
    assert sorted(act for group in GROUPS.values() for act in group) == sorted(acts)
