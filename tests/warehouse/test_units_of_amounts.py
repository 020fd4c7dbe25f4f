"""The unit of an amount: from heading, line above the table or number format of the cell, never from a name."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tiers.amounts import read_amount
from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.cell_units import CellUnit, unit_of_format
from warehouse.intake.readers.table import read_tables
from warehouse.intake.unit_words import split_heading, units_in_lines

pytestmark = pytest.mark.rule("read-as-written")

REGISTRY = load_feeds()["registry__firms"]
VAT = load_feeds()["tax__vat_sales"]
FIRM = ["91330106MA0000015K", "杭州乙丑科技有限公司", "2015-03-02", "存续"]
HEADINGS = ["统一社会信用代码", "企业名称", "成立日期", "登记状态"]


@pytest.mark.parametrize(
    ("heading", "plain", "unit"),
    [
        ("营业收入（万元）", "营业收入", "万元"),
        ("注册资本(百万美元)", "注册资本", "百万美元"),
        ("注册资本（单位：人民币千元）", "注册资本", "千元"),
        ("投后估值（亿元人民币）", "投后估值", "亿元"),
        ("营业收入:百万元", "营业收入", "百万元"),
        ("从业人数（人）", "从业人数", "人"),
        ("合同额（不含税）", "合同额(不含税)", None),
        ("元谷（园）", "元谷(园)", None),
        ("营业收入【万元】", "营业收入", "万元"),
        ("营业收入[千元]", "营业收入", "千元"),
        ("营业收入，万元", "营业收入", "万元"),
        ("营业收入 亿元", "营业收入", "亿元"),
        ("营业收入（RMB）", "营业收入(rmb)", None),
        ("营业收入（人民币）", "营业收入(人民币)", None),
        ("净利润（美元）", "净利润", "美元"),
    ],
)
def test_the_unit_at_the_end_of_a_heading(heading: str, plain: str, unit: str | None) -> None:
    assert split_heading(heading) == (plain, unit)


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("单位：万元", {"万元"}),
        ("金额单位:人民币千元", {"千元"}),
        ("（单位：元/人）", {"元"}),
        ("单位：万元、人", {"万元"}),
        ("填报单位：元谷创业园", set()),
        ("填报单位：元", set()),
        ("编制单位：万元科技", set()),
        ("单位名称：元通", set()),
        ("填报单位：元谷创业园 单位：千元", {"千元"}),
        ("单位：千元 金额单位：万元", {"千元", "万元"}),
        ("单位 万元", {"万元"}),
        ("除特别注明外，金额单位均为人民币万元", {"万元"}),
        ("本表金额以千元计", {"千元"}),
        ("统计表 （万元）", {"万元"}),
        ("金额：千元", {"千元"}),
        ("RMB\u2019000", {"千元"}),
        ("单位：人民币", set()),
        ("投资以万元计，其余以千元为单位", {"万元", "千元"}),
        ("奖励3000万元（税前）", set()),
    ],
)
def test_the_units_that_lines_above_a_table_state(line: str, units: set[str]) -> None:
    assert units_in_lines(line) == units


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0"万元"', CellUnit("万元", 0)),
        ('#,##0.00"万"', CellUnit("万", 0)),
        ("0\\万\\元", CellUnit("万元", 0)),
        ('#,##0.00,,"百万"', CellUnit("百万", 6)),
        ('0!.0,"万元"', CellUnit("万元", 4)),
        ("#,##0,", None),
        ('"¥"#,##0.00', None),
        ('0"人"', None),
        ('yyyy"年"m"月"', None),
        ("0%", None),
    ],
)
def test_the_unit_that_a_number_format_shows(code: str, unit: CellUnit | None) -> None:
    assert unit_of_format(code) == unit


def capitals(path: Path, heading: str, cells: list[tuple[Any, str]], *above: str) -> list[tuple[str, Any, str | None]]:
    """Kind, value and currency of each registered capital of a workbook."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(above):
            sheet.write(row, 0, text)
        sheet.write_row(len(above), 0, [*HEADINGS, heading])
        for row, (value, code) in enumerate(cells, len(above) + 1):
            sheet.write_row(row, 0, FIRM)
            sheet.write(row, 4, value, book.add_format({"num_format": code}))
    (table,) = read_tables(path, path.name, REGISTRY)
    amounts = [read_amount(text) for text in table.rows["reg_capital"]]
    return [(amount.kind, amount.low, amount.currency) for amount in amounts]


