"""What a file says of itself: in its name however the day is written, or in the title above the table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.table import read_tables, stated_of

HNTE = load_feeds()["recognition__hnte"]
HEAD = ["序号", "企业名称", "证书编号"]


def said(folder: Path, name: str, *above: Sequence[Any]) -> dict[str, str]:
    with xlsxwriter.Workbook(path := folder / name) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([*above, HEAD, [1, "甲科技有限公司", "GR202533000001"]]):
            sheet.write_row(at, 0, row)
    tables = read_tables(path, name, HNTE)
    (found,) = stated_of(HNTE, name, tables)
    return found


@pytest.mark.parametrize("day", ["2025-12-01", "20251201", "2025年12月1日"])
def test_the_day_may_be_written_in_any_way(tmp_path: Path, day: str) -> None:
    found = said(tmp_path, f"高新技术企业名单_{day}_公告.xlsx")

    assert (found["issued_on"], found["event"]) == (day, "公告")


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("关于2025年认定的第一批高新技术企业进行备案的公告", "公告"),
        ("关于公示2025年拟认定高新技术企业名单的公告", "公示"),
        ("2025年第一批拟认定高新技术企业名单", "拟认定"),
        ("关于取消甲公司高新技术企业资格的公告", "取消"),
        ("关于公布高新技术企业更名名单的公告", "更名"),
        ("高新技术企业更名公示", "公示"),
    ],
)
def test_the_title_says_what_the_name_does_not_and_a_public_notice_goes_first(
    tmp_path: Path, title: str, event: str
) -> None:
    assert said(tmp_path, "高企名单_20251201.xlsx", ["附件2"], [title])["event"] == event


def test_a_public_notice_in_the_title_is_not_made_a_final_list_by_the_name(tmp_path: Path) -> None:
    assert said(tmp_path, "高企认定名单_20251201.xlsx", ["高新技术企业备案公示"])["event"] == "公示"


@pytest.mark.parametrize(
    ("name", "missing"), [("高企名单_20251201.xlsx", "event"), ("高企名单_公告.xlsx", "issued_on")]
)
def test_where_neither_says_it_the_message_shows_how(tmp_path: Path, name: str, missing: str) -> None:
    with pytest.raises(BadInput, match=f"没有写明 {missing}；例如 高新技术企业名单_2023-12-08_公告.xlsx"):
        said(tmp_path, name)


@pytest.mark.parametrize("feed", [one for one in load_feeds().values() if any(s.example for s in one.stated)])
def test_the_example_in_the_message_would_be_taken(feed: Any) -> None:
    example = next(f"{feed.title.zh}{one.example}" for one in feed.stated if one.example)
    required = {name for one in feed.stated if one.required for name in one.found.groupindex}

    assert feed.fits(example)
    assert required <= feed.said_in({"file_name": Path(example).stem}).keys()


def test_the_batch_stands_in_the_title_and_the_count_there_or_in_the_last_line() -> None:
    title = HNTE.said_in({"title": "附件2\n2025年高新技术企业名单（第三批，共3家）"})
    footer = HNTE.said_in({"title": "2025年高新技术企业名单（第三批）", "footer": "下载附件请点击这里\n共 2 家"})

    assert (title["batch"], title["stated_count"]) == ("第三批", "3")
    assert (footer["batch"], footer["stated_count"]) == ("第三批", "2")
