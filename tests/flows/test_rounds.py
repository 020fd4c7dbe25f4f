"""Financing rounds from their file to the verdict: currency, mean rates, kinds of rounds, what ends a unicorn."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tiny_zone import Built, TinyZone, code

from service.queries.release.provenance import source_text, sources_of
from warehouse.database.build import Snapshot
from warehouse.release.desk.desk import ZoneSnapshot

pytestmark = pytest.mark.rule("rules-are-data")

DAY = date(2024, 12, 31)
ROUNDS = "企业名称,统一社会信用代码,融资日期,轮次,融资金额,投后估值,投资方,投资方类型,信息来源"
LISTINGS = "统一社会信用代码,企业名称,证券代码,交易所,板块,事项,日期,与上市主体关系"
CONTROL = "统一社会信用代码,企业名称,变更完成日期,收购方,信息来源"
NAMES = {number: f"杭州第{number}号科技有限公司" for number in range(1, 31)}
VALUATIONS = "企业名称,统一社会信用代码,估值日期,估值,估值口径,信息来源"


def a_round(number: int, day: str, kind: str, amount: str, worth: str, investor: str = "专业机构") -> list[Any]:
    return [NAMES[number], code(number), day, kind, amount, worth, "某", investor, ""]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    zone = TinyZone(Path(tmp_path_factory.mktemp("rounds")))
    young = {5: "2022-03-01"}
    zone.registry(*[(number, name, "", young.get(number, "2016-09-01")) for number, name in NAMES.items()])
    zone.other(
        "融资事件_20241231.csv",
        ROUNDS,
        a_round(1, "2021-06-30", "D轮", "6亿元人民币", "65亿元人民币"),
        a_round(2, "2023-06-30", "D轮", "6亿元人民币", "65亿元人民币"),
        a_round(3, "2023-06-30", "D轮", "6亿元人民币", "12亿"),
        a_round(4, "2023-06-30", "D轮", "1亿", "12亿美元"),
        a_round(5, "2022-06-30", "A轮", "6000万元人民币", "3亿元人民币"),
        a_round(5, "2023-06-30", "B轮", "8000万元人民币", "9亿元人民币"),
        a_round(6, "2021-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(6, "2024-03-01", "D轮", "1亿美元", "7亿美元"),
        a_round(7, "2022-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(8, "2022-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(8, "2024-06-30", "战略融资", "1亿美元", "未披露"),
        a_round(9, "2022-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(11, "2024-06-30", "D轮", "1亿日元", "1500亿日元"),
        a_round(10, "2023-06-30", "D轮", "1亿美元", "12亿美元", investor=""),
        a_round(12, "2023-06-30", "D轮", "1亿美元", "超11亿美元", investor="个人、创投机构"),
        a_round(13, "2023-06-30", "D轮", "1亿美元", "不足9亿美元", investor="个人、产业资本"),
        a_round(14, "2023-06-30", "D轮", "1亿美元", "近12亿美元", investor="个人、热心人士"),
        a_round(15, "2023-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(15, "2023年", "D轮", "1亿美元", "7亿美元"),
        a_round(16, "2023-06-30", "C轮", "1亿美元", "12亿美元"),
        a_round(16, "2023年", "D轮", "1亿美元", "13亿美元"),
        a_round(17, "2023-06-30", "D轮", "1亿美元", "未披露"),
        a_round(19, "2022-06-30", "A轮", "1亿2千万元", ""),
        a_round(19, "2023-06-30", "B轮", "未披露", ""),
        a_round(20, "2023-06-30", "B轮", "超1亿元", ""),
        a_round(21, "2023-06-30", "B轮", "A轮3000万，B轮1亿", ""),
        a_round(22, "2023-06-30", "B轮", "3000万美元（约2.1亿元人民币）", ""),
        a_round(23, "2023-06-30", "B轮", "200万亿元", ""),
    )
    zone.other(
        "企业估值_20241231.csv",
        VALUATIONS,
        [NAMES[17], code(17), "2024-03", "12亿美元", "投后", "某"],
        [NAMES[18], code(18), "2024-03-01", "约12亿美元", "榜单", "某"],
    )
    listing = [code(9), NAMES[9], "688001", "上海证券交易所", "科创板", "上市", "2024-05-06", "本企业"]
    zone.other(
        "汇率_2024.csv",
        "币种,日期,口径,折合人民币",
        ["JPY", "2023-12-31", "年平均", "0.0503"],
        ["JPY", "2023-06-30", "当日", "0.9"],
        ["JPY", "2024-12-31", "年平均", "0"],
    )
    filing = [code(10), NAMES[10], "", "上海证券交易所", "科创板", "辅导备案", "2024-05-06", "本企业"]
    zone.other("上市信息_20241231.csv", LISTINGS, listing, filing)
    zone.other("控制权变更_20241231.csv", CONTROL, [code(7), NAMES[7], "2024-12-31", "某集团", ""])
    return zone.run(DAY, "CN")


def fact(built: Built, number: int, name: str) -> Any:
    return built.value(f"select {name} from core_firm__facts where firm_id = '{code(number)}' and day = '{DAY}'")


def verdict(built: Built, number: int, edition: str) -> tuple[Any, ...]:
    (row,) = built.rows(
        "select outcome, route, deciding_condition, missing_fact from core_tiers__verdicts"
        f" where firm_id = '{code(number)}' and day = '{DAY}' and edition_id = '{edition}'"
    )
    return row


def test_un_015_and_un_017_the_rate_is_that_of_the_year_in_which_the_round_closed(built: Built) -> None:
    """UN-015, UN-017: 65 亿 at 6.4508 of 2021 is above a billion dollars, and is marked as old."""
    # 1,007,626,960.997 dollars: the nearest cent is a whole dollar, which it does not reach
    assert fact(built, 1, "latest_post_money_usd_cents") == 100_762_696_099
    assert verdict(built, 1, "unicorn/CN/2022")[0] == "met"
    assert verdict(built, 1, "stale_valuation/CN/2022")[0] == "met"


def test_un_016_the_same_round_two_years_later_is_below_a_billion(built: Built) -> None:
    """UN-016: 65 亿 at 7.0809 of 2023."""
    assert verdict(built, 2, "unicorn/CN/2022")[:3] == ("not_met", None, "valuation")
    assert verdict(built, 2, "stale_valuation/CN/2022")[0] == "not_met"


def test_a_delivered_mean_rate_serves_a_currency_that_had_none_and_a_rate_of_nothing_waits(built: Built) -> None:
    """The yen of 2023 stands for 2024, as no other is known; the rate of a day is none of a year."""
    assert fact(built, 11, "latest_post_money_cny_fen") == 1500 * 10**10 * 503 // 10000
    assert built.rows("select rule_id, value from quarantine where feed = 'code__fx'") == [("F10", "0")]


def test_un_031_an_amount_without_a_currency_is_not_known_and_the_row_says_so(built: Built) -> None:
    """UN-031: 12 亿 of yuan and of dollars differ by a whole class; the round itself stays on record."""
    assert fact(built, 3, "latest_post_money_usd_cents") is None
    assert verdict(built, 3, "unicorn/CN/2022") == ("unknown", None, "valuation", "latest_post_money_usd_cents")
    assert fact(built, 4, "financing_total_usd_cents") is None
    rows = built.rows("select field, value from quarantine where rule_id = 'F11' order by field")
    assert rows == [("amount", "1亿"), ("post_money", "12亿")]


def test_nz_002_money_of_round_b_does_not_count_for_a_nezha(built: Built) -> None:
    """NZ-002: 6,000 万 up to round A, 8,000 万 in round B."""
    assert fact(built, 5, "financing_through_a_cny_fen") == 6000 * 10**6
    assert fact(built, 5, "largest_round_cny_fen") == 8000 * 10**6
    assert verdict(built, 5, "nezha/CN/2020")[:3] == ("not_met", None, "financing_100m")


@pytest.mark.parametrize(
    ("number", "route"), [(6, "valuation_fall"), (7, "acquired"), (9, "listed")], ids=["UN-028", "UN-029", "listed"]
)
def test_what_ends_the_status_of_unicorn_has_a_reason(built: Built, number: int, route: str) -> None:
    assert verdict(built, number, "unicorn_end/CN/2022")[:2] == ("met", route)


def test_a_later_round_without_valuation_leaves_the_latest_valuation_unknown(built: Built) -> None:
    assert verdict(built, 8, "unicorn/CN/2022")[0] == "unknown"
    assert verdict(built, 8, "unicorn_end/CN/2022")[0] == "unknown"


def test_an_investor_of_unknown_kind_is_neither_an_institution_nor_none(built: Built) -> None:
    assert fact(built, 10, "has_institutional_investment") is None


def test_a_round_of_unknown_kind_leaves_the_sum_up_to_round_a_unknown(built: Built) -> None:
    assert fact(built, 8, "financing_through_a_cny_fen") is None
    assert fact(built, 7, "financing_through_a_cny_fen") == 0


def test_the_end_of_a_range_decides_where_it_suffices(built: Built) -> None:
    outcomes = [verdict(built, number, "unicorn/CN/2022")[0] for number in (12, 13, 14)]
    assert outcomes == ["met", "not_met", "unknown"]
    ends = "select latest_post_money_usd_cents, latest_post_money_usd_cents_least, latest_post_money_usd_cents_most"
    rows = built.rows(f"{ends} from core_firm__facts where firm_id = '{code(12)}' and day = '{DAY}'")
    assert rows == [(None, 110_000_000_000, None)]
    assert fact(built, 18, "latest_post_money_usd_cents_least") == 115_000_000_000


def test_a_round_of_a_year_may_be_the_latest(built: Built) -> None:
    """Of 12 and 7 hundred million the answer is open, of 12 and 13 it is not."""
    assert verdict(built, 15, "unicorn/CN/2022")[0] == "unknown"
    assert fact(built, 16, "latest_post_money_usd_cents") is None
    assert verdict(built, 16, "unicorn/CN/2022")[0] == "met"


def test_a_valuation_after_the_latest_round_is_that_of_the_firm(built: Built) -> None:
    assert fact(built, 17, "latest_post_money_usd_cents") == 120_000_000_000
    assert verdict(built, 17, "unicorn/CN/2022")[0] == "met"


def test_an_undisclosed_round_beside_a_sufficient_one(built: Built) -> None:
    assert fact(built, 19, "financing_total_cny_fen") is None
    assert fact(built, 19, "financing_total_cny_fen_least") == 12_000 * 10**6
    assert fact(built, 20, "largest_round_cny_fen_least") == 10_000 * 10**6


def test_two_amounts_in_a_cell_wait_and_one_beyond_the_limit_is_named(built: Built) -> None:
    rows = built.rows("select rule_id, value from quarantine where field = 'amount' and rule_id in ('F10', 'F15')")
    assert sorted(rows) == [("F10", "A轮3000万，B轮1亿"), ("F15", "200万亿元")]
    message = built.value("select message_zh from quarantine where field = 'amount' and rule_id = 'F10'")
    assert message.endswith("有不认识的字")


def test_an_amount_with_its_equivalent_counts_in_its_own_currency(built: Built) -> None:
    assert fact(built, 22, "financing_total_usd_cents") == 30_000_000_00


def test_one_institution_among_several_investors_suffices(built: Built) -> None:
    assert [fact(built, number, "has_institutional_investment") for number in (12, 13, 14)] == [True, False, None]


def test_a_filing_is_no_listing(built: Built) -> None:
    assert fact(built, 10, "is_listed") is False


def test_the_answer_names_the_year_whose_rate_stood_in(built: Built) -> None:
    with Snapshot.open(built.path) as con:
        (source,) = sources_of(ZoneSnapshot(built.path, con), code(11), DAY).of(["latest_post_money_cny_fen"])
    assert source_text(source, "zh").endswith("（按 2023 年平均汇率折算，2024 年的尚无）")
    assert source_text(source, "en").endswith(" (at the mean rate of 2023, there is none of 2024 yet)")
