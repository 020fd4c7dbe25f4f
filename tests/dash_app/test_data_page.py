"""The statistician's day on the screen: what came, what waits, units, names; decided, undone, by two at once."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from service.casework import DATA_ACTS, BothVersions, DataForm
from service.decisions import quarantine
from service.queries.data.quarantine import RowFilters
from service.queries.release.records import Slice
from service.reader import ReleaseQueries, Service
from service.scope import Scope, single_user
from warehouse.casebook.book import Book
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("append-only")

OUTCOMES = ("met", "judgement", "unknown", "not_met")
SOME = Slice(50, 0)
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def site(serve: Callable[[Home], str], home: Home) -> str:
    return serve(home)


def asked(home: Home, ask: Callable[[ReleaseQueries], object], scope: Scope | None = None) -> object:
    with Service(home).release(scope or single_user()) as release:
        return ask(release)


def decide(home: Home, form: DataForm, scope: Scope | None = None) -> None:
    who = scope or single_user()
    with Service(home, lambda: NOW).release(who) as release:
        release.data_work(who).do(form)


@pytest.fixture
def rows(home: Home) -> list[str]:
    """Rows that wait, nothing being decided on them, and that can be accepted."""
    listed = asked(home, lambda release: release.data().waiting(RowFilters(), Slice(500, 0)).rows)
    decided = {row["row"] for row in asked(home, lambda release: release.data().decided())}  # type: ignore[attr-defined]
    addresses = dict.fromkeys(row["address"] for row in listed if not row["rule_id"].startswith("F"))  # type: ignore[attr-defined]
    return [address for address in addresses if address not in decided]


def form(act: str, *chosen: str, request: str, seen: int = 10**9, **more: str) -> DataForm:
    return DataForm(act, dict.fromkeys(chosen, ""), more.pop("why", "来电核实"), request, seen, **more)


def save(page: Page, why: str) -> Locator:
    page.get_by_label("理由").fill(why)
    page.get_by_role("button", name="保存决定").click()
    return page.locator("#data-notice")


@pytest.mark.browser
def test_the_day_of_a_statistician(page: Page, home: Home) -> None:
    page.goto("/data")
    expect(page.get_by_role("heading", level=1)).to_have_text("数据")
    expect(page.locator("tbody tr").first).to_contain_text("逾期")
    page.get_by_role("link", name="隔离待办").click()
    group = page.locator("tbody tr", has=page.get_by_role("link", name="高新技术产品")).first
    expect(group).to_contain_text("高新区管理委员会")
    group.get_by_role("link").click()
    expect(page.get_by_role("link", name="全部待办")).to_be_visible()
    page.get_by_label("勾选本页全部").check()
    ticked = page.locator(".data-cards tbody input:checked")
    expect(ticked).not_to_have_count(0)
    count = ticked.count()
    expect(save(page, "已与企业核对")).to_contain_text(f"· {count} ·")
    expect(page.locator(".data-decided")).to_have_count(count)

    page.get_by_role("link", name="单位存疑").click()
    report = page.locator(".data-cards > tbody > tr").first
    expect(report.locator(".data-in-question")).to_have_count(1)
    report.get_by_role("checkbox").check()
    page.get_by_role("button", name="保存决定").click()
    expect(page.get_by_role("alert")).to_contain_text("请写明理由")
    expect(report.get_by_role("checkbox")).to_be_checked()
    expect(save(page, "企业来函更正")).to_contain_text("确认建议倍数")

    page.get_by_role("link", name="已作决定").click()
    expect(page.locator(".data-cards tbody tr")).to_have_count(count + 1)
    page.locator(".data-cards tbody").get_by_role("checkbox").first.check()
    expect(save(page, "误操作")).to_contain_text("撤回决定")
    expect(page.locator(".data-cards tbody tr").first).to_contain_text(re.compile(r"撤回第 \d+ 号"))
    assert Book(home).events()[-1].withdraws is not None


@pytest.mark.browser
def test_a_row_alone_says_what_would_change_and_is_corrected(page: Page, home: Home) -> None:
    listed = asked(home, lambda release: release.data().waiting(RowFilters(rule="A05"), SOME).rows)
    address = listed[0]["address"]  # type: ignore[index]
    page.goto(f"/data?part=quarantine&row={address}")
    expect(page.locator(".data-address")).to_have_text(address)
    page.get_by_role("button", name="算一算会改变什么").click()
    expect(page.locator("#data-worked")).to_contain_text("代入该行的")
    page.get_by_label("更正一格").check()
    page.get_by_label("正确的值").fill("25")
    expect(save(page, "来函")).to_contain_text("更正一格")
    event = Book(home).events()[-1]
    assert (event.kind, event.content["value"], event.by) == ("quarantine_correct", "25", "local")


@pytest.mark.browser
def test_every_part_in_english_on_a_phone_is_not_wider_than_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/data?lang=en")
    for name in ("Quarantine", "Units in doubt", "Names to join", "Report cards", "Totals", "Releases", "Decided"):
        page.locator(".chips").first.get_by_role("link", name=name).click()
        expect(page.locator(".chips").first.locator(".chosen")).to_contain_text(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


def test_several_rows_are_decided_all_or_none_and_once(home: Home, rows: list[str]) -> None:
    before = len(Book(home).events())
    with pytest.raises(BadInput, match="没有待办"):
        decide(home, form("reject", rows[0], "zone__yearly/none//1", request="a-form-of-one"))
    assert len(Book(home).events()) == before
    for _ in range(2):
        decide(home, form("reject", *rows[:2], request="a-form-of-two"))
    assert [event.kind for event in Book(home).events()[before:]] == ["quarantine_reject"] * 2
    with pytest.raises(BadInput, match="没有待办"):
        decide(home, form("accept", rows[0], request="a-form-after"))


def test_a_decision_that_was_not_seen_is_a_conflict_with_both_versions(home: Home, rows: list[str]) -> None:
    seen = int(str(asked(home, lambda release: release.data().seen())))
    quarantine.accept(home, rows[0], by="李娜", why="已核", now=NOW)
    before = len(Book(home).events())

    with pytest.raises(BothVersions) as conflict:
        decide(home, form("reject", rows[0], rows[1], request="a-late-form", seen=seen))

    assert conflict.value.events[0].by == "李娜"
    assert len(Book(home).events()) == before
    decide(home, form("reject", rows[1], request="a-late-form", seen=seen))


def test_names_are_joined_to_the_chosen_firm_and_parted(home: Home) -> None:
    listed = asked(home, lambda release: release.data().names("", "", SOME).rows)
    mention = next(row for row in listed if row["candidates"])  # type: ignore[attr-defined]
    firm = mention["candidates"][0]["firm_id"]
    for act in ("join", "part"):
        decide(home, DataForm(act, {mention["mention_id"]: firm}, "工商查询", f"a-form-of-{act}", 10**9))
        event = Book(home).events()[-1]
        assert (event.stream, event.content) == (f"{act}:row:{mention['mention_id']}", {"firm": firm})
    with pytest.raises(BadInput, match="没有这家企业"):
        decide(home, DataForm("join", {mention["mention_id"]: "none"}, "x", "a-form-of-none", 10**9))


def test_who_may_not_decide_for_the_zone_writes_nothing_and_sees_no_row(home: Home, rows: list[str]) -> None:
    before = len(Book(home).events())
    for scope in (
        Scope("赵", "director", "zone"),
        Scope("张", "statistician", "park", ("330108",)),
        Scope("李", "incubator", "incubator", ("无",)),
    ):
        with pytest.raises(BadInput, match="不能决定"):
            decide(home, form("reject", rows[0], request="not-allowed"), scope)
    assert len(Book(home).events()) == before
    narrow = Scope("张", "statistician", "park", ("330108",))
    seen = asked(
        home,
        lambda release: [
            release.data().waiting(RowFilters(), SOME).rows, release.data().groups(RowFilters()),
            release.data().feeds(),
            release.data().units("", SOME).rows, release.data().names("", "", SOME).rows, release.data().suppliers(),
            release.data().decided(), release.data().releases(SOME).rows, release.data().periods(),
            release.data().refused(), release.data().name_reasons(), release.data().series(["91330104MA01007Q5Q"]),
        ],
        narrow,
    )  # fmt: skip
    assert not any(seen)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (form("reject", request="nothing-ticked"), "请勾选"),
        (form("reject", "a/b//1", request="without-why", why=" "), "请写明理由"),
        (form("reject", "a/b//1", request="too-long-a-why", why="长" * 1001), "最多"),
        (form("accept", "no address", request="no-address"), "不是行的地址"),
        (form("undo", "7", request="no-decision"), "已不在"),
        (form("confirm_unit", "a/b//1", request="no-report"), "没有这份存疑的报表"),
    ],
)
def test_a_form_that_cannot_be_kept_says_why(home: Home, sent: DataForm, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        decide(home, sent)


def test_no_figure_of_a_feed_for_statistics_is_shown(home: Home) -> None:
    listed = asked(home, lambda release: release.data().waiting(RowFilters(), Slice(10_000, 0)).rows)
    assert all(row["value"] is None for row in listed if row["feed"].startswith("torch__"))  # type: ignore[attr-defined]
    monthly, _, limits = asked(home, lambda release: release.data().totals(release.data().periods()[0]))  # type: ignore[misc]
    held = [row for row in monthly if row["is_hidden"]]
    assert held
    assert limits["fewest_firms"] > 1
    assert all(row[name] is None for row in held for name in ("firms", "revenue_to_date_fen", "staff_end"))


def test_every_act_is_offered_and_worded() -> None:
    from dash_app.wording.loader import values

    assert set(values()["data_act"]) == set(DATA_ACTS)
