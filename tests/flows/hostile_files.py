"""Files that stopped whole runs once, each by its kind; every one is put beside good ones."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from broken_books import HEAD, NAME, good, packed, parts_of, sheet_with

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
FAR = "<v>1</v></c>"
RUN = f"<r><t>{'x' * 9000}</t></r>"


def sheet(xml: str, encoding: str = "utf-8") -> bytes:
    """A workbook whose only sheet is this XML."""
    return packed(parts_of(good()) | {SHEET: xml.encode(encoding)})


def spelled(rows: str, prefix: str = "", encoding: str = "utf-8") -> bytes:
    """A sheet of these rows, its tags with a prefix."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    body = f"<{prefix}sheetData>{rows}</{prefix}sheetData>"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return sheet(f'{head}<{prefix}worksheet {name}="{main}">{body}</{prefix}worksheet>', encoding)


def strings(items: str) -> bytes:
    """A workbook with these shared strings."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packed(parts_of(good()) | {STRINGS: f'<sst xmlns="{main}">{items}</sst>'.encode()})


def flagged(content: bytes) -> bytes:
    """Every entry marked as encrypted, in the directory and before the entry."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := changed.find(mark, start + 1)) >= 0:
            changed[start + at] |= 1
    return bytes(changed)


def twice() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in [*parts_of(good()).items(), (SHEET.upper(), b"<worksheet/>")]:
            archive.writestr(name, content)
    return held.getvalue()


def wrong_crc() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:  # stored, so that a text can be changed in place
        for name, content in parts_of(good()).items():
            archive.writestr(name, content)
    return held.getvalue().replace(b"sheetData", b"sheetDatb", 1)


def many_sheets() -> bytes:
    parts = parts_of(good())
    book = "".join(f'<sheet name="s{at}" sheetId="{at + 1}" r:id="rId1"/>' for at in range(2_000))
    start, end = parts["xl/workbook.xml"].split(b"<sheets>")[0], parts["xl/workbook.xml"].split(b"</sheets>")[1]
    return packed(parts | {"xl/workbook.xml": start + b"<sheets>" + book.encode() + b"</sheets>" + end})


def without(part: str) -> bytes:
    return packed({name: content for name, content in parts_of(good()).items() if name != part})


