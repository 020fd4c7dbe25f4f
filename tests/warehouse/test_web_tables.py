"""Web pages that hold tables, as many systems write them under the name of a workbook, are read as workbooks are."""

from pathlib import Path

import pytest
from tables import page, registry_rows, remarks, set_aside

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.web_table import read_html

pytestmark = pytest.mark.rule("read-as-written")

HEADS = ("统一社会信用代码", "企业名称", "成立日期", "登记状态")
FIRM = ("91330106MA0000015K", "杭州甲科技有限公司", "2015-03-02", "存续")
HEAD_ROW = "<tr>" + "".join(f"<th>{head}</th>" for head in HEADS) + "</tr>"
FIRM_ROW = "<tr>" + "".join(f"<td>{cell}</td>" for cell in FIRM) + "</tr>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
        ("no-such", "gb18030"),
    ],
)
def test_a_page_is_read_in_its_own_encoding(tmp_path: Path, declared: str, encoding: str) -> None:
    text = f'<html><meta charset="{declared}"><table>{HEAD_ROW}{FIRM_ROW}</table></html>'

    assert registry_rows(page(tmp_path, text, encoding)) == [(2, *FIRM)]


def test_a_page_without_closing_tags_for_rows_and_cells_is_read(tmp_path: Path) -> None:
    head, firm = ("".join(f"<td>{text}" for text in line) for line in (HEADS, FIRM))

    assert registry_rows(page(tmp_path, f"<TABLE border=1><TR>{head}<TR>{firm}</TABLE>")) == [(2, *FIRM)]


def test_lines_around_a_table_state_its_title_and_its_footer(tmp_path: Path) -> None:
    (table,) = page(tmp_path, f"<h2>登记信息</h2><p>单位：万元<table>{HEAD_ROW}{FIRM_ROW}</table><p>共 1 家</p>")

    assert table.texts == {"title": "登记信息 单位：万元", "footer": "共 1 家"}
    assert set_aside([table]) == [(5, "F02")]


def test_spans_keep_every_cell_in_its_column(tmp_path: Path) -> None:
    code, name, day, state = FIRM
    merged = f"<tr><td rowspan=2>{code}<td>{name}<td>{day}<td rowspan=2>{state}</tr>"
    merged += "<tr><td>杭州乙有限公司<td>2016-01-01</tr>"
    title = "<tr><td colspan=4>登记信息</td></tr>"

    tables = page(tmp_path, f"<table>{title}{HEAD_ROW}{merged}</table>")

    assert registry_rows(tables) == [(3, *FIRM), (4, code, "杭州乙有限公司", "2016-01-01", state)]


def test_what_a_page_does_not_show_is_not_read_and_hidden_rows_are_named(tmp_path: Path) -> None:
    code, name, day, _ = FIRM
    state = "<select><option>注销<option selected>存续<option>吊销</select>"
    field = f'<input type="text" value="{day}"><input type="hidden" value="7">'
    hidden = f"<tr style='display: none'><td>{code}<td>{name}<script>x()</script><!-- y --><td>{field}<td>{state}</tr>"

    tables = page(tmp_path, f"<table>{HEAD_ROW}{hidden}</table><table hidden>{HEAD_ROW}{FIRM_ROW}</table>")

    assert registry_rows(tables) == [(2, *FIRM)]
    assert remarks(tables) == [("F06", "1 行 rows"), ("F05", "表2: 2 行 rows")]


def test_signs_that_begin_no_tag_are_text(tmp_path: Path) -> None:
    _, _, day, state = FIRM
    strange = f"<tr><td>A<50人<td>甲<a公司 &lt;乙&gt; <abc><td>{day}<td>{state}</tr>"

    assert registry_rows(page(tmp_path, f"<table>{HEAD_ROW}{strange}</table>"))[0][1:3] == (
        "A<50人",
        "甲<a公司 <乙> <abc>",
    )


def test_pages_of_a_long_list_are_read_on(tmp_path: Path) -> None:
    tables = page(tmp_path, f"<table>{HEAD_ROW}{FIRM_ROW}</table><p>第 1 页<table>{HEAD_ROW}{FIRM_ROW}</table>")

    assert [table.sheet for table in tables] == ["表1", "表2"]
    assert len(registry_rows(tables)) == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"<table>{HEAD_ROW}{FIRM_ROW}<tr><td>9133", "截断"),
        (f"<table>{HEAD_ROW}{FIRM_ROW}</table><script>", "截断"),
        ("<html><body>会话已过期，请重新登录</body></html>", "没有表格"),
        ("<html><frameset><frame src='x.files/sheet001.htm'></frameset></html>", "没有表格"),
        (f"<table>{HEAD_ROW}<tr><td>{'长' * (limits.LONGEST_CELL + 1)}</table>", "单元格"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "网页"),
        ("<?xml version='1.0'?><invoice><line/></invoice>", "网页"),
    ],
)
def test_a_page_that_holds_no_whole_table_is_refused(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        page(tmp_path, content)


def test_a_page_of_two_encodings_is_refused(tmp_path: Path) -> None:
    (path := tmp_path / "x.xls").write_bytes(b"<table><tr><td>" + "甲".encode() + b"\xff\xff</table>")
    with pytest.raises(BadInput, match="编码"):
        read_html(path, path.name)
