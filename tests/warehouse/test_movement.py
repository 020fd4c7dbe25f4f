"""Movements: a firm for each movement, with its reason."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from tiny_zone import TinyZone, code

WHY = {
    1: ("up", "新取得 高新技术企业"),
    2: ("down", "不再持有 高新技术企业"),
    3: ("at_risk", "高新技术企业 将于 2026-09-01 到期"),
    4: ("new", "2025-06-30 之后成立"),
    5: ("gone", "企业已不再存续"),
    6: ("stalling", r"瞪羚企业 卡在：科技活动投入强度不低于 2\.5%，差 1\.50 个百分点"),
    7: ("cannot_tell", "科技型中小企业 不能判定：缺 .+"),
    8: ("holding", "与上期相比没有变化"),
    9: ("holding", "与上期相比没有变化"),
    10: ("at_risk", "已不符合所持 科技型中小企业 的条件"),
    11: ("cannot_tell", "高新技术企业 不能判定：缺 .+"),  # too large for the rung below, which is no gap
}


@pytest.fixture(scope="module")
def movers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, dict[str, Any]]:
    zone = TinyZone(tmp_path_factory.mktemp("zone"))
    living = {
        number: (number, f"杭州企业{number}有限公司", "", "2015-03-02", "存续", "", "6510") for number in range(1, 12)
    }
    living[4] = (4, "杭州企业4有限公司", "", "2026-01-15", "存续", "", "6510")
    living[5] = (5, "杭州企业5有限公司", "", "2015-03-02", "注销", "2026-02-01", "6510")
    living[8] = (8, "杭州企业8有限公司", "", "2015-03-02", "存续", "", "7010")
    zone.registry(*living.values())
    for year, held in ((2022, [2]), (2023, [3]), (2024, [6, 8, 9]), (2025, [1])):
        day = {2022: "2022-12-01", 2023: "2023-09-01", 2024: "2024-12-01", 2025: "2025-12-12"}[year]
        zone.recognition("高新技术企业认定名单", day, "公告", *([f"杭州企业{number}有限公司"] for number in held))
    zone.recognition("科技型中小企业入库名单", "2025-05-20", "公告", ["杭州企业10有限公司"])
    zone.recognition("科技型中小企业入库名单", "2026-05-20", "公告", ["杭州企业10有限公司"])
    large, spending = {"revenue": 300_000}, {"revenue": 100_000, "technology_spending": 1000}
    rows = ({"uscc": 6, **spending}, {"uscc": 9, **spending, "technology_spending": 500}, {"uscc": 10, "revenue": 1000})
    zone.yearly(2024, *rows, {"uscc": 11, **large})
    rows = ({"uscc": 6, **spending}, {"uscc": 9, **spending}, {"uscc": 10, **large})
    zone.yearly(2025, *rows, {"uscc": 11, **large})
    built = zone.run()
    rows = built.rows("select firm_id, movement, reason_zh, reason_en, due_on from mart_movers__firms")
    names = ("firm_id", "movement", "reason_zh", "reason_en", "due_on")
    by_code = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return {number: by_code[code(number)] for number in WHY}


@pytest.mark.parametrize(("number", "movement", "reason"), [(number, *why) for number, why in WHY.items()])
def test_a_movement_has_its_reason(
    movers: Mapping[int, dict[str, Any]], number: int, movement: str, reason: str
) -> None:
    mover = movers[number]

    assert (mover["movement"], bool(re.fullmatch(reason, mover["reason_zh"]))) == (movement, True), mover["reason_zh"]
    assert mover["reason_en"]
    assert not re.search(r"[{}\u4e00-\u9fff]", mover["reason_en"])


def test_every_movement_has_a_case() -> None:
    assert {movement for movement, _ in WHY.values()} == {
        "up", "down", "at_risk", "new", "gone", "stalling", "cannot_tell", "holding",
    }  # fmt: skip
