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


def test_a_list_without_the_firm_says_no(zone: TinyZone) -> None:
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州别家科技有限公司"])

    assert fact(zone.run(steps=FACTS), "holds_hnte") is False


def test_a_listing_on_the_neeq_or_of_a_subsidiary_is_no_listing(zone: TinyZone) -> None:
    heads = "统一社会信用代码,企业名称,证券代码,交易所,板块,事项,日期,与上市主体关系"
    zone.other(
        "上市信息_20260601.csv",
        heads,
        [code(1), FIRM, "830001", "全国股转系统", "新三板", "上市", "2020-01-02", "本企业"],
        [code(1), FIRM, "600001", "上海证券交易所", "主板", "上市", "2021-01-02", "子公司"],
    )

    assert fact(zone.run(steps=FACTS), "is_listed") is False


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
