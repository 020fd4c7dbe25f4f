"""What rules may ask: newest statements, missing figures, and days."""

from datetime import date
from pathlib import Path

import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

FACTS = STEPS.index(next(step for step in STEPS if step.__name__ == "build_facts")) + 1
FIRM = "杭州甲乙科技有限公司"


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    zone.registry((1, FIRM))
    return zone


def fact(built: Built, name: str) -> object:
    return built.one(
        f"select {name} from core_firm__facts inner join parameter using (day) where firm_id = '{code(1)}'"
    )


def test_thousands_of_yuan_are_kept_as_fen(zone: TinyZone) -> None:
    zone.yearly(2025, {"uscc": 1, "revenue": 12_345})

    assert fact(zone.run(steps=FACTS), "revenue_fen_y0") == 1_234_500_000


def test_a_later_file_restates_a_year_and_the_earlier_one_is_kept(zone: TinyZone) -> None:
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000})
    zone.yearly(2025, {"uscc": 1, "revenue": 13_000}, note="_更正")

    built = zone.run(steps=FACTS)

    assert fact(built, "revenue_fen_y0") == 1_300_000_000
    assert built.one("select count(*) from stg_zone__yearly") == 2


def test_a_withdrawn_report_withdraws_the_earlier_one_too(zone: TinyZone) -> None:
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000})
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000, "data_state": "dis"}, note="_撤回")

    assert fact(zone.run(steps=FACTS), "revenue_fen_y0") is None


@pytest.mark.parametrize("sign", ["—", "-", "无", "*", "…", ""])
def test_signs_for_missing_are_unknown_never_zero(zone: TinyZone, sign: str) -> None:
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000, "rd_hnte": sign})

    assert fact(zone.run(steps=FACTS), "rd_hnte_fen_y0") is None


def test_zero_is_zero(zone: TinyZone) -> None:
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000, "rd_hnte": 0})

    assert fact(zone.run(steps=FACTS), "rd_hnte_fen_y0") == 0


def test_a_list_that_was_never_delivered_leaves_its_fact_unknown(zone: TinyZone) -> None:
    built = zone.run(steps=FACTS)

    assert [fact(built, name) for name in ("holds_hnte", "is_listed", "is_on_abnormal_list")] == [None] * 3


LISTING = "统一社会信用代码,企业名称,证券代码,交易所,板块,事项,日期,与上市主体关系"


@pytest.mark.parametrize(
    ("board", "is_listed", "is_main"),
    [
        ("主板", True, True),
        ("上交所主板", True, True),
        ("深交所创业板", True, True),
        ("科创板", True, False),
        ("Ａ股", True, None),  # which of the boards of the mainland it is, nobody says
        ("新三板创新层", False, False),
        ("创新层", False, False),
        ("火星板", None, None),
    ],
)
def test_a_board_in_the_words_of_its_source(zone: TinyZone, board: str, is_listed: object, is_main: object) -> None:
    row = [code(1), FIRM, "600001", "", board, "上市", "2020-01-02", "本企业"]
    zone.other("上市信息_20260601.csv", LISTING, row)

    built = zone.run(steps=FACTS)

    assert fact(built, "is_listed") is is_listed
    assert fact(built, "is_on_main_board_or_chinext") is is_main
    assert built.rows("select field from quarantine where rule_id = 'F14'") == (
        [] if board != "火星板" else [("board",)]
    )


@pytest.mark.parametrize(
    ("rows", "is_listed"),
    [
        ([("830001", "新三板", "上市", "本企业"), ("600001", "主板", "上市", "子公司")], False),
        ([("830001", "新三板", "挂牌", "本企业"), ("688001", "科创板", "上市", "本企业")], True),
        ([("688001", "科创板", "上市", "本企业"), ("830001", "新三板", "摘牌", "本企业")], True),
        ([("600001", "主板", "上市", "本企业"), ("600001", "主板", "终止上市", "本企业")], False),
        ([("600001", "主板", "上市", "本企业"), ("600001", "主板", "传闻", "本企业")], None),
        ([("600001", "主板", "上市", "友好企业")], None),
        ([("830001", "新三板", "上市", "友好企业")], False),
        ([("900001", "火星板", "上市", "本企业"), ("688001", "科创板", "上市", "本企业")], True),
        ([("900001", "火星板", "上市", "本企业"), ("900001", "火星板", "退市", "本企业")], False),
    ],
)
def test_a_firm_is_listed_by_one_share_of_its_own(
    zone: TinyZone, rows: list[tuple[str, str, str, str]], is_listed: object
) -> None:
    days = ("2020-01-02", "2021-01-02")
    listed = [
        [code(1), FIRM, share, "", board, event, day, whose]
        for (share, board, event, whose), day in zip(rows, days, strict=False)
    ]
    zone.other("上市信息_20260601.csv", LISTING, *listed)

    assert fact(zone.run(steps=FACTS), "is_listed") is is_listed


