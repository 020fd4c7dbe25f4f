"""Workbooks taken apart and put together again, for tests that damage them."""

import io
import zipfile
from pathlib import Path

import xlsxwriter

from warehouse.intake.feed import load_feeds
from warehouse.intake.readers.table import Table, read_tables

KNOWN = load_feeds()
HEADS = ["统一社会信用代码", "企业名称", "成立日期", "登记状态"]
ROW = ["91330106MA01000169", "杭州甲乙科技有限公司", "2015-03-02", "存续"]
NAME = "登记信息_20260101"
Parts = dict[str, bytes]


def good(sheet: str = "Sheet1", rows: int = 3) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, HEADS)
        for at in range(1, rows + 1):
            page.write_row(at, 0, ROW)
    return held.getvalue()


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def packed(parts: Parts) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def sheet_with(rows: str, before: str = "", after: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed(parts_of(good()) | {"xl/worksheets/sheet1.xml": xml.encode()})


def read(path: Path, content: bytes, ending: str = "xlsx") -> list[Table]:
    (file := path / f"{NAME}.{ending}").write_bytes(content)
    return read_tables(
        file, file.name, KNOWN["vendor__registrations"] if ending == "json" else KNOWN["registry__firms"]
    )


def accounted(tables: list[Table]) -> int:
    return sum(table.rows.height + table.non_data.height for table in tables)


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = '<row r="1">' + "".join(cell(f"{c}1", t) for c, t in zip("ABCD", HEADS, strict=True)) + "</row>"
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;'>]>"
OUTSIDE = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
