"""Firms, names and titles: joined by exact keys, never by similarity."""

from datetime import date
from pathlib import Path

import pytest
from tiny_zone import TinyZone, code
from whole_job import STEPS

CORE = STEPS.index(next(step for step in STEPS if step.__name__ == "build_facts")) + 1


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    return TinyZone(tmp_path)


def matched(zone: TinyZone) -> list[tuple[str, str | None, str]]:
    built = zone.run(steps=CORE)
    return built.rows("select name_as_listed, firm_id, match_method from core_title order by row_no")


def test_a_full_name_is_joined_whatever_its_brackets_and_blanks(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙（集团）科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州甲乙(集团)科技有限公司\u3000"])

    assert [row[1:] for row in matched(zone)] == [(code(1), "name")]


def test_a_name_of_two_firms_is_joined_to_neither(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"), (2, "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州甲乙科技有限公司"])

    assert [row[1:] for row in matched(zone)] == [(None, "ambiguous")]


def test_a_former_name_is_joined_with_its_method(zone: TinyZone) -> None:
    zone.registry((1, "杭州新甲乙科技有限公司", "杭州甲乙科技有限公司；杭州老甲科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州老甲科技有限公司"])

    assert [row[1:] for row in matched(zone)] == [(code(1), "former_name")]


def test_a_similar_name_is_not_joined(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2025-12-12", "公告", ["杭州甲己科技有限公司"])

    assert [row[1:] for row in matched(zone)] == [(None, "none")]


def held(zone: TinyZone, day: date) -> list[tuple[str, date, date]]:
    built = zone.run(day, steps=CORE)
    return built.rows("select designation, valid_from, valid_to from core_firm__held inner join parameter using (day)")


@pytest.mark.parametrize(
    ("day", "is_held"),
    [
        (date(2022, 12, 23), False),
        (date(2022, 12, 24), True),
        (date(2025, 12, 24), True),
        (date(2025, 12, 25), False),
    ],
)
def test_a_certificate_is_held_from_its_day_to_the_last_day_of_three_years(
    zone: TinyZone, day: date, is_held: bool
) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2022-12-24", "公告", ["杭州甲乙科技有限公司"])

    expected = [("hnte", date(2022, 12, 24), date(2025, 12, 24))] if is_held else []
    assert held(zone, day) == expected


def test_an_entry_number_is_held_to_the_end_of_its_year(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"))
    zone.recognition("科技型中小企业入库名单", "2026-06-12", "公告", ["杭州甲乙科技有限公司"])

    assert held(zone, date(2026, 12, 31)) == [("tech_sme", date(2026, 6, 12), date(2026, 12, 31))]


def test_a_public_notice_grants_nothing(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业拟认定名单", "2026-06-01", "公示", ["杭州甲乙科技有限公司"])

    assert held(zone, date(2026, 6, 30)) == []


def test_a_cancellation_ends_a_title_from_its_day_on(zone: TinyZone) -> None:
    zone.registry((1, "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2024-12-19", "公告", ["杭州甲乙科技有限公司"])
    zone.recognition("撤销高新技术企业资格名单", "2025-03-14", "取消", ["杭州甲乙科技有限公司"])

    built = zone.run(date(2025, 3, 14), steps=CORE)
    days = built.rows("select day from core_firm__held order by day")

    assert days == []
    assert held(zone, date(2025, 3, 13)) == [("hnte", date(2024, 12, 19), date(2027, 12, 19))]


def test_a_renaming_notice_does_not_grant_twice(zone: TinyZone) -> None:
    zone.registry((1, "杭州新甲乙科技有限公司", "杭州甲乙科技有限公司"))
    zone.recognition("高新技术企业认定名单", "2024-12-19", "公告", ["杭州甲乙科技有限公司"])
    zone.recognition(
        "高新技术企业更名名单",
        "2025-05-06",
        "更名",
        ["杭州甲乙科技有限公司", "杭州新甲乙科技有限公司"],
        head=["原名称", "现名称"],
    )

    assert held(zone, date(2026, 6, 30)) == [("hnte", date(2024, 12, 19), date(2027, 12, 19))]