def test_a_share_that_moves_to_another_board_in_a_day_is_listed(zone: TinyZone) -> None:
    rows = [
        [code(1), FIRM, "830001", "", board, event, "2022-01-04", "本企业"]
        for board, event in (("北交所", "上市"), ("新三板", "摘牌"))
    ]
    zone.other("上市信息_20260601.csv", LISTING, *rows)

    assert fact(zone.run(steps=FACTS), "is_listed") is True


@pytest.mark.parametrize(
    ("kind", "abnormal", "dishonest", "recorded"),
    [
        ("经营异常", True, False, True),
        ("严重违法失信企业名单", False, True, True),
        ("环保", False, False, False),  # whether it was major, nobody says
        ("失信被执行人", False, False, True),
        ("其他名单", None, None, False),
    ],
)
def test_a_kind_of_list_in_the_words_of_its_source(
    zone: TinyZone, kind: str, abnormal: object, dishonest: object, recorded: bool
) -> None:
    zone.other(
        "异常名录_20260601.csv",
        "统一社会信用代码,企业名称,名单类别,列入日期,列入原因",
        [code(1), FIRM, kind, "2025-07-05", ""],
    )

    built = zone.run(steps=FACTS)

    names = ("is_on_abnormal_list", "is_on_dishonesty_list", "are_incidents_known")
    assert [fact(built, name) for name in names] == [abnormal, dishonest, recorded]


@pytest.mark.parametrize(("written", "read"), [("C3011", "3011"), ("3011", "3011"), ("C30", "30"), ("C", None)])
def test_an_industry_is_read_without_the_letter_of_its_section(zone: TinyZone, written: str, read: str | None) -> None:
    zone.registry((1, FIRM, "", "2015-03-02", "存续", "", written))

    assert fact(zone.run(steps=FACTS), "industry_code") == read


@pytest.mark.parametrize(("removed", "is_listed"), [("", True), ("2026-06-30", False), ("2026-07-01", True)])
def test_a_removal_counts_from_its_day_on(zone: TinyZone, removed: str, is_listed: bool) -> None:
    heads = "统一社会信用代码,企业名称,名单类别,列入日期,移出日期,列入原因,作出决定机关"
    zone.other(
        "异常名录_20260601.csv",
        heads,
        [code(1), FIRM, "经营异常名录", "2025-07-05", removed, "", ""],
    )

    assert fact(zone.run(steps=FACTS), "is_on_abnormal_list") is is_listed


@pytest.mark.parametrize(
    ("day", "amount", "cents"),
    [
        ("2024-09-03", "7195.7万元人民币", 10_000_000_00),
        ("2024-09-03", "1000万美元", 10_000_000_00),
        (
            "2026-01-15",
            "7187.5万元",
            10_000_000_00,
        ),  # no mean of 2026 yet: the newest one before it
        ("2024-09-03", "未披露", None),
        ("2024-09-03", "数千万人民币", None),
    ],
)
def test_a_round_is_converted_at_the_mean_rate_of_its_year(
    zone: TinyZone, day: str, amount: str, cents: int | None
) -> None:
    heads = "企业名称,统一社会信用代码,融资日期,轮次,融资金额,投后估值,投资方,投资方类型,信息来源"
    zone.other(
        "融资事件_20260601.csv",
        heads,
        [FIRM, code(1), day, "A轮", amount, "", "某", "专业机构", ""],
    )

    assert fact(zone.run(steps=FACTS), "financing_total_usd_cents") == cents


def test_events_after_the_day_are_not_known_on_it(zone: TinyZone) -> None:
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州别家科技有限公司"])
    zone.recognition("高新技术企业认定名单", "2026-07-01", "公告", [FIRM])

    assert fact(zone.run(date(2026, 6, 30), steps=FACTS), "holds_hnte") is False


def test_both_days_have_their_own_last_year(zone: TinyZone) -> None:
    zone.yearly(2024, {"uscc": 1, "revenue": 10_000})
    zone.yearly(2025, {"uscc": 1, "revenue": 12_000})

    built = zone.run(steps=FACTS)

    rows = built.rows("select day, revenue_fen_y0, revenue_fen_y1 from core_firm__facts order by day")
    assert rows == [
        (date(2025, 6, 30), 1_000_000_000, None),
        (date(2026, 6, 30), 1_200_000_000, 1_000_000_000),
    ]
