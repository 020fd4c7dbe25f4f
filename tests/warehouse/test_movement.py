"""Change of position, signals and the next step: each with its reason, and on the right side of its line."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import movement_rows as rows
import pytest
from movement_fills import (
    Fill,
    eligible,
    ending,
    falling,
    filed,
    granted,
    held,
    known_not_met,
    missing,
    near,
    newly,
    newly_by_another_way,
    nominated,
    position,
    reports,
    revenue,
    step,
    within_a_window,
)
from movement_rows import DAY, Firm

from warehouse.database.build import Build

pytestmark = pytest.mark.rule("reasons")


@pytest.fixture(scope="module")
def firms(own_empty_build: Path) -> Iterator[Callable[[Fill], Firm]]:
    """The firm of each case; all are built together."""
    fills = [fill for cases in (CHANGES, CASES, REASONS, NEXT) for _, fill, *_ in cases]
    with Build.open(own_empty_build) as build:
        rows.prepare(build)
        made = {fill: Firm(build, f"F{number}") for number, fill in enumerate([*fills, reaching_further, with_titles])}
        for fill, firm in made.items():
            fill(firm)
        rows.rebuild(build)
        yield made.__getitem__


CHANGES: list[tuple[str, Fill]] = [
    ("up", position(held="hnte")),
    ("up", position(held="gazelle", before="hnte")),
    ("up", position(met="tech_sme")),
    ("up", granted("2025-12-01")),
    ("back", granted("2021-12-01")),  # it held the rung before, and not a year ago
    ("back", position(then=False)),
    ("down", position(before="hnte")),
    ("down", position(held="tech_sme", before="hnte", met="gazelle")),
    ("down", known_not_met),
    ("same", position(held="hnte", before="hnte")),
    ("same", position(held="hnte", before="hnte", met_before="hnte")),  # nothing says that it is not met today
    ("gone", position(now=False, before="hnte")),
    ("new", position(existed=False)),
    ("new", position(existed=False, held="hnte")),
]


@pytest.mark.parametrize(("change", "fill"), CHANGES)
def test_a_change_is_one_of_six(firms: Callable[[Fill], Firm], change: str, fill: Fill) -> None:
    assert firms(fill).mover()["change"] == change


HITECH = "hitech_income_fen_y0"
CLOSED = {"is_closed": True, "closed_condition": "hitech_income_share"}
CASES: list[tuple[str, Fill, bool]] = [
    ("near_miss", near(12), True),
    ("near_miss", near(12.01), False),
    ("near_miss", near(6, open_conditions=2), False),
    ("near_miss", near(6, (9,)), True),  # three points a year: within two years
    ("near_miss", near(6, (8.9,)), False),
    ("near_miss", near(6, (6,)), False),
    ("near_miss", near(6, (None,)), False),
    ("near_miss", near(6, ()), False),
    ("near_miss", near(6, **CLOSED), False),
    ("near_miss_for_years", near(6, (6, 12)), True),
    ("near_miss_for_years", near(6, (6, 12.01)), False),
    ("near_miss_for_years", near(6, (6,)), False),
    ("near_miss_for_years", near(6, (6, 0)), False),
    ("near_miss_for_years", near(6, (6, 6), **CLOSED), False),
    ("blocked", near(30), True),
    ("blocked", near(30.01), False),
    ("blocked", near(6, open_conditions=2), False),
    ("blocked", near(6, opens_on=date(2026, 9, 1)), False),
    ("blocked", near(6, **CLOSED), False),
    ("outgrown", near(6, **CLOSED), True),
    ("outgrown", near(6), False),
    ("title_ending", ending(180), True),
    ("title_ending", ending(181), False),
    ("title_ending", ending(0), True),
    ("name_without_substance", held("not_met", 59.99), True),
    ("name_without_substance", held("judgement", 60), False),
    ("margin_thin", held("judgement", 66), True),
    ("margin_thin", held("judgement", 66.01), False),
    ("margin_thin", held("judgement", 60), True),
    ("margin_thin", held("not_met", 59.99), False),
    ("margin_thin", falling(75, 20, 21), True),  # five points a year: gone in three years
    ("margin_thin", falling(75, 19.99, 21), False),
    ("margin_thin", falling(75, 20, 20), False),
    ("margin_thin", falling(75, 20, 19), False),
    ("margin_thin", falling(75, 20), False),
    ("margin_thin", falling(75, -1, 20), False),
    ("margin_thin", falling(75, None, 20, 21), False),
    ("margin_thin", falling(75, 20, None, 21), False),
    ("margin_thin", falling(75, 20, 21, 19), True),  # two falls, whatever was before
    ("newly_eligible", newly("not_met", 6), True),
    ("newly_eligible", newly("unknown", None), True),
    ("newly_eligible", newly("judgement", None), False),
    ("eligible_not_applied", eligible(), True),
    ("eligible_not_applied", eligible(date(2026, 6, 18)), False),
    ("eligible_not_applied", eligible(date(2026, 6, 18), "renamed"), True),
    ("eligible_not_applied", eligible(DAY - timedelta(365)), False),
    ("eligible_not_applied", eligible(DAY - timedelta(366)), True),
    ("eligible_not_applied", eligible(DAY + timedelta(1)), True),
    ("eligible_not_applied", nominated, False),
    ("eligible_not_applied", filed(True), False),
    ("eligible_not_applied", filed(False), True),
    ("one_figure_decides", missing(HITECH), True),
    ("one_figure_decides", missing(HITECH, "total_income_fen_y0"), False),
    ("slowed", revenue(1050, 1000, 833), True),
    ("slowed", revenue(1051, 1000, 833), False),
    ("slowed", revenue(900, 1000, 850), False),  # it had not grown by 20 %
    ("slowed", revenue(1000, 1000, 0), False),
    ("silent", reports(2024), True),
    ("silent", reports(2025), False),
    ("silent", reports(2024, waiting=True), False),
]


@pytest.mark.parametrize(("signal", "fill", "is_given"), CASES)
def test_a_signal_is_given_up_to_its_line(
    firms: Callable[[Fill], Firm], signal: str, fill: Fill, is_given: bool
) -> None:
    assert (signal in firms(fill).signals()) is is_given


FIGURE = "「近一年高新技术产品（服务）收入占同期总收入的比例不低于 60%」（32号 第十一条（六））"
NEWLY = f"新达到 高新技术企业：{FIGURE}现为 70%，要求 ≥ 60%；2025-06-30"
REASONS: list[tuple[str, Fill, str]] = [
    (
        "near_miss",
        near(6, (12,)),
        f"高新技术企业：{FIGURE}现为 54%，要求 ≥ 60%，差 6.00 个百分点；一年缩小 6.00 个百分点，按此 2026-12-31 前达到",
    ),
    ("title_ending", ending(63), "高新技术企业 2026-09-01 到期，自评价日起 63 天"),
    (
        "margin_thin",
        falling(70, 18, 25),
        f"高新技术企业：{FIGURE}现为 70%，要求 ≥ 60%，"
        "余量连续两年收窄，上年 18.00 个百分点，今年 10.00 个百分点，照此约 2 年用尽",
    ),
    ("margin_thin", falling(66, 18, 25), f"高新技术企业：{FIGURE}现为 66%，要求 ≥ 60%，余量 6.00 个百分点"),
    ("newly_eligible", newly("not_met", 6), f"{NEWLY} 差 6.00 个百分点"),
    ("newly_eligible", newly("not_met", 0), f"{NEWLY} 未达到"),  # it was exactly on a line that must be exceeded
    (
        "newly_eligible",
        newly_by_another_way,
        "新达到 高新技术企业，改由另一途径：「拥有对主要产品（服务）在技术上发挥核心支持作用的知识产权」"
        "（32号 第十一条（二）；195号 三（二））要求 ≥ 1 件；2025-06-30 未达到",
    ),
    (
        "one_figure_decides",
        missing(HITECH),
        f"高新技术企业 只缺“上年高新技术产品（服务）收入”：{FIGURE}要求 ≥ 60%；数据在企业（企业年度报表）",
    ),
    (
        "eligible_not_applied",
        eligible(),
        "2026-06-30 起达到 高新技术企业 的可计算条件，未持有；是否已申报没有来源",
    ),
    ("eligible_not_applied", filed(False), "2026-06-30 起达到 高新技术企业 的可计算条件，未持有；明确未报送"),
]


@pytest.mark.parametrize(("signal", "fill", "reason"), REASONS)
def test_a_reason_has_condition_clause_value_line_and_gap(
    firms: Callable[[Fill], Firm], signal: str, fill: Fill, reason: str
) -> None:
    assert firms(fill).signals()[signal] == reason


NEXT: list[tuple[str, Fill]] = [
    ("close_gap", step()),
    ("apply", step(outcome="met", deciding_gap=None)),
    ("apply", step(outcome="judgement", deciding_gap=None)),
    ("apply", within_a_window),
    ("provide_data", step(outcome="unknown", missing_fact=HITECH, deciding_gap=None)),
    ("wait", step(opens_on=date(2026, 9, 1))),
    ("wait", eligible(date(2026, 6, 18))),
    ("none", step(**CLOSED)),
    ("none", nominated),
]


@pytest.mark.parametrize(("action", "fill"), NEXT)
def test_the_next_step_follows_from_what_is_missing(firms: Callable[[Fill], Firm], action: str, fill: Fill) -> None:
    mover = firms(fill).mover()

    assert mover["next_action"] == action
    assert (mover["next_condition"] is None) == (action not in ("close_gap", "provide_data"))
    assert mover["next_zh"]


def test_a_firm_that_can_apply_is_told_the_window(firms: Callable[[Fill], Firm]) -> None:
    mover, without = firms(within_a_window).mover(), firms(NEXT[1][1]).mover()

    assert (mover["next_by"], without["next_by"]) == (date(2026, 7, 17), None)
    assert (mover["next_zh"], mover["next_en"]) == (
        "申报 高新技术企业，窗口至 2026-07-17",
        "apply for the title high-tech enterprise; the window closes on 2026-07-17",
    )
    assert without["next_zh"] == "申报 高新技术企业（没有已公布的申报窗口）"


def reaching_further(firm: Firm) -> None:
    firm.exists().verdict(**CLOSED)
    firm.verdict("gazelle", deciding_condition="revenue_base")


def test_the_next_rung_is_the_next_that_can_be_reached(firms: Callable[[Fill], Firm]) -> None:
    assert firms(reaching_further).mover()["next_designation"] == "gazelle"


def with_titles(firm: Firm) -> None:
    firm.exists().holds("gazelle", valid_to=None)
    firm.holds("hnte", valid_to=date(2026, 9, 1))
    firm.holds("srdi", valid_to=date(2028, 1, 1))
    firm.verdict("hnte")
    firm.verdict("gazelle")


def test_each_date_stands_beside_its_title(firms: Callable[[Fill], Firm]) -> None:
    firm = firms(with_titles)
    mover = firm.mover()

    assert (mover["titles"], mover["due_designation"]) == (["gazelle", "hnte", "srdi"], "hnte")
    query = "select designation, valid_to from mart_movers__titles where is_held and firm_id = $1"
    dates = dict(firm.build.tuples(query, [firm.firm_id]))
    assert dates == {"gazelle": None, "hnte": date(2026, 9, 1), "srdi": date(2028, 1, 1)}
