"""Cells of a sheet without a value: errors, which calamine reads as empty, and formulas saved without their result."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

_CELL = re.compile(r'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)>(.*?)</c>', re.DOTALL)
_KIND = re.compile(r'\bt="(\w+)"')
_FORMULA = re.compile(r"<f(?:\s[^>]*)?(?:/>|>(.*?)</f>)", re.DOTALL)
_VALUE = re.compile(r"<v(?:\s[^>]*)?>(.*?)</v>", re.DOTALL)
_TEXTS = ("str", "inlineStr", "s")
"""Cells whose stored result may be the empty text."""
_LONGEST = 60
_NO_RESULT = "∅"
"""After a formula that was saved without its result; a sign, which both languages read."""

Place = tuple[int, int]


@dataclass
class CellFaults:
    """``texts`` has what stands in the cell, by row and column from 1: ``#REF!``, ``=F4+1000 ∅``."""

    texts: dict[Place, str] = field(default_factory=dict)
    _rest: str = ""

    def add(self, place: Place, kind: str, formula: str | None, value: str) -> None:
        """Note a cell of a kind (attribute ``t``), with its formula and its stored value."""
        if kind == "e":
            self.texts[place] = value.strip() or "#VALUE!"
        elif formula is not None and not value.strip() and kind not in _TEXTS:
            self.texts[place] = without_result(formula)

    def scan(self, text: str) -> None:
        """Note the cells in a part of a sheet in plain notation; a cell without its end is kept for the next part."""
        text, self._rest = self._rest + text, ""
        last = text.rfind("<c ")
        if last >= 0 and not _is_closed(text[last:]):
            text, self._rest = text[:last], text[last:]
        if 't="e"' not in text and "<f" not in text:
            return
        for letters, row, attributes, content in _CELL.findall(_without_empty(text)):
            if 't="e"' in attributes or "<f" in content:
                kind, formula, value = _KIND.search(attributes), _FORMULA.search(content), _VALUE.search(content)
                written = html.unescape(formula[1] or "") if formula else None
                self.add((int(row), _position(letters)), kind[1] if kind else "", written, value[1] if value else "")


def without_result(formula: str) -> str:
    """What stands for a cell of a formula without its result; ``unreadable`` of ``page_text.yml`` knows it."""
    return f"={formula.strip().lstrip('=')[:_LONGEST]} {_NO_RESULT}"


def _is_closed(cell: str) -> bool:
    end = cell.find(">")
    return "</c>" in cell or (end > 0 and cell[end - 1] == "/")


def _without_empty(text: str) -> str:
    """Without cells that have no content, so that each remaining one ends at the next closing tag."""
    return re.sub(r"<c [^>]*/>", "", text)


def _position(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def with_faults(cells: pl.DataFrame, faults: CellFaults, at: Mapping[int, str]) -> pl.DataFrame:
    """The cells with the text of each fault, and the rows that hold nothing else; ``at`` has the columns by number."""
    for number, column in at.items():
        texts = [(row, text) for (row, place), text in faults.texts.items() if place == number]
        if texts:
            added = pl.DataFrame(texts, schema={"row_no": pl.Int64, "fault": pl.String}, orient="row")
            cells = cells.join(added, on="row_no", how="full", coalesce=True)
            cells = cells.with_columns(pl.coalesce(column, "fault").alias(column)).drop("fault")
    return cells.sort("row_no") if faults.texts else cells
