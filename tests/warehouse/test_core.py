"""Firms, names and titles: joined by exact keys, never by similarity."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import STEPS

from warehouse.database.build import Build
from warehouse.models.building import build_tables, set_parameters

CORE = STEPS.index(next(step for step in STEPS if step.__name__ == "build_facts"))
HNTE = "高新技术企业认定名单"
Held = Callable[[int, date], list[tuple[str, date, date]]]

BRACKETS, TWIN, OTHER_TWIN, RENAMED, SIMILAR, CERTIFIED, ENTERED, NOTICED, CANCELLED, ANNOUNCED = range(1, 11)
"""Firms with a test of their own."""


def firm(number: int) -> str:
    return f"杭州第{number}号科技有限公司"


def fill(zone: TinyZone) -> None:
    """Firms and lists, a firm or two for each test."""
    zone.registry(
        (BRACKETS, "杭州甲乙（集团）科技有限公司"),
        (TWIN, "杭州丙丁科技有限公司"),
        (OTHER_TWIN, "杭州丙丁科技有限公司"),
        (RENAMED, "杭州新戊己科技有限公司", "杭州戊己科技有限公司；杭州老戊科技有限公司"),
        (SIMILAR, "杭州庚辛科技有限公司"),
        (ANNOUNCED, "杭州新壬癸科技有限公司", "杭州壬癸科技有限公司"),
        *((number, firm(number)) for number in (CERTIFIED, ENTERED, NOTICED, CANCELLED)),
    )
    zone.recognition(
        HNTE,
        "2025-12-12",
        "公告",
        ["杭州甲乙(集团)科技有限公司\u3000"],
        ["杭州丙丁科技有限公司"],
        ["杭州老戊科技有限公司"],
        ["杭州庚己科技有限公司"],
    )
    zone.recognition(HNTE, "2022-12-24", "公告", [firm(CERTIFIED)])
    zone.recognition("科技型中小企业入库名单", "2026-06-12", "公告", [firm(ENTERED)])
    zone.recognition("高新技术企业拟认定名单", "2026-06-01", "公示", [firm(NOTICED)])
    zone.recognition(HNTE, "2024-12-19", "公告", [firm(CANCELLED)], ["杭州壬癸科技有限公司"])
    zone.recognition("撤销高新技术企业资格名单", "2025-03-14", "取消", [firm(CANCELLED)])
    zone.recognition(
        "高新技术企业更名名单",
        "2025-05-06",
        "更名",
        ["杭州壬癸科技有限公司", "杭州新壬癸科技有限公司"],
        head=["原名称", "现名称"],
    )


@pytest.fixture(scope="module")
def built(built_once: Callable[..., Built]) -> Built:
    return built_once("core", fill, steps=CORE)


@pytest.fixture(scope="module")
def held(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The titles that a firm holds on a day."""
    path = Path(shutil.copy(built.path, tmp_path_factory.mktemp("held")))

    def on(number: int, day: date) -> list[tuple[str, date, date]]:
        with Build.open(path) as build:
            set_parameters(build, day=day, previous_day=date(2020, 1, 1), place="CN-3301", run_id="test")
            build_tables(build, ["core_title__granted", "core_firm__held"])
            sql = "select designation, valid_from, valid_to from core_firm__held inner join parameter using (day)"
            return build.tuples(f"{sql} where firm_id = $1", [code(number)])

    return on


@pytest.mark.parametrize(
    ("name", "firm_id", "method"),
    [
        pytest.param("杭州甲乙(集团)科技有限公司", code(BRACKETS), "name", id="whatever its brackets and blanks"),
        pytest.param("杭州丙丁科技有限公司", None, "ambiguous", id="a name of two firms"),
        pytest.param("杭州老戊科技有限公司", code(RENAMED), "former_name", id="a former name"),
        pytest.param("杭州庚己科技有限公司", None, "none", id="a similar name"),
    ],
)
def test_a_name_is_joined_exactly_or_not_at_all(built: Built, name: str, firm_id: str | None, method: str) -> None:
    sql = f"select firm_id, match_method from core_title where trim(name_as_listed, ' \u3000') = '{name}'"

    assert built.rows(sql) == [(firm_id, method)]


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
    held: Held, day: date, is_held: bool
) -> None:
    expected = [("hnte", date(2022, 12, 24), date(2025, 12, 24))] if is_held else []
    assert held(CERTIFIED, day) == expected


def test_an_entry_number_is_held_to_the_end_of_its_year(held: Held) -> None:
    assert held(ENTERED, date(2026, 12, 31)) == [("tech_sme", date(2026, 6, 12), date(2026, 12, 31))]


def test_a_public_notice_grants_nothing(held: Held) -> None:
    assert held(NOTICED, date(2026, 6, 30)) == []


def test_a_cancellation_ends_a_title_from_its_day_on(held: Held) -> None:
    assert held(CANCELLED, date(2025, 3, 14)) == []
    assert held(CANCELLED, date(2025, 3, 13)) == [("hnte", date(2024, 12, 19), date(2027, 12, 19))]


def test_a_renaming_notice_does_not_grant_twice(held: Held) -> None:
    assert held(ANNOUNCED, date(2026, 6, 30)) == [("hnte", date(2024, 12, 19), date(2027, 12, 19))]
