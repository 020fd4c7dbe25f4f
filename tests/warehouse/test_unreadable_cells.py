"""Cells without a value, of formulas and their errors, make the row wait with the column named."""

from pathlib import Path

import openpyxl
import pytest
from broken_books import HEAD, cell, sheet_with
from tables import read, set_aside

from warehouse.intake.feed import load_feeds

pytestmark = pytest.mark.rule("read-as-written")

FEEDS = load_feeds()
FORM, REGISTRY = FEEDS["zone__yearly"], FEEDS["registry__firms"]
HEADS = ["企业统一社会信用代码或组织机构代码", "企业名称", "数据年份", "营业收入", "从业人员期末人数", "审核状态"]
CODES = ["id00", "id01", "id02", "qc05_0", "qd01", "adm1"]


def form(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()  # saves formulas without their result
    sheet = book.worksheets[0]
    for row in (HEADS, CODES, [None, None, None, "千元", "人", None], *rows):
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_an_error_waits_with_its_column(tmp_path: Path, error: str) -> None:
    good = ["91330106MA0000023E", "乙公司", 2025, 1, 2, None]
    path = form(tmp_path / "企业年度报表_2025.xlsx", ["91330106MA0000015K", "甲公司", 2025, error, error, None], good)
    (table,) = read(path, FORM)
    assert table.non_data.rows() == [(4, "F19", f"D qc05_0: {error}；E qd01: {error}")]
    assert table.rows["row_no"].to_list() == [5]


def test_a_formula_without_a_result_waits_and_one_in_an_ignored_column_does_not(tmp_path: Path) -> None:
    rows = [
        ["91330106MA0000015K", "甲公司", 2025, "=1000+F4", 2, None],
        ["91330106MA0000023E", "乙公司", 2025, 1, 2, "=A1&B1"],
        ["=A4", "=B4", "=C4", "=D4", "=E4", None],
    ]
    (table,) = read(form(tmp_path / "企业年度报表_2025.xlsx", *rows), FORM)
    assert set_aside([table]) == [(4, "F19"), (6, "F19")]
    assert table.non_data["value"][0] == "D qc05_0: =1000+F4 ∅"
    assert table.rows["row_no"].to_list() == [5]


@pytest.mark.parametrize(
    ("xml", "is_read"),
    [
        ('<c r="B2" t="str"><f>IF(A2="","",A2)</f><v>甲公司</v></c>', True),
        ('<c r="B2"><f t="shared" si="0"/><v/></c>', False),
        ('<c r="B2" t="e"><f>B9</f><v>#REF!</v></c>', False),
        ("<c r='B2' t='e'><v>#REF!</v></c>", False),
        ("<c r='B2'><f>1+1</f></c>", False),
        ("<c r='B2' t='str'><f>A2</f><v>甲公司</v></c>", True),
    ],
    ids=["a text", "a shared formula", "an error", "an error in another notation", "no result", "a result"],
)
def test_both_ways_of_reading_a_sheet_see_the_same(tmp_path: Path, xml: str, is_read: bool) -> None:
    others = cell("A2", "91330106MA0000015K"), cell("C2", "2020-01-01"), cell("D2", "存续")
    row = f'<row r="2">{others[0]}{xml}{"".join(others[1:])}</row>'
    (path := tmp_path / "登记信息_20260601.xlsx").write_bytes(sheet_with(HEAD + row))
    (table,) = read(path, REGISTRY)
    assert [table.rows.height, set_aside([table])] == ([1, []] if is_read else [0, [(2, "F19")]])


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("#REF!", False),
        ("=SUM(A1:A3)", False),
        ("=D4+10", False),
        ("=甲", True),
        ('"=""甲乙公司"""', True),
        ("####", False),
    ],
)
def test_a_text_file_is_judged_alike(tmp_path: Path, text: str, is_read: bool) -> None:
    (path := tmp_path / "登记信息_20260601.csv").write_text(
        f"统一社会信用代码,企业名称,成立日期,登记状态\n91330106MA0000023E,乙公司,2020-01-01,存续\n"
        f"91330106MA0000015K,{text},2020-01-01,存续\n",
        "utf-8",
    )
    (table,) = read(path, REGISTRY)
    assert set_aside([table]) == ([] if is_read else [(3, "F19")])
