"""Web pages, XML spreadsheets and OpenDocument files that hold tables are read as other workbooks are."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import read, remarks, set_aside

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers import limits
from warehouse.intake.readers.drafted import figure
from warehouse.intake.readers.table import Table
from warehouse.intake.readers.web_table import read_html

REGISTRY, ROUNDS = load_feeds()["registry__firms"], load_feeds()["financing__rounds"]
HEADS = ("统一社会信用代码", "企业名称", "成立日期", "登记状态")
FIRM = ("91330106MA0000015K", "杭州甲科技有限公司", "2015-03-02", "存续")
HEAD_ROW = "<tr>" + "".join(f"<th>{head}</th>" for head in HEADS) + "</tr>"
FIRM_ROW = "<tr>" + "".join(f"<td>{cell}</td>" for cell in FIRM) + "</tr>"
SS = "urn:schemas-microsoft-com:office:spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def page(tmp_path: Path, content: str, encoding: str = "utf-8") -> list[Table]:
    (path := tmp_path / "登记信息_20260601.xls").write_bytes(content.encode(encoding))
    return read(path, REGISTRY)


def rows(tables: list[Table]) -> list[tuple[int, ...]]:
    names = ("row_no", "uscc", "name", "founded_on", "status")
    return [row for table in tables for row in table.rows.select(names).rows()]


def book(
    tmp_path: Path, sheets: str, styles: str = "", encoding: str = "utf-8", declared: str = "UTF-8"
) -> list[Table]:
    xml = (
        f'<?xml version="1.0" encoding="{declared}"?><Workbook xmlns="{SS}" xmlns:ss="{SS}">{styles}{sheets}</Workbook>'
    )
    return page(tmp_path, xml, encoding)


def line(*cells: str, row: str = "") -> str:
    return f"<Row {row}>" + "".join(cells) + "</Row>"


def cell(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def sheet(*lines: str, options: str = "") -> str:
    return f'<Worksheet ss:Name="登记"><Table>{"".join(lines)}</Table>{options}</Worksheet>'


def document(tmp_path: Path, body: str, manifest: str = "<m/>") -> list[Table]:
    names = {"office": "office", "table": "table", "text": "text", "style": "style"}
    spaces = " ".join(f'xmlns:{key}="{OASIS}:{name}:1.0"' for key, name in names.items())
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{styles}{body}</office:document-content>")
    (path := tmp_path / "登记信息_20260601.ods").write_bytes(held.getvalue())
    return read(path, REGISTRY)


def valued(kind: str, attributes: str, *texts: str) -> str:
    """A cell with its value and its texts."""
    shown = "".join(f"<text:p>{text}</text:p>" for text in texts)
    return f'<table:table-cell office:value-type="{kind}" {attributes}>{shown}</table:table-cell>'


def text_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def table_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def repeated(count: int) -> str:
    return f'table:number-rows-repeated="{count}"'


ODS_HEAD = table_row(*map(text_cell, HEADS))


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

    assert rows(page(tmp_path, text, encoding)) == [(2, *FIRM)]


def test_a_page_without_closing_tags_for_rows_and_cells_is_read(tmp_path: Path) -> None:
    head, firm = ("".join(f"<td>{text}" for text in line) for line in (HEADS, FIRM))

    assert rows(page(tmp_path, f"<TABLE border=1><TR>{head}<TR>{firm}</TABLE>")) == [(2, *FIRM)]


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

    assert rows(tables) == [(3, *FIRM), (4, code, "杭州乙有限公司", "2016-01-01", state)]


def test_what_a_page_does_not_show_is_not_read_and_hidden_rows_are_named(tmp_path: Path) -> None:
    code, name, day, _ = FIRM
    state = "<select><option>注销<option selected>存续<option>吊销</select>"
    field = f'<input type="text" value="{day}"><input type="hidden" value="7">'
    hidden = f"<tr style='display: none'><td>{code}<td>{name}<script>x()</script><!-- y --><td>{field}<td>{state}</tr>"

    tables = page(tmp_path, f"<table>{HEAD_ROW}{hidden}</table><table hidden>{HEAD_ROW}{FIRM_ROW}</table>")

    assert rows(tables) == [(2, *FIRM)]
    assert remarks(tables) == [("F06", "1 行 rows"), ("F05", "表2: 2 行 rows")]


def test_signs_that_begin_no_tag_are_text(tmp_path: Path) -> None:
    _, _, day, state = FIRM
    strange = f"<tr><td>A<50人<td>甲<a公司 &lt;乙&gt; <abc><td>{day}<td>{state}</tr>"

    assert rows(page(tmp_path, f"<table>{HEAD_ROW}{strange}</table>"))[0][1:3] == ("A<50人", "甲<a公司 <乙> <abc>")


def test_pages_of_a_long_list_are_read_on(tmp_path: Path) -> None:
    tables = page(tmp_path, f"<table>{HEAD_ROW}{FIRM_ROW}</table><p>第 1 页<table>{HEAD_ROW}{FIRM_ROW}</table>")

    assert [table.sheet for table in tables] == ["表1", "表2"]
    assert len(rows(tables)) == 2


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


def test_an_xml_spreadsheet_is_read_with_its_formats_indices_and_hidden_parts(tmp_path: Path) -> None:
    code, name, _, state = FIRM
    styles = (
        '<Styles><Style ss:ID="Default"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
        '<Style ss:ID="e" ss:Parent="d"/></Styles>'
    )
    comment = "<Comment><ss:Data>批注</ss:Data></Comment>"
    lines = [
        line(*map(cell, HEADS)),
        line(
            cell(code),
            f'<Cell><Data ss:Type="String">{name}</Data>{comment}</Cell>',
            cell("42065", "Number", 'ss:StyleID="e"'),
            cell(state),
            row='ss:Index="4" ss:Hidden="1"',
        ),
        line(
            cell(code),
            cell(name, attributes='ss:Index="2"'),
            cell("2015-03-02T00:00:00.000", "DateTime"),
            '<Cell ss:Formula="=A1"/>',
        ),
        line(cell(code), cell(name), cell("2015-03-02T00:00:00.000", "DateTime"), cell("#N/A", "Error")),
    ]
    other = sheet(
        line(cell("1", "Number")), options="<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>"
    )

    tables = book(tmp_path, sheet(*lines) + other, styles)

    assert rows(tables) == [(4, *FIRM)]
    assert set_aside(tables) == [(5, "F19"), (6, "F19")]
    assert remarks(tables) == [("F06", "1 行 rows"), ("F05", "登记: 1 行 rows")]


def test_merged_cells_of_an_xml_spreadsheet_fill_their_rows(tmp_path: Path) -> None:
    code, name, day, state = FIRM
    lines = [
        line(cell("登记信息", attributes='ss:MergeAcross="3"')),
        line(*map(cell, HEADS)),
        line(cell(code, attributes='ss:MergeDown="1"'), cell(name), cell(day), cell(state)),
        line(cell("杭州乙有限公司", attributes='ss:Index="2"'), cell(day), cell(state)),
    ]

    assert rows(book(tmp_path, sheet(*lines))) == [(3, *FIRM), (4, code, "杭州乙有限公司", day, state)]


def test_an_xml_spreadsheet_in_gbk_is_read_and_a_cut_one_refused(tmp_path: Path) -> None:
    sheets = sheet(line(*map(cell, HEADS)), line(*map(cell, FIRM)))
    assert rows(book(tmp_path, sheets, encoding="gb18030", declared="GB2312")) == [(2, *FIRM)]
    for damaged in (sheets[:-80], sheets.replace("<Row >", '<Row ss:Index="-3">', 1), f"{sheets}<Row><Cell"):
        with pytest.raises(BadInput, match="损坏"):
            book(tmp_path, damaged)
    with pytest.raises(BadInput, match="文档类型"):
        page(tmp_path, f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "x">]><Workbook xmlns="{SS}"></Workbook>')


def test_an_opendocument_spreadsheet_is_read_with_its_exact_values(tmp_path: Path) -> None:
    code, _, _, state = FIRM
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    name = valued("string", "", "杭州<text:span>甲</text:span>", '科技<text:s text:c="2"/>有限公司').replace(
        "<text:p>", f"{note}<text:p>", 1
    )
    day = valued("date", 'office:date-value="2015-03-02"', "15年3月")
    good = [text_cell(code), name, day, text_cell(state)]
    error = [*good[:3], text_cell("Err:502")]
    lines = [
        ODS_HEAD,
        table_row(*good, attributes='table:visibility="collapse" table:number-rows-repeated="2"'),
        table_row(*error),
        table_row(*good[:3], '<table:table-cell table:formula="of:=[.A1]"/>'),
        table_row('<table:table-cell table:number-columns-repeated="16384"/>', attributes=repeated(1_048_000)),
    ]
    hidden = f'<table:table table:name="藏" table:style-name="h">{ODS_HEAD}</table:table>'
    body = f'<table:table table:name="登记">{"".join(lines)}</table:table>{hidden}'

    tables = document(tmp_path, body)

    read_name = "杭州甲\n科技  有限公司"
    assert rows(tables) == [(at, code, read_name, "2015-03-02", state) for at in (2, 3)]
    assert set_aside(tables) == [(4, "F19"), (5, "F19")]
    assert remarks(tables) == [("F06", "2 行 rows"), ("F05", "藏: 1 行 rows")]


def test_cells_under_a_merged_one_are_filled_and_repeated_cells_written_out(tmp_path: Path) -> None:
    code, name, day, state = FIRM
    over = valued("string", 'table:number-rows-spanned="2"', code)
    lines = [
        ODS_HEAD,
        table_row(over, *map(text_cell, (name, day, state))),
        table_row("<table:covered-table-cell/>", *map(text_cell, ("杭州乙有限公司", day, state))),
    ]
    tables = document(tmp_path, f'<table:table table:name="登记">{"".join(lines)}</table:table>')

    assert rows(tables) == [(2, *FIRM), (3, code, "杭州乙有限公司", day, state)]


@pytest.mark.parametrize(
    ("body", "manifest", "why"),
    [
        ("", "<encryption-data/>", "密码"),
        (f'<table:table table:name="x">{ODS_HEAD}', "<m/>", "损坏"),
        ("<table:table-row><table:table-cell/></table:table-row>" + table_row(text_cell("x")), "<m/>", "损坏"),
        ('<table:table table:name="x">' + table_row(text_cell("x"), attributes=repeated(9_999_999)), "<m/>", "损坏"),
    ],
)
def test_a_damaged_or_locked_document_is_refused(tmp_path: Path, body: str, manifest: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        document(tmp_path, body, manifest)


def test_repeated_cells_count_towards_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 5_000)
    many = table_row(text_cell("x"), attributes=repeated(1_000_000))
    with pytest.raises(BadInput, match="上限"):
        document(tmp_path, f'<table:table table:name="x">{ODS_HEAD}{many}</table:table>')


@pytest.mark.parametrize(
    ("exact", "shown", "read"),
    [
        ("0.354", "35%", "35.4%"),
        ("0.35", "35.00%", "35%"),
        ("35.4", "35.4%", "35.4%"),
        ("35", "35%", "35%"),
        ("1234.5", "1,235", "1234.5"),
        ("-0.5", "(1)", "-0.5"),
        ("500", "500万元", "500（万元）"),
        ("500", "￥500.00", "500"),
        ("5000000", "500万元", "500万元"),
        ("42065", "2015-03-02", "2015-03-02"),
        ("120000", "1.20E+05", "120000"),
        ("29.999999999999996", "30", "30"),
        ("1e999999", "1", "1"),
        ("NaN", "7", "7"),
        ("7", "", "7"),
    ],
)
def test_a_stored_number_keeps_the_sign_and_unit_shown(exact: str, shown: str, read: str) -> None:
    assert figure(exact, shown) == read


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4))
def test_a_percentage_is_exact_whatever_decimals_are_shown(number: object, places: int) -> None:
    shown = f"{number * 100:,.{places}f}%"  # type: ignore[operator]
    result = figure(str(number), shown)
    assert result.endswith("%")
    assert number in (type(number)(result[:-1]) / 100, type(number)(result[:-1]))  # type: ignore[call-arg, operator]
