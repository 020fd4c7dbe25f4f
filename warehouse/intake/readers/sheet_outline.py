"""Metadata of a sheet from its XML: dimensions, merged cells, hidden rows and columns.

calamine reports none of this, and allocates whatever row and column a cell claims. Sheets written as spreadsheets write
them are scanned with regular expressions, chunk by chunk; a single tag in another notation (quotes, prefixes, letter
case, attribute order, encoding, entities, comments) makes expat parse the whole sheet.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.cell_faults import CellFaults
from warehouse.intake.readers.number_cells import NumberCells, letters_of
from warehouse.intake.readers.plain_tags import GUARD, IS_PLAIN, PLAIN_CELL, beyond, usual_cells
from warehouse.intake.readers.xml_tags import Handler, parse

_LONGEST_REST = 4 * limits.LONGEST_CELL + (4 << 20)
"""Bytes without the begin of a tag: a cell of the longest text in UTF-8, and a chunk."""
_PREFIXED_ROOT = re.compile(rb"<(\w+:)worksheet\b")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LAST_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})')
_ROW = re.compile(r'<row r="(\d+)"([^>]*)>')
_COLUMN = re.compile(r"<col ([^>]*)>")
_MERGE = re.compile(r'<mergeCell ref="([^"]*)"')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass
class Outline:
    """Rows and columns counted from 1; ``rows`` and ``columns`` are the largest used."""

    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """first row, last row, first column, last column"""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    numbers: NumberCells = field(default_factory=NumberCells)
    faults: CellFaults = field(default_factory=CellFaults)

    def merge(self, reference: str) -> None:
        """Add a range of merged cells, such as A1:B3."""
        corners = _RANGE.fullmatch(reference.strip())
        if corners:
            left, top, right, bottom = corners.groups()
            self.merged.append((int(top), int(bottom), position(left), position(right)))

    def add_columns(self, attributes: dict[str, str]) -> None:
        """Add the columns of a ``col`` tag if they are hidden, up to the limit of columns."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if _is_true(attributes.get("hidden")) and first.isdecimal() and last.isdecimal():
            begin = min(int(first), limits.MOST_COLUMNS)
            self.hidden_columns += range(begin, min(int(last), begin + limits.MOST_COLUMNS) + 1)


def outline(chunks: Callable[[], Iterable[bytes]], where: str, styles: frozenset[int] = frozenset()) -> Outline:
    """The outline of a sheet; ``chunks`` opens its bytes anew at each call, ``where`` names it in messages.

    ``styles``: the cell styles whose numbers are wanted as written. Raises ``BadInput`` for too long texts and
    ``ValueError`` for invalid XML.
    """
    plain, any_notation = (Outline(numbers=NumberCells(styles)) for _ in range(2))
    return _scanned(chunks(), where, plain) or _parsed(chunks(), where, any_notation)


def _scanned(chunks: Iterable[bytes], where: str, result: Outline) -> Outline | None:
    """By regular expressions; None where a tag is not in plain notation."""
    rest, prefix = b"", None
    for chunk in chunks:
        rest += chunk
        cut = rest.rfind(b"<")
        prefix = _prefix(rest) if prefix is None else prefix
        if cut > 0:
            if not _scan(_without(prefix, rest[:cut]), result):
                return None
            rest = rest[cut:]
        if len(rest) > _LONGEST_REST:
            raise BadInput(f"{where}: 有单元格的文字过长", f"{where}: a cell's text is too long")
    return result if _scan(_without(prefix or b"", rest), result) else None


def _prefix(begin: bytes) -> bytes:
    """The namespace prefix of all tags, which some producers write, as in ``<x:worksheet>``."""
    root = _PREFIXED_ROOT.search(begin[:4096])
    return root[1] if root else b""


def _without(prefix: bytes, text: bytes) -> bytes:
    return text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else text


