"""Refused files are named until a good one replaces them, they leave the inbox or are set aside."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tiny_zone import TinyZone

from service.queries.files.file_names import list_name
from service.queries.files.refused_files import left, refused
from warehouse.casebook import set_aside
from warehouse.database.build import Snapshot
from warehouse.home import Home

pytestmark = pytest.mark.rule("nothing-lost")

LAND_AND_LOAD = 2
BAD = "序号,备注\n1,无\n"
NAME = "登记信息_20260601.csv"


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    (zone.inbox / NAME).write_text(BAD, "utf-8")
    assert _refused(zone) == [NAME]
    return zone


def _put_good(zone: TinyZone, name: str, firm: str = "杭州甲乙科技有限公司") -> None:
    other = TinyZone(zone.home.parent / "made")
    other.registry((1, firm))
    (zone.inbox / name).parent.mkdir(exist_ok=True)
    (other.inbox / NAME).replace(zone.inbox / name)


def test_a_file_that_left_the_inbox_is_refused_no_more(zone: TinyZone) -> None:
    with Snapshot.open(zone.run(steps=LAND_AND_LOAD).path) as build:
        assert left(build, zone.inbox) == []
        (zone.inbox / NAME).unlink()
        assert refused(build, Home(zone.home), zone.inbox) == []
        assert left(build, zone.inbox) == build.column("select delivery_id from rejection")


def _refused(zone: TinyZone) -> list[str]:
    """The names of the refused files after a run up to loading."""
    with Snapshot.open(zone.run(steps=LAND_AND_LOAD).path) as build:
        return [row["file_name"] for row in refused(build, Home(zone.home), zone.inbox)]


def test_a_good_file_under_the_same_name_ends_a_refusal(zone: TinyZone) -> None:
    _put_good(zone, NAME)
    assert _refused(zone) == []

    (zone.inbox / NAME).write_text(BAD, "utf-8")
    assert _refused(zone) == [NAME]


def test_a_corrected_file_beside_it_ends_a_refusal_and_another_one_does_not(zone: TinyZone) -> None:
    for other in ("登记信息_20260602.csv", "登记信息_20260601_2.csv"):
        _put_good(zone, other)
        assert _refused(zone) == [NAME]

    _put_good(zone, "登记信息_20260601_更正.csv", "杭州丙丁科技有限公司")
    assert _refused(zone) == []


def test_the_same_name_in_another_folder_does_not_end_a_refusal(zone: TinyZone) -> None:
    _put_good(zone, f"二期/{NAME}")

    assert _refused(zone) == [NAME]


def test_setting_aside_ends_a_refusal(zone: TinyZone) -> None:
    set_aside.set_aside(Home(zone.home), NAME, by="王", why="重发", now=datetime.now(UTC))

    assert _refused(zone) == []


@pytest.mark.parametrize(
    "name",
    ["名单2026（更正）.xlsx", "名单2026_更正版.csv", "名单2026 修订后.xls", "名单2026-v2.csv", "名单2026_最终_V3.csv"],
)
def test_marks_of_corrected_files(name: str) -> None:
    assert list_name(name) == list_name("名单2026.xlsx")


@pytest.mark.parametrize("name", ["名单2025.xlsx", "名单2026_2.xlsx", "名单2026(1).xlsx", "名单2026_高新.csv"])
def test_names_of_other_lists(name: str) -> None:
    assert list_name(name) != list_name("名单2026.xlsx")
