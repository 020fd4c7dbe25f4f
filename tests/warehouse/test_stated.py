"""Values that a file states: in its name, with the day in any notation, or in the title above the table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.table import read_tables, stated_of

pytestmark = pytest.mark.rule("read-as-written")

HNTE = load_feeds()["recognition__hnte"]
HEAD = ["序号", "企业名称", "证书编号"]


def stated(folder: Path, name: str, *above: Sequence[Any]) -> dict[str, str]:
    with xlsxwriter.Workbook(path := folder / name) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([*above, HEAD, [1, "甲科技有限公司", "GR202533000001"]]):
            sheet.write_row(at, 0, row)
    tables = read_tables(path, name, HNTE)
    (values,) = stated_of(HNTE, name, tables)
    return values


@pytest.mark.parametrize("day", ["2025-12-01", "20251201", "2025年12月1日"])
def test_a_day_is_recognised_in_any_notation(tmp_path: Path, day: str) -> None:
    values = stated(tmp_path, f"高新技术企业名单_{day}_公告.xlsx")

    assert (values["issued_on"], values["event"]) == (day, "公告")


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
def test_the_event_comes_from_the_title_and_a_public_notice_takes_precedence(
    tmp_path: Path, title: str, event: str
) -> None:
    assert stated(tmp_path, "高企名单_20251201.xlsx", ["附件2"], [title])["event"] == event


def test_a_public_notice_in_the_title_overrides_a_final_list_in_the_name(tmp_path: Path) -> None:
    assert stated(tmp_path, "高企认定名单_20251201.xlsx", ["高新技术企业备案公示"])["event"] == "公示"


@pytest.mark.parametrize(
    ("name", "missing"), [("高企名单_20251201.xlsx", "event"), ("高企名单_公告.xlsx", "issued_on")]
)
def test_a_missing_value_is_refused_with_an_example(tmp_path: Path, name: str, missing: str) -> None:
    with pytest.raises(BadInput, match=f"没有写明 {missing}；例如 高新技术企业名单_2023-12-08_公告.xlsx"):
        stated(tmp_path, name)


@pytest.mark.parametrize("feed", [feed for feed in load_feeds().values() if any(item.example for item in feed.stated)])
def test_the_example_in_the_message_is_accepted(feed: Any) -> None:
    example = next(f"{feed.title.zh}{item.example}" for item in feed.stated if item.example)
    required = {name for item in feed.stated if item.required for name in item.regex.groupindex}

    assert feed.fits(example)
    assert required <= feed.stated_values({"file_name": Path(example).stem}).keys()


def test_batch_and_count_are_read_from_the_title_and_the_footer() -> None:
    title = HNTE.stated_values({"title": "附件2\n2025年高新技术企业名单（第三批，共3家）"})
    footer = HNTE.stated_values({"title": "2025年高新技术企业名单（第三批）", "footer": "下载附件请点击这里\n共 2 家"})

    assert (title["batch"], title["stated_count"]) == ("第三批", "3")
    assert (footer["batch"], footer["stated_count"]) == ("第三批", "2")
