"""XML spreadsheets and OpenDocument files are read as other workbooks are."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import page, read, registry_rows, remarks, set_aside

from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.intake.readers import limits
from warehouse.intake.readers.drafted import figure
from warehouse.intake.readers.table import Table

pytestmark = pytest.mark.rule("read-as-written")

REGISTRY = load_feeds()["registry__firms"]
HEADS = ("统一社会信用代码", "企业名称", "成立日期", "登记状态")
FIRM = ("91330106MA0000015K", "杭州甲科技有限公司", "2015-03-02", "存续")
SS = "urn:schemas-microsoft-com:office:spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


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

    assert registry_rows(tables) == [(4, *FIRM)]
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

    assert registry_rows(book(tmp_path, sheet(*lines))) == [(3, *FIRM), (4, code, "杭州乙有限公司", day, state)]


def test_an_xml_spreadsheet_in_gbk_is_read_and_a_cut_one_refused(tmp_path: Path) -> None:
    sheets = sheet(line(*map(cell, HEADS)), line(*map(cell, FIRM)))
    assert registry_rows(book(tmp_path, sheets, encoding="gb18030", declared="GB2312")) == [(2, *FIRM)]
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
    assert registry_rows(tables) == [(at, code, read_name, "2015-03-02", state) for at in (2, 3)]
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

    assert registry_rows(tables) == [(2, *FIRM), (3, code, "杭州乙有限公司", day, state)]


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