def test_a_figure_has_the_unit_that_its_cell_shows(tmp_path: Path) -> None:
    cells = [
        (500, '0"万元"'),
        (5_000_000, '0.00,,"百万元"'),
        (12345, '0!.0,"万元"'),
        ("300万元", '0"亿元"'),
        (500, "0"),
    ]
    assert capitals(tmp_path / "登记信息_20260601.xlsx", "注册资本", cells) == [
        ("exact", 5_000_000, "CNY"),
        ("exact", 5_000_000, "CNY"),
        ("exact", 12345, "CNY"),
        ("exact", 3_000_000, "CNY"),
        ("unread", None, None),
    ]


def test_a_format_that_repeats_the_unit_of_a_column_of_numbers_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "登记信息_20260601.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [*HEADINGS, "注册资本（万元）"])
        for row, code in enumerate(('0.00"万元"', "0.00", '0"亿元"'), 1):
            sheet.write_row(row, 0, FIRM)
            sheet.write(row, 4, 500, book.add_format({"num_format": code}))
    (table,) = read_tables(path, path.name, REGISTRY)

    assert table.rows["reg_capital_wan"].to_list() == ["500", "500", "500（亿元）"]


def test_a_figure_has_the_unit_of_its_heading_and_an_amount_its_own(tmp_path: Path) -> None:
    cells = [(5000, "General"), ("1,200万元", "@"), (500, '0"万元"'), ("1000-2000", "@"), ("$500", "@")]
    assert capitals(tmp_path / "登记信息_20260601.xlsx", "注册资本（千元）", cells) == [
        ("exact", 5_000_000, "CNY"),
        ("exact", 12_000_000, "CNY"),
        ("exact", 5_000_000, "CNY"),
        ("range", 1_000_000, "CNY"),
        ("unread", None, None),
    ]


def test_a_line_above_gives_the_unit_where_the_heading_has_none(tmp_path: Path) -> None:
    path, cells = tmp_path / "登记信息_20260601.xlsx", [(500, "General")]
    lines = ("填报单位：元谷创业园", "单位：万元")
    assert capitals(path, "注册资本", cells, *lines) == [("exact", 5_000_000, "CNY")]
    assert capitals(path, "注册资本（百万美元）", cells, *lines) == [("exact", 500_000_000, "USD")]
    assert capitals(path, "注册资本", cells, lines[0]) == [("unread", None, None)]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        ("单位：百万元", "百万元"),
        ("金额单位:人民币亿元", "亿元"),
        ("填报单位：元谷", None),
        ("单位：万元\n单位：千元", None),
    ],
)
def test_a_table_of_figures_takes_one_unit_or_is_refused(tmp_path: Path, lines: str, unit: str | None) -> None:
    path = tmp_path / "增值税销售额_20260601.csv"
    row = "91330106MA0000015K,杭州乙丑科技有限公司,202601,1200"
    path.write_text(f"{lines}\n统一社会信用代码,企业名称,所属期,销售额\n{row}\n", "utf-8")
    if unit is None:
        with pytest.raises(BadInput, match="单位"):
            read_tables(path, path.name, VAT)
    else:
        assert read_tables(path, path.name, VAT)[0].money_unit == unit


def test_a_currency_in_a_heading_is_no_unit_beside_the_line_that_states_one(tmp_path: Path) -> None:
    (path := tmp_path / "增值税销售额_202605.csv").write_text(
        "单位：千元\n统一社会信用代码,企业名称,所属期,销售额（人民币）\n91330106MA0000015K,甲公司,202605,12\n", "utf-8"
    )
    (table,) = read_tables(path, path.name, VAT)
    assert table.money_unit == "千元"

    path.write_text(path.read_text("utf-8").replace("单位：千元\n", ""), "utf-8")
    with pytest.raises(BadInput, match="没有注明金额单位"):
        read_tables(path, path.name, VAT)
