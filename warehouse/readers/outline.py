"""What a sheet's XML says beside its cells: how far it reaches, what is merged, what is hidden.

The XML is looked through as it unpacks, tag by tag, without a tree; the reader of cells tells none of this.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from warehouse.errors import BadInput
from warehouse.readers import limits

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{2,3})\d")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)
_NUMBER = re.compile(rb"\br=[\"'](\d{1,10})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_MIN, _MAX = re.compile(rb"\bmin=[\"'](\d{1,5})[\"']"), re.compile(rb"\bmax=[\"'](\d{1,5})[\"']")
_LETTERS = 26


@dataclass
class Outline:
    """Counted from 1, as a person counts; ``rows`` and ``columns`` are how far cells may reach."""

    rows: int = 0
    columns: int = _LETTERS
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """first row, last row, first column, last column"""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    cells_of_row: int = 0
    """of the row that is being read, which may lie in several pieces"""


def outline(pieces: Iterable[bytes], where: str) -> Outline:
    """Look through a sheet; ``where`` names it in what is said of one with endless texts."""
    found = Outline()
    rest = b""
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<")
        if cut > 0:
            _look(rest[:cut], found)
            rest = rest[cut:]
        if len(rest) > 4 * limits.LONGEST_CELL + (4 << 20):
            raise BadInput(f"{where}: 有单元格的文字过长", f"{where}: a cell's text is too long")
    _look(rest, found)
    return found


def _look(text: bytes, found: Outline) -> None:
    """Take in a piece of XML that begins and ends between tags."""
    rows = _ROW.split(text)
    found.cells_of_row += _cells(rows[0])
    found.columns = max(found.columns, found.cells_of_row)
    for attributes, cells in zip(rows[1::2], rows[2::2], strict=True):
        number = _NUMBER.search(attributes)
        found.rows = int(number[1]) if number and int(number[1]) > found.rows else found.rows + (number is None)
        if _HIDDEN.search(attributes):
            found.hidden_rows.append(found.rows)
        found.cells_of_row = _cells(cells)
        if found.cells_of_row > found.columns:
            found.columns = found.cells_of_row
    wide = set(_REFERENCE.findall(text))
    if wide:
        found.columns = max(found.columns, *map(_position, wide))
    if b"col" in text:
        _look_at_columns(text, found)
    if b"mergeCell" in text:
        found.merged += [
            (int(top), int(bottom), _position(left), _position(right))
            for left, top, right, bottom in _MERGE.findall(text)
        ]


def _cells(text: bytes) -> int:
    """How many cells begin in a text, whether or not they say where they stand."""
    return text.count(b"<c") or (len(_CELL.findall(text)) if b":c" in text else 0)


def _look_at_columns(text: bytes, found: Outline) -> None:
    for attributes in _COLUMN.findall(text):
        first, last = _MIN.search(attributes), _MAX.search(attributes)
        if first and last and _HIDDEN.search(attributes):
            found.hidden_columns += range(int(first[1]), min(int(last[1]), int(first[1]) + limits.MOST_COLUMNS) + 1)


def _position(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - 64
    return number
