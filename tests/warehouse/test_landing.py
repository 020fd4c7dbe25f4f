"""Landing: each original is stored once and complete, even if the run is interrupted."""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("nothing-lost")

NOW = datetime(2026, 6, 30, tzinfo=UTC)
NAME = "登记信息_20260615.csv"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / NAME).write_text("统一社会信用代码,企业名称\n", "utf-8")
    return tmp_path / "inbox"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def land(inbox: Path, home: Home) -> landing.Landing:
    return landing.land(inbox, home, load_feeds(), NOW)


def test_an_original_is_kept_byte_for_byte(inbox: Path, home: Home) -> None:
    (delivery,) = land(inbox, home).new

    assert (home.landing / delivery.original).read_bytes() == (inbox / NAME).read_bytes()
    assert landing.deliveries(home) == [delivery]


def test_the_same_file_again_is_no_delivery(inbox: Path, home: Home) -> None:
    land(inbox, home)
    copy = "登记信息_20260615 (1).csv"
    (inbox / copy).write_bytes((inbox / NAME).read_bytes())

    again = land(inbox, home)

    assert again.new == []
    assert sorted(again.known) == sorted([NAME, copy])
    assert len(landing.deliveries(home)) == 1


def test_the_same_content_under_another_day_is_a_new_delivery(inbox: Path, home: Home) -> None:
    land(inbox, home)
    (inbox / "登记信息_20260616.csv").write_bytes((inbox / NAME).read_bytes())

    (second,) = land(inbox, home).new

    assert second.file_name == "登记信息_20260616.csv"
    assert len(landing.deliveries(home)) == 2


def test_a_changed_file_of_the_same_name_is_a_delivery_of_its_own(inbox: Path, home: Home) -> None:
    land(inbox, home)
    (inbox / NAME).write_text("统一社会信用代码,企业名称\nX,Y\n", "utf-8")

    (second,) = land(inbox, home).new

    assert [delivery.seq for delivery in landing.deliveries(home)] == [1, 2]
    assert (home.landing / second.original).exists()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (".hidden.csv", "隐藏文件"),
        ("~$登记信息_1.xlsx", "锁文件"),
        ("登记信息_1.csv.part", "临时文件"),
        ("登记信息_1.CSV.TMP", "临时文件"),
        ("登记信息_1.csv.crdownload", "临时文件"),
        ("Thumbs.db", "系统文件"),
        ("README.txt", "不属于任何来源"),
        ("假日安排.csv", "不属于任何来源"),
        ("2025/假日安排.xls", "不属于任何来源"),
        ("瞪羚与独角兽企业名单.xlsx", "recognition__gazelle、recognition__unicorn"),
        ("高企奖补名单_2025-12-06_公布.xlsx", "奖补"),
        ("企业登记信息_20260601 - 副本.xlsx", "登记信息_"),
        ("某某_2026.xlsx", "tidu feeds"),
    ],
)
def test_what_is_no_delivery_is_named_with_the_reason_and_not_stored(
    inbox: Path, home: Home, name: str, why: str
) -> None:
    (inbox / name).parent.mkdir(exist_ok=True)
    (inbox / NAME).rename(inbox / name)

    result = land(inbox, home)

    (entry,) = result.passed_over
    assert (result.new, entry.name) == ([], name)
    assert why in entry.zh
    assert entry.en
    assert landing.passed_over(inbox, load_feeds()) == result.passed_over


@pytest.mark.parametrize(
    "name", ["登记信息_20260615.CSV", "登记信息_20260615.xls", "登记信息_20260615.ET", "区里/登记信息_20260615.Txt"]
)
def test_the_ending_of_a_name_and_its_case_decide_nothing(inbox: Path, home: Home, name: str) -> None:
    (inbox / name).parent.mkdir(exist_ok=True)
    (inbox / NAME).rename(inbox / name)
    assert [delivery.feed for delivery in land(inbox, home).new] == ["registry__firms"]


def test_a_folder_named_after_a_feed_takes_precedence_over_the_file_name(inbox: Path, home: Home) -> None:
    (inbox / "ip__counts").mkdir()
    (inbox / NAME).rename(inbox / "ip__counts" / "whatever.csv")

    assert [delivery.feed for delivery in land(inbox, home).new] == ["ip__counts"]


def test_a_full_disk_leaves_no_partial_original_and_the_next_run_lands_the_file(
    inbox: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            land(inbox, home)
    assert landing.deliveries(home) == []

    assert len(land(inbox, home).new) == 1
    assert [path.name for path in home.landing.rglob("*") if path.name.endswith(".part")] == []