def _scan(chunk: bytes, result: Outline) -> bool:
    """Add a chunk of XML that begins and ends between tags; False where a tag is not in plain notation."""
    try:
        column = pl.Series([chunk], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:  # no UTF-8
        return False
    others = column.str.replace_all(usual_cells(result.numbers.styles), GUARD)
    text: str = others[0]
    if others.str.count_matches(IS_PLAIN)[0] != text.count("<"):
        return False
    _add_dimensions(column, chunk, result)
    result.numbers.scan(text)
    if 'hidden="' in text:
        result.hidden_rows += [
            int(row) for row, rest in _ROW.findall(text) if _is_true(_attributes(rest).get("hidden"))
        ]
        for attributes in _COLUMN.findall(text):
            result.add_columns(_attributes(attributes))
    for reference in _MERGE.findall(text) if "<mergeCell " in text else ():
        result.merge(reference)
    result.faults.scan(text)
    return True


def _add_dimensions(text: pl.Series, chunk: bytes, result: Outline) -> None:
    """Extend the dimensions to the cell references of a chunk: to the last one, where none lies beyond."""
    last = _LAST_CELL.match(chunk, max(chunk.rfind(b'<c r="'), 0))
    if last is None:
        return
    last_row = max(result.rows, int(last[1]))
    if result.columns and not text.str.contains(beyond(last_row, letters_of(result.columns)))[0]:
        result.rows = last_row
        return
    references = text.str.extract_all(PLAIN_CELL).explode().drop_nulls().str.slice(len('<c r="'))
    rows = references.str.strip_chars_start(_LETTERS)
    letters = references.str.slice(0, references.str.len_bytes() - rows.str.len_bytes()).unique()
    result.rows = max(result.rows, int(rows.cast(pl.Int64).max()))  # type: ignore[arg-type]
    result.columns = max(result.columns, *map(position, letters))


def _attributes(text: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(text))


def _is_true(value: str | None) -> bool:
    return value in ("1", "true")


@lru_cache(maxsize=1000)
def position(letters: str) -> int:
    """The number of a column: A is 1, AA is 27; case-insensitive."""
    number = 0
    for letter in letters.upper():
        number = number * len(_LETTERS) + ord(letter) - 64
    return number


def _parsed(chunks: Iterable[bytes], where: str, result: Outline) -> Outline:
    """By expat, for any notation."""
    sheet = _Sheet(where, result)
    parse(chunks, sheet)
    sheet.end_cell()
    return result


class _Sheet(Handler):
    """Tracks rows and cells; one without a reference follows the previous one."""

    def __init__(self, where: str, result: Outline) -> None:
        self.outline = result
        self._where = where
        self._row = self._column = self._last_row = 0
        self._kind = self._tag = self._style = ""
        self._texts: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Process an opening tag."""
        self._tag = tag
        if tag == "c":
            self.end_cell()
            self._style = attributes.get("s", "").strip()
            self._cell(attributes.get("r", ""))
            self._kind = attributes.get("t", "")
        elif tag in ("f", "v"):
            self._texts[tag] = ""
        elif tag == "row":
            self.end_cell()
            number = attributes.get("r", "").strip()
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
            if _is_true(attributes.get("hidden")):
                self.outline.hidden_rows.append(self._row)
        elif tag == "col":
            self.outline.add_columns(attributes)
        elif tag == "mergeCell":
            self.outline.merge(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        """Collect formula and value of a cell."""
        if self._tag in self._texts:
            self._texts[self._tag] += text

    def end_cell(self) -> None:
        """Note the cell before if it is a number or has no value."""
        kind, formula, value = self._kind, self._texts.get("f"), self._texts.get("v", "").strip()
        self.outline.faults.add((self._last_row, self._column), kind, formula, value)
        if value and kind in ("", "n"):
            style = int(self._style) if self._style.isdecimal() else 0
            self.outline.numbers.add(letters_of(self._column), self._last_row, style, value)
        self._texts, self._kind = {}, ""

    def _cell(self, reference: str) -> None:
        """Extend the dimensions to a cell; an unreadable reference is refused, since it could be any cell."""
        place = _REFERENCE.fullmatch(reference) or _REFERENCE.fullmatch("".join(reference.split()).upper())
        if reference.strip() and not place:
            raise BadInput(
                f"{self._where}: 单元格的位置“{reference[:40]}”无法识别；请用表格软件另存",
                f"{self._where}: the place of a cell, {reference[:40]!r}, cannot be read; save it from a spreadsheet",
            )
        row, column = (int(place[2]), position(place[1])) if place else (self._row, self._column + 1)
        self._column, self._last_row = column, row
        self.outline.rows, self.outline.columns = max(self.outline.rows, row), max(self.outline.columns, column)
