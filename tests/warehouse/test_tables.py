"""Tables with titles, notes, merged cells, several sheets, hidden parts and headers over two rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, load_feed, load_feeds
from warehouse.intake.readers.table import Table, read_tables

pytestmark = pytest.mark.rule("read-as-written")

KNOWN = load_feeds()
HNTE = KNOWN["recognition__hnte"]
TENANTS = KNOWN["incubator__tenancies"]
TRIAL = """\
title: {zh: 试, en: Trial}
publisher: {zh: 某局, en: A bureau}
use: service
files: ["试_*"]
formats: [csv, xlsx, json]
money_unit: stated
columns:
  uscc: {type: code, headings: [统一社会信用代码], required: true}
  name: {type: text, headings: [企业名称], required: true}
  district: {type: text, headings: [所在区], fill_down: true}
  revenue: {type: money, headings: [营业收入]}
  rd: {type: money, headings: [研发费用合计]}
  rd_domestic: {type: money, headings: [研发费用其中境内]}
  assets: {type: money, headings: [资产总额], unit: 万元}
ignore: [序号]
key: [uscc]
period: {kind: state}
rows: {min: 1, max: 100}
"""


@pytest.fixture
def trial(tmp_path: Path) -> Feed:
    (path := tmp_path / "trial__feed.yml").write_text(TRIAL, "utf-8")
    return load_feed(path)


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def read(path: Path, feed: Feed) -> list[Table]:
    return read_tables(path, path.name, feed)


def names(tables: list[Table]) -> list[str]:
    return [name for table in tables for name in table.rows["name"].to_list()]


def remarks(tables: list[Table]) -> list[str]:
    return [remark.rule_id for table in tables for remark in table.remarks]


def test_page_text_in_the_middle_of_a_list_is_not_loaded_and_the_firms_after_it_are(tmp_path: Path) -> None:
    rows = [
        ["", "附件2"],
        ["", "2025年高新技术企业名单（第三批）"],
        ["", "序号", "企业名称", "证书编号"],
        ["", 1, "甲科技有限公司", "GR202533000001"],
        ["", "下载须知：本表由系统导出，仅供参考"],
        ["", "序号", "企业名称", "证书编号"],
        ["", 1, "乙科技有限公司", "GR202533000002"],
        ["", "下载附件请点击这里"],
        ["", "共 2 家"],
    ]
    (table,) = read(book(tmp_path / "高企_2025-12-01_公告.xlsx", ("Sheet1", rows)), HNTE)

    assert table.rows.select("row_no", "name", "certificate_no").rows() == [
        (4, "甲科技有限公司", "GR202533000001"),
        (7, "乙科技有限公司", "GR202533000002"),
    ]
    assert table.non_data.select("row_no", "rule_id").rows() == [(5, "F02"), (6, "F01"), (8, "F02"), (9, "F02")]
    assert (table.head_row, table.headings["name"]) == (3, "企业名称")


def test_merged_cells_are_filled_from_their_ranges_and_a_gap_beside_them_stays_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "高企_2025-12-01_公告.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "名单")
        sheet.write_row(1, 1, ["所在区", "企业名称"])
        for at, name in enumerate(["甲公司", "乙公司", "丙公司"]):
            sheet.write(2 + at, 2, name)
        sheet.merge_range(2, 1, 3, 1, "滨江区")

    (table,) = read(path, HNTE)

    expected = [("滨江区", "甲公司"), ("滨江区", "乙公司"), (None, "丙公司")]
    assert table.rows.select("district", "name").rows() == expected


def test_a_fill_down_column_of_a_csv_is_filled_down(tmp_path: Path) -> None:
    path = tmp_path / "高企_2025-12-01_公告.csv"
    path.write_text("所在区,企业名称\n滨江区,甲公司\n,乙公司\n", "utf-8")
    (table,) = read(path, HNTE)
    assert table.rows["district"].to_list() == ["滨江区", "滨江区"]


def test_a_figure_merged_over_several_firms_is_loaded_for_none(tmp_path: Path, trial: Feed) -> None:
    path = tmp_path / "试_1.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["统一社会信用代码", "企业名称", "营业收入（千元）"])
        for at in range(1, 4):
            sheet.write_row(at, 0, [f"91330106MA000000{at}", f"公司{at}"])
        sheet.merge_range(1, 2, 2, 2, 700)

    (table,) = read(path, trial)

    assert table.rows["row_no"].to_list() == [4]
    assert table.non_data.select("row_no", "rule_id").rows() == [(2, "F08"), (3, "F08")]


def test_a_list_continues_over_sheets_with_and_without_a_header(tmp_path: Path) -> None:
    path = book(
        tmp_path / "高企_2025-12-01_公告.xlsx",
        ("杭州", [["序号", "企业名称"], [1, "甲公司"], [2, "乙公司"]]),
        ("宁波", [["序号", "企业名称"], [1, "丙公司"]]),
        ("续表", [[2, "丁公司"], [3, "戊公司"]]),
        ("填报说明", [["一、本表由各地填报"], ["二、单位请核对"]]),
    )
    tables = read(path, HNTE)

    assert names(tables) == ["甲公司", "乙公司", "丙公司", "丁公司", "戊公司"]
    assert remarks(tables) == ["F09", "F07"]


def test_hidden_rows_and_columns_are_read_a_hidden_sheet_is_not_and_each_gives_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "高企_2025-12-01_公告.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("名单")
        for at, row in enumerate([["企业名称", "证书编号"], ["甲公司", "GR1"], ["乙公司", "GR2"]]):
            sheet.write_row(at, 1, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
        old = made.add_worksheet("旧")
        old.write_row(0, 0, ["企业名称", "证书编号"])
        old.hide()

    tables = read(path, HNTE)

    assert [(r.rule_id, r.value, r.row_no) for t in tables for r in t.remarks] == [
        ("F06", "1 行 rows", 3),
        ("F06", "1 列 columns: 3", None),
        ("F05", "旧: 1 行 rows", None),
    ]
    assert tables[0].rows.select("name", "certificate_no").rows() == [("甲公司", "GR1"), ("乙公司", "GR2")]


def test_a_header_over_two_rows_is_joined(tmp_path: Path, trial: Feed) -> None:
    path = tmp_path / "试_1.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write(0, 0, "单位：千元")
        for column, text in enumerate(["序号", "统一社会信用代码", "企业名称"]):
            sheet.merge_range(1, column, 2, column, text)
        sheet.merge_range(1, 3, 1, 4, "研发费用")
        sheet.write_row(2, 3, ["合计", "其中境内"])
        sheet.write_row(3, 0, [1, "91330106MA01000169", "甲公司", 10, 8])

    (table,) = read(path, trial)

    assert table.rows.select("row_no", "name", "rd", "rd_domestic").rows() == [(4, "甲公司", "10", "8")]
    assert table.head_row == 3


@pytest.mark.parametrize(
    ("assets", "line", "unit", "message"),
    [
        ("资产总额（万元）", "单位：元", "元", None),
        ("资产总额", "单位：元", "元", None),
        ("资产总额（元）", "单位：元", None, "规定为 万元"),
        ("资产总额（万元）", "表一", None, "没有注明金额单位"),
    ],
)
def test_a_column_may_have_a_unit_of_its_own_beside_the_unit_of_the_form(
    tmp_path: Path, trial: Feed, assets: str, line: str, unit: str | None, message: str | None
) -> None:
    path = tmp_path / "试_1.csv"
    path.write_text(f"{line}\n统一社会信用代码,企业名称,营业收入,{assets}\n91330106MA01000169,甲,1,2\n", "utf-8")

    if message:
        with pytest.raises(BadInput, match=message):
            read(path, trial)
    else:
        assert [table.money_unit for table in read(path, trial)] == [unit]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_another_delimiter_is_detected_without_commas(tmp_path: Path, trial: Feed, delimiter: str) -> None:
    rows = [["统一社会信用代码", "企业名称"], ["91330106MA01000169", "甲公司"]]
    (path := tmp_path / "试_1.csv").write_text("\n".join(delimiter.join(row) for row in rows), "utf-8")
    assert names(read(path, trial)) == ["甲公司"]


def test_a_row_without_required_values_goes_to_quarantine(tmp_path: Path, trial: Feed) -> None:
    path = tmp_path / "试_1.csv"
    path.write_text("统一社会信用代码,企业名称,所在区,营业收入(元),资产总额\nX,甲,滨江,1,2\n,,滨江,3,4\n", "utf-8")
    (table,) = read(path, trial)
    assert table.non_data.select("row_no", "rule_id").rows() == [(3, "F04")]


@pytest.mark.parametrize("start", ["<html><table>", "\ufeff<!DOCTYPE html>", "<?xml version='1.0'?><Workbook/>"])
def test_a_web_page_without_a_table_is_refused_as_a_web_page(tmp_path: Path, trial: Feed, start: str) -> None:
    for ending in ("xls", "csv"):
        (path := tmp_path / f"试_1.{ending}").write_text(start, "utf-8")
        with pytest.raises(BadInput, match="网页"):
            read(path, trial)


def test_blanks_of_every_kind_are_stripped_from_cells(tmp_path: Path, trial: Feed) -> None:
    path = tmp_path / "试_1.csv"
    path.write_text(
        "统一社会信用代码 ,企 业 名 称\u3000\n\u200b91330106MA01000169\u00a0,甲公司\u3000\n\u3000,\u200d\n", "utf-8"
    )

    (table,) = read(path, trial)

    assert table.rows.select("uscc", "name").rows() == [("91330106MA01000169", "甲公司")]


def test_all_unknown_columns_are_named_in_one_message(tmp_path: Path, trial: Feed) -> None:
    (path := tmp_path / "试_1.csv").write_text("统一社会信用代码,企业名称,神秘,更神秘\nX,甲,1,2\n", "utf-8")

    with pytest.raises(BadInput, match=r"神秘.*更神秘"):
        read(path, trial)


def test_row_numbers_are_those_of_the_file(tmp_path: Path, trial: Feed) -> None:
    (path := tmp_path / "试_1.csv").write_text('\n说明\n统一社会信用代码,企业名称\n\nX,"甲\n公司"\n\nY,乙\n', "utf-8")

    (table,) = read(path, trial)

    assert table.rows.select("row_no", pl.col("name").str.replace("\n", "")).rows() == [(5, "甲公司"), (8, "乙")]
