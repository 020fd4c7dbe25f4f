"""What a sheet's XML says beside its cells: how far it reaches, what is merged, what is hidden.

The reader of cells tells none of this, and trusts whatever row and column a cell claims. Sheets spelled as spreadsheets
write them are looked through by patterns, piece by piece; a piece with a single tag that is spelled otherwise (other
quotes, prefixes, letters, order, encoding, entities, comments) hands the whole sheet to a real parser.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.spelling import IS_PLAIN, PLAIN_CELL
from warehouse.intake.readers.tags import Handler, parse

_LONGEST_REST = 4 * limits.LONGEST_CELL + (4 << 20)
"""Bytes without the begin of a tag: a cell of the longest text in UTF-8, and a piece."""
_PREFIXED_ROOT = re.compile(rb"<(\w+:)worksheet\b")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ROW = re.compile(r'<row r="(\d+)"([^>]*)>')
_COLUMN = re.compile(r"<col ([^>]*)>")
_MERGE = re.compile(r'<mergeCell ref="([^"]*)"')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7}):\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass
class Outline:
    """Counted from 1, as a person counts; ``rows`` and ``columns`` are how far cells reach."""

    rows: int = 0
    columns: int = 0
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """first row, last row, first column, last column"""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def merge(self, reference: str) -> None:
        """Take in cells merged, as in A1:B3."""
        corners = _RANGE.fullmatch(reference.strip())
        if corners:
            left, top, right, bottom = corners.groups()
            self.merged.append((int(top), int(bottom), position(left), position(right)))

    def columns_said(self, said: dict[str, str]) -> None:
        """Take in what is said of columns: hidden ones are kept, as many as may be read."""
        first, last = said.get("min", ""), said.get("max", "")
        if _is_true(said.get("hidden")) and first.isdecimal() and last.isdecimal():
            begin = min(int(first), limits.MOST_COLUMNS)
            self.hidden_columns += range(begin, min(int(last), begin + limits.MOST_COLUMNS) + 1)


def outline(pieces: Callable[[], Iterable[bytes]], where: str) -> Outline:
    """Look through a sheet, whose bytes ``pieces`` gives anew each time; ``where`` names it in messages.

    Raises ``BadInput`` for endless texts and ``ValueError`` where it is no XML.
    """
    return _plain(pieces(), where) or _parsed(pieces(), where)


def _plain(pieces: Iterable[bytes], where: str) -> Outline | None:
    """By patterns; None where a tag is not spelled plainly."""
    found, rest, prefix = Outline(), b"", None
    for piece in pieces:
        rest += piece
        cut = rest.rfind(b"<")
        prefix = _prefix(rest) if prefix is None else prefix
        if cut > 0:
            if not _look(_without(prefix, rest[:cut]), found):
                return None
            rest = rest[cut:]
        if len(rest) > _LONGEST_REST:
            raise BadInput(f"{where}: 有单元格的文字过长", f"{where}: a cell's text is too long")
    return found if _look(_without(prefix or b"", rest), found) else None


def _prefix(begin: bytes) -> bytes:
    """With which all tags of a sheet are written by some makers of workbooks, as in ``<x:worksheet>``."""
    root = _PREFIXED_ROOT.search(begin[:4096])
    return root[1] if root else b""


def _without(prefix: bytes, text: bytes) -> bytes:
    return text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else text


def _look(piece: bytes, found: Outline) -> bool:
    """Take in a piece of XML that begins and ends between tags; False where a tag is not spelled plainly."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        return False
    column = pl.Series([text])
    if column.str.count_matches(IS_PLAIN)[0] != piece.count(b"<"):
        return False
    _reach(column, found)
    if 'hidden="' in text:
        found.hidden_rows += [int(row) for row, said in _ROW.findall(text) if _is_true(_said(said).get("hidden"))]
        for said in _COLUMN.findall(text):
            found.columns_said(_said(said))
    for reference in _MERGE.findall(text) if "<mergeCell " in text else ():
        found.merge(reference)
    return True


def _reach(text: pl.Series, found: Outline) -> None:
    """How far the cells of a piece reach, each by its own reference."""
    places = text.str.extract_all(PLAIN_CELL).explode().drop_nulls().str.slice(len('<c r="'))
    if places.is_empty():
        return
    rows = places.str.strip_chars_start(_LETTERS)
    letters = places.str.slice(0, places.str.len_bytes() - rows.str.len_bytes()).unique()
    found.rows = max(found.rows, int(rows.cast(pl.Int64).max()))  # type: ignore[arg-type]
    found.columns = max(found.columns, *map(position, letters))


def _said(attributes: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(attributes))


def _is_true(said: str | None) -> bool:
    return said in ("1", "true")


@lru_cache(maxsize=1000)
def position(letters: str) -> int:
    """The number of a column: A is 1, AA is 27; small letters are read like large ones."""
    number = 0
    for letter in letters.upper():
        number = number * len(_LETTERS) + ord(letter) - 64
    return number


def _parsed(pieces: Iterable[bytes], where: str) -> Outline:
    """By a real parser, whatever the spelling."""
    sheet = _Sheet(where)
    parse(pieces, sheet)
    return sheet.found


class _Sheet(Handler):
    """Follows rows and cells; what says no place of its own stands after the one before."""

    def __init__(self, where: str) -> None:
        self.found = Outline()
        self._where = where
        self._row = self._column = 0

    def start(self, tag: str, said: dict[str, str]) -> None:
        """Take in one tag."""
        if tag == "c":
            self._cell(said.get("r", ""))
        elif tag == "row":
            number = said.get("r", "").strip()
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
            if _is_true(said.get("hidden")):
                self.found.hidden_rows.append(self._row)
        elif tag == "col":
            self.found.columns_said(said)
        elif tag == "mergeCell":
            self.found.merge(said.get("ref", ""))

    def _cell(self, reference: str) -> None:
        """A place that is written in any way, or follows; one that cannot be read might be anywhere."""
        place = _REFERENCE.fullmatch(reference) or _REFERENCE.fullmatch("".join(reference.split()).upper())
        if reference.strip() and not place:
            raise BadInput(
                f"{self._where}: 单元格的位置“{reference[:40]}”无法识别；请用表格软件另存",
                f"{self._where}: the place of a cell, {reference[:40]!r}, cannot be read; save it from a spreadsheet",
            )
        row, column = (int(place[2]), position(place[1])) if place else (self._row, self._column + 1)
        self._column = column
        self.found.rows, self.found.columns = max(self.found.rows, row), max(self.found.columns, column)
