"""Facts: newest statements, missing figures, and days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from tiers.schema.facts import vocabulary

pytestmark = pytest.mark.rule("unknown-not-no")

FACTS = STEPS.index(next(step for step in STEPS if step.__name__ == "build_facts")) + 1
LISTING = "统一社会信用代码,企业名称,证券代码,交易所,板块,事项,日期,与上市主体关系"
EXCEPTIONS = "统一社会信用代码,企业名称,名单类别,列入日期,移出日期,列入原因,作出决定机关"
ROUNDS = "企业名称,统一社会信用代码,融资日期,轮次,融资金额,投后估值,投资方,投资方类型,信息来源"

THOUSANDS, RESTATED, WITHDRAWN, ZERO, TWO_YEARS, MOVED = range(1, 7)
"""Firms with a test of their own; those of a table of cases are numbered from its offset."""
SIGN, BOARD, SHARE, LIST_KIND, INDUSTRY, REMOVAL, ROUND = range(100, 800, 100)

SIGNS = ["—", "-", "无", "*", "…", ""]
BOARDS = [
    ("主板", True, True),
    ("上交所主板", True, True),
    ("深交所创业板", True, True),
    ("科创板", True, False),
    ("Ａ股", True, None),  # which of the boards of the mainland it is, nobody says
    ("新三板创新层", False, False),
    ("创新层", False, False),
    ("火星板", None, None),
]
SHARES = [
    ([("830001", "新三板", "上市", "本企业"), ("600001", "主板", "上市", "子公司")], False),
    ([("830001", "新三板", "挂牌", "本企业"), ("688001", "科创板", "上市", "本企业")], True),
    ([("688001", "科创板", "上市", "本企业"), ("830001", "新三板", "摘牌", "本企业")], True),
    ([("600001", "主板", "上市", "本企业"), ("600001", "主板", "终止上市", "本企业")], False),
    ([("600001", "主板", "上市", "本企业"), ("600001", "主板", "传闻", "本企业")], None),
    ([("600001", "主板", "上市", "友好企业")], None),
    ([("830001", "新三板", "上市", "友好企业")], False),
    ([("900001", "火星板", "上市", "本企业"), ("688001", "科创板", "上市", "本企业")], True),
    ([("900001", "火星板", "上市", "本企业"), ("900001", "火星板", "退市", "本企业")], False),
]
LIST_KINDS = [
    ("经营异常", True, False, True),
    ("严重违法失信企业名单", False, True, True),
    ("环保", False, False, False),  # whether it was major, nobody says
    ("失信被执行人", False, False, True),
    ("其他名单", None, None, False),
]
INDUSTRIES = [("C3011", "3011"), ("3011", "3011"), ("C30", "30"), ("C", None)]
REMOVALS = [("", True), ("2026-06-30", False), ("2026-07-01", True)]
AMOUNTS = [
    ("2024-09-03", "7195.7万元人民币", 10_000_000_00),
    ("2024-09-03", "1000万美元", 10_000_000_00),
    ("2026-01-15", "7187.5万元", 10_000_000_00),  # no mean of 2026 yet: the newest one before it
    ("2024-09-03", "未披露", None),
    ("2024-09-03", "数千万人民币", None),
]


def firm(number: int) -> str:
    return f"杭州第{number}号科技有限公司"


def fill(zone: TinyZone) -> None:
    """A build of a zone with a firm per case."""
    own = (THOUSANDS, RESTATED, WITHDRAWN, ZERO, TWO_YEARS, MOVED)
    tables = {SIGN: SIGNS, BOARD: BOARDS, SHARE: SHARES, LIST_KIND: LIST_KINDS, REMOVAL: REMOVALS, ROUND: AMOUNTS}
    numbers = [*own, *(start + n for start, cases in tables.items() for n in range(len(cases)))]
    industries = [
        (INDUSTRY + n, firm(INDUSTRY + n), "", "2015-03-02", "存续", "", text) for n, (text, _) in enumerate(INDUSTRIES)
    ]
    zone.registry(*((number, firm(number)) for number in numbers), *industries)
    reports = {THOUSANDS: 12_345, RESTATED: 12_000, WITHDRAWN: 12_000, TWO_YEARS: 12_000}
    zone.yearly(
        2025,
        *({"uscc": number, "revenue": revenue} for number, revenue in reports.items()),
        *({"uscc": SIGN + n, "revenue": 12_000, "rd_hnte": sign} for n, sign in enumerate(SIGNS)),
        {"uscc": ZERO, "revenue": 12_000, "rd_hnte": 0},
    )
    zone.yearly(2025, {"uscc": RESTATED, "revenue": 13_000}, note="_更正")
    zone.yearly(2025, {"uscc": WITHDRAWN, "revenue": 12_000, "data_state": "dis"}, note="_撤回")
    zone.yearly(2024, {"uscc": TWO_YEARS, "revenue": 10_000})
    shares = [(BOARD + n, ("600001", board, "上市", "本企业"), "2020-01-02") for n, (board, *_) in enumerate(BOARDS)]
    shares += [
        (SHARE + n, row, day)
        for n, (rows, _) in enumerate(SHARES)
        for row, day in zip(rows, ("2020-01-02", "2021-01-02"), strict=False)
    ]
    moved = (("830001", "北交所", "上市", "本企业"), ("830001", "新三板", "摘牌", "本企业"))
    shares += [(MOVED, row, "2022-01-04") for row in moved]
    # a share is of one firm alone
    zone.other(
        "上市信息_20260601.csv",
        LISTING,
        *(
            [
                code(number),
                firm(number),
                f"{share[:3]}{number:03}",
                "",
                board,
                event,
                day,
                whose,
            ]  # a share has one firm
            for number, (share, board, event, whose), day in shares
        ),
    )
    zone.other(
        "异常名录_20260601.csv",
        EXCEPTIONS,
        *(
            [code(LIST_KIND + n), firm(LIST_KIND + n), kind, "2025-07-05", "", "", ""]
            for n, (kind, *_) in enumerate(LIST_KINDS)
        ),
        *(
            [code(REMOVAL + n), firm(REMOVAL + n), "经营异常名录", "2025-07-05", removed, "", ""]
            for n, (removed, _) in enumerate(REMOVALS)
        ),
    )
    zone.other(
        "融资事件_20260601.csv",
        ROUNDS,
        *(
            [firm(ROUND + n), code(ROUND + n), day, "A轮", amount, "", "某", "专业机构", ""]
            for n, (day, amount, _) in enumerate(AMOUNTS)
        ),
    )


@pytest.fixture(scope="module")
def built(built_once: Callable[..., Built]) -> Built:
    return built_once("facts", fill, steps=FACTS)


def fact(built: Built, number: int, name: str) -> object:
    return built.value(
        f"select {name} from core_firm__facts inner join parameter using (day) where firm_id = '{code(number)}'"
    )


def test_facts_that_are_always_known_are_known_of_every_firm(built: Built) -> None:
    """Those of ``facts.yml`` that no completion tries."""
    always = [fact.name for fact in vocabulary().values() if fact.always_known]
    missing = " + ".join(f"count_if({name} is null)" for name in always)

    assert built.value(f"select {missing} from core_firm__facts") == 0
    assert always


def test_thousands_of_yuan_are_kept_as_fen(built: Built) -> None:
    assert fact(built, THOUSANDS, "revenue_fen_y0") == 1_234_500_000


def test_a_later_file_restates_a_year_and_the_earlier_one_is_kept(built: Built) -> None:
    assert fact(built, RESTATED, "revenue_fen_y0") == 1_300_000_000
    assert built.value(f"select count(*) from stg_zone__yearly where uscc = '{code(RESTATED)}'") == 2


def test_a_withdrawn_report_withdraws_the_earlier_one_too(built: Built) -> None:
    assert fact(built, WITHDRAWN, "revenue_fen_y0") is None


@pytest.mark.parametrize("nth", range(len(SIGNS)), ids=lambda nth: SIGNS[nth])
def test_codes_for_missing_are_unknown_never_zero(built: Built, nth: int) -> None:
    assert fact(built, SIGN + nth, "revenue_fen_y0") == 1_200_000_000
    assert fact(built, SIGN + nth, "rd_hnte_fen_y0") is None


def test_zero_is_zero(built: Built) -> None:
    assert fact(built, ZERO, "rd_hnte_fen_y0") == 0


def test_a_list_that_was_never_delivered_leaves_its_fact_unknown(tmp_path: Path) -> None:
    zone = TinyZone(tmp_path)
    zone.registry((1, firm(1)))

    built = zone.run(steps=FACTS)

    assert [fact(built, 1, name) for name in ("holds_hnte", "is_listed", "is_on_abnormal_list")] == [None] * 3


@pytest.mark.parametrize("nth", range(len(BOARDS)), ids=lambda nth: BOARDS[nth][0])
def test_a_board_is_recognised_as_its_source_writes_it(built: Built, nth: int) -> None:
    board, is_listed, is_main = BOARDS[nth]

    assert fact(built, BOARD + nth, "is_listed") is is_listed
    assert fact(built, BOARD + nth, "is_on_main_board_or_chinext") is is_main
    row = f"select row_no from raw_listing__events where uscc = '{code(BOARD + nth)}'"
    assert built.rows(
        f"select field from quarantine where feed = 'listing__events' and rule_id = 'F14' and row_no in ({row})"
    ) == ([] if board != "火星板" else [("board",)])


@pytest.mark.parametrize("nth", range(len(SHARES)))
def test_a_firm_is_listed_by_one_share_of_its_own(built: Built, nth: int) -> None:
    assert fact(built, SHARE + nth, "is_listed") is SHARES[nth][1]


def test_a_share_that_moves_to_another_board_in_a_day_is_listed(built: Built) -> None:
    assert fact(built, MOVED, "is_listed") is True


@pytest.mark.parametrize("nth", range(len(LIST_KINDS)), ids=lambda nth: LIST_KINDS[nth][0])
def test_a_kind_of_list_is_recognised_as_its_source_writes_it(built: Built, nth: int) -> None:
    names = ("is_on_abnormal_list", "is_on_dishonesty_list", "are_incidents_known")

    assert tuple(fact(built, LIST_KIND + nth, name) for name in names) == LIST_KINDS[nth][1:]


@pytest.mark.parametrize("nth", range(len(INDUSTRIES)), ids=lambda nth: INDUSTRIES[nth][0])
def test_an_industry_is_read_without_the_letter_of_its_section(built: Built, nth: int) -> None:
    assert fact(built, INDUSTRY + nth, "industry_code") == INDUSTRIES[nth][1]


@pytest.mark.parametrize("nth", range(len(REMOVALS)), ids=lambda nth: REMOVALS[nth][0])
def test_a_removal_counts_from_its_day_on(built: Built, nth: int) -> None:
    assert fact(built, REMOVAL + nth, "is_on_abnormal_list") is REMOVALS[nth][1]


@pytest.mark.parametrize("nth", range(len(AMOUNTS)), ids=lambda nth: AMOUNTS[nth][1])
def test_a_round_is_converted_at_the_mean_rate_of_its_year(built: Built, nth: int) -> None:
    assert fact(built, ROUND + nth, "financing_total_usd_cents") == AMOUNTS[nth][2]


def test_events_after_the_day_are_not_known_on_it(tmp_path: Path) -> None:
    zone = TinyZone(tmp_path)
    zone.registry((1, firm(1)))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州别家科技有限公司"])
    zone.recognition("高新技术企业认定名单", "2026-07-01", "公告", [firm(1)])

    assert fact(zone.run(date(2026, 6, 30), steps=FACTS), 1, "holds_hnte") is False


def test_both_days_have_their_own_last_year(built: Built) -> None:
    assert built.rows(
        "select day, revenue_fen_y0, revenue_fen_y1 from core_firm__facts"
        f" where firm_id = '{code(TWO_YEARS)}' order by day"
    ) == [
        (date(2025, 6, 30), 1_000_000_000, None),
        (date(2026, 6, 30), 1_200_000_000, 1_000_000_000),
    ]
