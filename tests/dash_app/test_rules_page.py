"""The rules on the screen: clause by clause, whom they are about, drafts and boundary cases."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import yaml
from playwright.sync_api import Page, expect

from service.errors import BadInput
from service.queries.movers.movers import Filters
from service.queries.release.records import Slice
from service.reader import ReleaseQueries, Service
from service.scope import Scope, single_user
from warehouse.home import Home

pytestmark = pytest.mark.rule("rules-are-data")

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


@pytest.fixture(scope="module")
def draft(home: Home) -> str:
    """A draft with one threshold changed and its cases, beside a file that is none."""
    folder = home.root / "drafts"
    name = "gazelle/CN-3301/2027"
    for path, content in {
        f"{name}.yml": {
            "extends": "gazelle/CN/2022",
            "title": {"zh": "示例草案", "en": "A draft"},
            "in_force": {"from": date(2027, 1, 1)},
            "change": {"technology_spending": {"more_than": "4%"}},
        },
        f"cases/{name}.yml": {
            "met": {"technology_spending_y0": "90 万元", "revenue_y0": "2000 万元"},
            "in_force": {date(2026, 12, 31): False, date(2027, 1, 1): True},
            "conditions": {"technology_spending": {"technology_spending_y0": ["800000.01 元", "80 万元"]}},
        },
        "gazelle/CN-3301/round.yml": {"extends": "gazelle/CN-3301/round"},
        "gazelle/CN-3301/spoilt.yml": {"extends": "gazelle/CN/1999"},
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return name


def test_a_draft_is_tried_on_the_firms_of_the_scope_and_answers_its_cases(home: Home, draft: str) -> None:
    name = f"draft/{draft}"
    for scope in (single_user(), Scope("张", "officer", "park", ("330104",))):
        rules, edition, written = asked(
            home,
            lambda release: (
                release.rules(),
                release.rules().edition(name),
                release.rules().edition("gazelle/CN/2022"),
            ),
            scope,
        )  # type: ignore[misc]
        tried, deciding = edition["tried"], written["counts"]  # type: ignore[index]
        assert tried["first"] == "gazelle/CN/2022"
        assert sum(tried["changes"].values()) == tried["firms"] == sum(deciding[answer] for answer in OUTCOMES)
        assert tried["answers"]["met"] == deciding["met"] + tried["changes"].get("gained", 0) - (
            tried["changes"].get("lost", 0) + tried["changes"].get("undecidable", 0)
        )
        assert [change["change"] for change in edition["differences"]] == ["changed"]  # type: ignore[index]
        cases = rules.cases(name)  # type: ignore[attr-defined]
        assert [(row["outcome"], row["expect"]) for row in cases["rows"]] == [
            ("met", "met"),
            ("not_met", "not_met"),
            ("unknown", "unknown"),
        ]
        assert [row["is_in_force"] for row in cases["days"]] == [False, True]
        refused = {row["file"].split("/")[2]: row["why"] for row in rules.refused_drafts()}  # type: ignore[attr-defined]
        assert [*refused] == ["round.yml", "spoilt.yml"]
        assert refused["round.yml"].endswith("gazelle/CN-3301/round extends itself")
    incubator = Scope("李", "incubator", "incubator", ("none",))
    assert asked(home, lambda release: release.rules().edition(name), incubator) is None
    assert asked(home, lambda release: release.rules().refused_drafts(), incubator) == []

    file = home.root / "drafts" / "cases" / f"{draft}.yml"
    sound = file.read_text("utf-8")
    for spoilt in ("conditions: {}", "met: [1]", "met: {revenue_y0: {a: 1}}", "met: {}\nconditions: {x: [[1]]}"):
        file.write_text(spoilt, "utf-8")
        with pytest.raises(BadInput, match=r"cannot be read: .*"):
            asked(home, lambda release: release.rules().cases(name))
    file.write_text(sound, "utf-8")


@pytest.mark.browser
def test_rules_are_found_and_read_clause_by_clause(page: Page, draft: str) -> None:
    page.goto("/rules")
    page.get_by_label("称号").select_option(label="高新技术企业")
    page.get_by_label("何日有效").fill("2010-01-01")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".data-cards tbody tr")).to_have_count(1)
    page.get_by_role("link", name="清除条件").click()
    page.get_by_role("link", name="高新技术企业认定管理办法", exact=True).click()
    expect(page.locator("tbody tr", has_text="科技人员占当年职工总数").first).to_contain_text("第十一条（四）")
    expect(page.get_by_role("heading", name="最接近的企业")).to_be_visible()
    expect(page.get_by_role("heading", name="与上一版本的差别")).to_be_visible()
    page.get_by_role("link", name="hnte/CN/2008").click()
    expect(page.locator(".state-closed")).to_contain_text("没有结论")
    for condition in page.locator(".rules-cases details").all()[:1]:
        condition.locator("summary").click()
        expect(condition.locator("tbody tr").first).to_contain_text("达到")
    page.goto(f"/rules?state=draft&q={draft}")
    page.get_by_role("link", name="示例草案").click()
    expect(page.locator(".state-closed").first).to_contain_text("草案文件，不据此判定")
    expect(page.get_by_role("heading", name="与现行判定版本的差别 1")).to_be_visible()
    expect(page.get_by_role("heading", name="边界案例 3")).to_be_visible()
    page.goto("/rules?state=draft&lang=en")
    expect(page.locator(".state-unknown", has_text="not in the catalogue")).to_be_visible()
    page.goto("/rules?edition=none&lang=en")
    expect(page.locator("h1")).to_have_text("There is no such edition")
    page.goto("/rules?place=nowhere")
    expect(page.get_by_role("alert")).to_contain_text("nowhere")


def test_the_firms_of_a_rule_are_those_of_the_scope(home: Home) -> None:
    whole = asked(home, lambda release: release.rules().edition("hnte/CN/2016")["counts"])  # type: ignore[index]
    park = Scope("张", "officer", "park", ("330104",))
    part, near, own = asked(
        home,
        lambda release: (
            release.rules().edition("hnte/CN/2016")["counts"],  # type: ignore[index]
            release.rules().nearest("hnte/CN/2016"),
            {row["firm_id"] for row in release.firms(Filters(), "", Slice(10_000, 0)).rows},
        ),
        park,
    )  # type: ignore[misc]
    assert near
    assert {row["firm_id"] for row in near} <= own
    assert 0 < part["not_met"] < whole["not_met"]  # type: ignore[index]