BOOKS: dict[str, Callable[[], bytes]] = {
    "far cell in small letters": lambda: spelled(f'{HEAD}<row r="2"><c r="xfd1048576">{FAR}</row>'),
    "far cell with blanks": lambda: spelled(f'{HEAD}<row r="2"><c r = "XFD1048576">{FAR}</row>'),
    "blanks in a reference": lambda: spelled(f'{HEAD}<row r="2"><c r=" XFD1048576 ">{FAR}</row>'),
    "row number in the cell alone": lambda: spelled(f'{HEAD}<row><c r="XFD1048576">{FAR}</row>'),
    "a cell of another row": lambda: spelled(f'{HEAD}<row r="2"><c r="XFC1048575">{FAR}</row>'),
    "single quotes": lambda: spelled(f"{HEAD}<row r='2'><c r='XFD1048576'>{FAR}</row>"),
    "entities in a reference": lambda: spelled(f'{HEAD}<row r="2"><c r="&#88;FD1048576">{FAR}</row>'),
    "a comment before": lambda: spelled(f'{HEAD}<!-- x --><row r="2"><c\n r="XFD1048576">{FAR}</row>'),
    "prefixes": lambda: spelled('<x:row r="2"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>', "x:"),
    "utf-16": lambda: spelled(f'{HEAD}<row r="2"><c r="XFD1048576">{FAR}</row>', encoding="utf-16"),
    "no such place": lambda: spelled(f'{HEAD}<row r="2"><c r="AAAA99999999">{FAR}</row>'),
    "a shared string of 3.4 million signs": lambda: strings(f"<si><t>{'x' * 3_400_000}</t></si>" * 9),
    "a shared string in rich text": lambda: strings(f"<si>{RUN * 90}</si>"),
    "an inline string in rich text": lambda: sheet_with(
        f'{HEAD}<row r="2"><c r="A2" t="inlineStr"><is>{RUN * 90}</is></c></row>'
    ),
    "two thousand sheets": many_sheets,
    "marked as encrypted": lambda: flagged(good()),
    "an entry twice": twice,
    "a wrong checksum": wrong_crc,
    "no sheet": lambda: without(SHEET),
    "no relations": lambda: without("xl/_rels/workbook.xml.rels"),
    "cut off": lambda: good()[:-200],
    "nothing but a mark": lambda: b"PK\x03\x04",
}
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_BOOK = f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">'
_CELLS = '<Cell ss:MergeDown="1048575"><Data ss:Type="String">x</Data></Cell>' * 100
TEXTS: dict[str, tuple[str, bytes]] = {
    "empty": ("csv", b""),
    "NUL bytes": ("csv", b"\0" * 5000),
    "quotes that do not pair": ("csv", b'a,"b\n' * 50),
    "thousands of unknown columns": ("csv", ",".join(f"列{at}" for at in range(900)).encode() + b"\n1\n"),
    "one heading without end": ("csv", ("统一社会信用代码,企业名称," + "长" * 90_000).encode() + b"\nX,Y,Z\n"),
    "two encodings": ("csv", "统一社会信用代码,企业名称\n".encode("gb18030") + "甲乙丙丁,戊己庚辛\n".encode() * 3),
    "a web page": ("xlsx", b"<html><table>"),
    "cells of a page over all rows": ("xls", b"<table>" + (b"<tr>" + b"<td rowspan=65534>x" * 900) * 3 + b"</table>"),
    "tables in tables": ("xls", b"<table><tr><td>" * 3000 + b"x" + b"</table>" * 3000),
    "comments without end in a page": ("xls", b"<table><tr><td>x" + b"<!--" * 50_000 + b"</table>"),
    "signs that begin no tag": ("xls", b"<table><tr><td>" + b"<" * 150_000 + b"</table>"),
    "merged cells over all rows": (
        "xls",
        f'{_BOOK}<Worksheet ss:Name="a"><Table><Row>{_CELLS}</Row></Table></Worksheet></Workbook>'.encode(),
    ),
    "a cell outside a sheet": ("xls", f"{_BOOK}<Cell/></Workbook>".encode()),
    "elements without end": ("xls", _BOOK.encode() + b"<a>" * 100_000),
    "an old workbook": ("xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    "noise": ("xlsx", bytes(range(256)) * 20),
}
NAMES: dict[str, bytes] = {
    "a name that is not UTF-8": "登记信息_".encode() + b"\xb5\xc7\xff.csv",
    "a name of two lines": "登记信息_\n[red][bold]\x1b[31m.csv".encode(),
    "a name as long as may be": ("登记信息_" + "汉" * 79 + ".csv").encode(),
    "an ending as long as may be": ("registry__firms/登记信息." + "汉" * 80).encode(),
}
PLACED = {
    "a folder named like a file": lambda inbox: (inbox / f"{NAME}.csv").mkdir(),
    "a pipe": lambda inbox: os.mkfifo(inbox / f"{NAME}.csv"),
    "a link to nowhere": lambda inbox: (inbox / f"{NAME}.csv").symlink_to("nowhere"),
}


def _book(make: Callable[[], bytes], at: int) -> Callable[[Path], object]:
    return lambda inbox: (inbox / f"登记信息_20260{at:03}.xlsx").write_bytes(make())


def _text(ending: str, content: bytes, at: int) -> Callable[[Path], object]:
    return lambda inbox: (inbox / f"登记信息_20261{at:03}.{ending}").write_bytes(content)


def _named(name: bytes) -> Callable[[Path], object]:
    def write(inbox: Path) -> None:
        path = inbox / os.fsdecode(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"统一社会信用代码,没有{len(name)}\nX,Y\n", "utf-8")

    return write


READ: dict[str, Callable[[Path], object]] = {
    **{kind: _book(make, at) for at, (kind, make) in enumerate(BOOKS.items())},
    **{kind: _text(*made, at) for at, (kind, made) in enumerate(TEXTS.items())},
    **{kind: _named(name) for kind, name in NAMES.items()},
}
"""Files that are landed and read: each is refused by name."""
HOSTILE = READ | PLACED
