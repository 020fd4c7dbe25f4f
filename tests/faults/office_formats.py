"""Rows of a table in the formats that programs other than Excel write under the name of a workbook."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape
from numbers import Number
from typing import Any

Rows = Sequence[Sequence[Any]]

_HTML = '<html><head><meta http-equiv="Content-Type" content="text/html; charset={}"></head><body>{}</body></html>'
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_XML = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = (
    f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0"'
    f' xmlns:text="{_OASIS}:text:1.0"><office:body><office:spreadsheet>'
)


def _shown(cell: Any) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else "" if cell is None else str(cell)


def _html(sheets: dict[str, Rows]) -> str:
    tables = []
    for rows in sheets.values():
        lines = ("".join(f"<td>{escape(_shown(cell))}".replace("\n", "<br>") for cell in row) for row in rows)
        tables.append(f"<table border=1>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    return "".join(tables)


def html_gbk(sheets: dict[str, Rows]) -> bytes:
    """A web page of tables in GB18030 that declares GB2312."""
    return _HTML.format("gb2312", _html(sheets)).encode("gb18030")


def html_utf8(sheets: dict[str, Rows]) -> bytes:
    """Tables in UTF-8 without anything around them."""
    return _html(sheets).encode()


def spreadsheet_xml(sheets: dict[str, Rows]) -> bytes:
    """An XML spreadsheet of Excel 2003; blank cells are left out by their index."""

    def cell_of(at: int, cell: Any) -> str:
        is_number = isinstance(cell, Number)
        kind = "Number" if is_number else "DateTime" if isinstance(cell, datetime) else "String"
        text = f"{cell:%Y-%m-%dT00:00:00.000}" if kind == "DateTime" else escape(_shown(cell)).replace("\n", "&#10;")
        return f'<Cell ss:Index="{at}"><Data ss:Type="{kind}">{text}</Data></Cell>'

    parts = [_XML]
    for name, rows in sheets.items():
        lines = ("".join(cell_of(at, cell) for at, cell in enumerate(row, 1) if cell is not None) for row in rows)
        table = "".join(f"<Row>{line}</Row>" for line in lines)
        parts.append(f'<Worksheet ss:Name="{escape(name)}"><Table>{table}</Table></Worksheet>')
    return ("".join(parts) + "</Workbook>").encode()


def open_document(sheets: dict[str, Rows]) -> bytes:
    """An OpenDocument spreadsheet, with the blank rows to the end of a sheet that programs write."""

    def cell_of(cell: Any) -> str:
        if cell is None:
            return "<table:table-cell/>"
        value = f' office:value="{cell}"' if isinstance(cell, Number) else ""
        kind = "float" if value else "string"
        text = "</text:p><text:p>".join(_blanks(escape(line)) for line in _shown(cell).split("\n"))
        if isinstance(cell, datetime):
            kind, value = "date", f' office:date-value="{cell:%Y-%m-%d}"'
        return f'<table:table-cell office:value-type="{kind}"{value}><text:p>{text}</text:p></table:table-cell>'

    blank = '<table:table-row table:number-rows-repeated="1040000"><table:table-cell/></table:table-row>'
    parts = [_ODS]
    for name, rows in sheets.items():
        lines = ("".join(map(cell_of, row)) for row in rows)
        table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
        parts.append(f'<table:table table:name="{escape(name)}">{table}{blank}</table:table>')
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        content = "".join(parts) + "</office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", content)
    return held.getvalue()


def _blanks(text: str) -> str:
    """Two blanks are one in XML, so the second one is an element."""
    return text.replace("  ", ' <text:s text:c="1"/>')


FORMATS: dict[str, Callable[[dict[str, Rows]], bytes]] = {
    "html in gbk": html_gbk,
    "html": html_utf8,
    "xml": spreadsheet_xml,
    "ods": open_document,
}
