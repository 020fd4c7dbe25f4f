"""The officer's day and the director's Monday (product B2, B5) in a browser, each as an account of its role."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from dash import Dash
from playwright.sync_api import Page, expect

from dash_app.app import create_app
from dash_app.sign_in import security
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.folds import membership, task, visit
from warehouse.home import Home
from warehouse.machine.clock import utc_now
from warehouse.release.releases import Published

pytestmark = pytest.mark.browser
PASSWORD = "一句没有人会猜到的长口令"  # noqa: S105
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
CHEAP = {"argon2__memory_cost": 8, "argon2__rounds": 1, "argon2__parallelism": 1}
NOW = datetime.now(UTC)
ACCOUNTS = {"李娜": ("officer", "zone"), "赵敏": ("director", "zone"), "周洁": ("statistician", "zone")}


@pytest.fixture(scope="module")
def home(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def firms(home: Home) -> list[str]:
    """Firms of the officer: those that meet a title and have not applied, those near a line, and others."""
    rows = Published(home).rows(
        "select firm_id from mart_movers__signals where signal in ('eligible_not_applied', 'near_miss', 'blocked')"
        " group by 1 order by count(*) filter (signal = 'near_miss') desc, 1 limit 30"
    )
    return [row["firm_id"] for row in rows]


@pytest.fixture(scope="module")
def site(serve_app: Callable[[Dash], str], home: Home, firms: list[str]) -> str:
    people = People(home, utc_now)
    for name, (role, scope) in ACCOUNTS.items():
        people.accounts.create(name, role, scope, by="root", why="开户")
        people.accounts.set_password(name, HASH, f"session of {name}")
    today = NOW.astimezone().date()
    owned = [
        Draft(f"assignment:{firm}", "assignment.made",
              {"firm": firm, "owner": "李娜", "deputy": None, "since": today.isoformat()}, "分工")
        for firm in firms
    ]  # fmt: skip
    visited = {
        "firm": firms[0], "visited_on": (today - timedelta(days=7)).isoformat(), "note": "看了新产线",
        "ours": [{"what": "发送材料清单", "by_on": today.isoformat()}], "theirs": [], "next_on": None,
    }  # fmt: skip
    raised = {
        "firm": firms[1], "what": "贷款贴息", "topic": "", "raised_on": today.isoformat(),
        "due_on": (today + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    opened = [
        Draft("visit:v1", "visit.recorded", visited, "走访"),
        Draft("request:r1", "request.raised", raised, "来电"),
    ]
    Book(home).append([*owned, *opened], by="李娜", now=NOW)
    with pytest.MonkeyPatch.context() as patch:
        for name, cost in CHEAP.items():
            patch.setitem(security.HASHING, name, cost)
        return serve_app(create_app(Service(home), SignIn(people, "k" * 64)))


def sign_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")


def test_the_officers_day(page: Page, home: Home, firms: list[str]) -> None:
    sign_in(page, "李娜")  # 08:30: own firms first, with what was promised and what is awaited
    expect(page.locator(".chip.chosen")).to_contain_text("我名下 30 家")
    expect(page.locator(".section", has_text="承诺与安排")).to_contain_text("发送材料清单")
    expect(page.locator(".section", has_text="等待答复")).to_contain_text("贷款贴息")
    names = page.locator(".today-first .firm-link").evaluate_all("links => links.map(link => link.dataset.firm)")
    assert names
    assert set(names) <= set(firms)

    calls = page.locator(".section", has_text="电话清单")  # 14:00: the question to read out, done in three taps
    first = calls.locator(".today-item").first
    expect(first.locator(".today-do")).to_contain_text("☎")
    called = first.locator(".firm-link").get_attribute("data-firm")
    first.get_by_role("button", name="记一笔").click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("请选择结果")  # the note that was typed would stay
    page.get_by_role("radio", name="未联系上").click()
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".kept")).to_have_text("已保存")
    (row,) = [row for row in Book(home).rows(task.TABLE) if row["firm_id"] == called]
    assert (row["officer"], row["state"]) == ("李娜", "open")
    assert row["due_on"] > NOW.date().isoformat()
    expect(page.locator(".section", has_text="承诺与安排")).to_contain_text("未联系上")

    page.get_by_role("button", name="标记已看").click()  # 08:30 the next time begins from here
    expect(page.get_by_text("此后没有发布新的一期")).to_be_visible()

    page.goto("/cultivation?view=enter")  # 15:30: tick firms of a signal's list
    page.locator(".work-chips a").first.click()
    expect(page.locator(".work-ticks li").nth(1)).to_be_visible()
    entering = page.locator(".work-ticks li").nth(1).locator(".firm-link").get_attribute("data-firm")
    page.locator(".work-ticks li").nth(1).get_by_role("checkbox").click()
    page.get_by_role("button", name="入库", exact=True).click()
    expect(page.get_by_role("status").locator(".kept")).to_contain_text("已入库")
    assert entering is not None
    entered = [row["firm_id"] for row in Book(home).rows(membership.TABLE)]
    refused = page.get_by_role("status").locator(".not-kept").count()
    assert (entered == [entering]) != bool(refused)

    page.goto("/cultivation?view=cases&kind=task")  # 17:15: what is open, then leave
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto("/cultivation?view=owners&former=李娜")
    expect(page.get_by_role("heading", name="移交预览")).to_contain_text("30 家")
    leave = page.locator("details", has_text="登记休假")
    leave.locator("summary").click()
    leave.get_by_label("起").fill("2027-02-01")
    leave.get_by_label("止").fill("2027-01-01")
    leave.get_by_label("副手").fill("王伟")
    leave.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("早于起日")
    expect(leave.get_by_label("副手")).to_have_value("王伟")
    leave.get_by_label("止").fill("2027-02-08")
    leave.get_by_role("button", name="保存").click()
    expect(page.locator("tbody tr", has_text="2027-02-08")).to_contain_text("王伟")


def test_the_directors_monday(page: Page, home: Home) -> None:
    sign_in(page, "赵敏")
    expect(page.locator(".today-tile")).to_have_count(6)
    expect(page.locator(".section", has_text="目标差距")).to_contain_text("高新技术企业")
    asked = page.locator(".section", has_text="请您出面的企业").locator(".today-item")
    assert 1 <= asked.count() <= 10
    expect(asked.first.locator(".today-do")).to_contain_text("请")
    expect(page.get_by_role("button", name="记一笔")).to_have_count(0)  # the work is the officers'
    shown = page.locator(".today-tile.is-at_risk b").inner_text()
    page.locator(".today-tile.is-at_risk").click()
    expect(page.locator("#matching")).to_have_text(shown)
    assert Book(home).rows(visit.TABLE)


def test_the_statisticians_morning_in_english_on_a_phone(page: Page) -> None:
    sign_in(page, "周洁")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/?lang=en")
    expect(page.get_by_role("heading", name="Quarantine that waits")).to_be_visible()
    expect(page.get_by_role("heading", name="Late feeds")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
