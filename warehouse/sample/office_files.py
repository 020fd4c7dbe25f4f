"""CSV and XLSX files as offices write them, byte-identical for the same content."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

_CREATED = datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None)


def write_csv(path: Path, rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig", above: str = "") -> None:
    """Write a CSV file; ``above`` is a line above the header, such as a unit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    if above:
        text.write(above + "\r\n")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding, "replace"))


def write_xlsx(
    path: Path,
    rows: Iterable[Sequence[Any]],
    merged: Iterable[tuple[int, int, int, str]] = (),
    sheet: str = "Sheet1",
) -> None:
    """Write a workbook with a single sheet; ``merged`` are (first row, last row, column, text), counted from 0."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": not merged, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _CREATED})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for first, last, column, text in merged:
            page.merge_range(first, column, last, column, text)
