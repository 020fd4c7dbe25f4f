"""Damages of headings, rows, columns, sheets and storage: what the cells of the table say is unchanged."""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from office_tables import NOT_TYPED, Cell, Damage, OfficeFile, Row, Sheet

FIGURES = ("money", "count", "number")


def headings(*writings: Callable[[str], str]) -> Damage:
    """A damage of the headings; of code-mapped heads, of the row with the words."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        write, share = chance.choice(writings), chance.choice((0.3, 1.0))

        def head_of(sheet: Sheet) -> Sheet:
            words = [write(str(cell)) if cell and chance.random() < share else cell for cell in sheet.head[0]]
            return replace(sheet, head=[words, *sheet.head[1:]])

        return file.each(head_of)

    return damage


def rows_added(place: str, *lines: Callable[[Sheet], list[Row]]) -> Damage:
    """A damage that puts rows above or below the table."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        make = chance.choice(lines)

        def sheet_of(sheet: Sheet) -> Sheet:
            if place == "above":
                return replace(sheet, above=[*make(sheet), *sheet.above])
            return replace(sheet, below=[*make(sheet), *sheet.below])

        return file.each(sheet_of)

    return damage


def line(*texts: str) -> Callable[[Sheet], list[Row]]:
    """Rows with a text in their first cell."""
    return lambda sheet: [[text, *[None] * (len(sheet.kinds) - 1)] for text in texts]


def totals(sheet: Sheet) -> list[Row]:
    """A row of sums, its label in the first column that holds no figure."""
    row: Row = [None] * len(sheet.kinds)
    for at in sheet.positions(*FIGURES):
        row[at] = round(sum(_number(cells[at]) for cells in sheet.body), 2)
    row[next(at for at, kind in enumerate(sheet.kinds) if kind not in FIGURES)] = "合计"
    return [row]


def _number(cell: Cell) -> float:
    text = str(cell)
    return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else 0.0


def columns_in_other_order(file: OfficeFile, chance: Random) -> OfficeFile:
    def sheet_of(sheet: Sheet) -> Sheet:
        order = list(range(len(sheet.kinds)))
        chance.shuffle(order)
        head, body = ([[row[at] for at in order] for row in rows] for rows in (sheet.head, sheet.body))
        names, kinds = ([values[at] for at in order] for values in (sheet.names, sheet.kinds))
        return replace(sheet, head=head, body=body, names=names, kinds=kinds)

    return file.each(sheet_of)


def column_added(heading: str | None, write: Callable[[int], Cell]) -> Damage:
    """A damage that inserts a column at some place."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        def sheet_of(sheet: Sheet) -> Sheet:
            if heading in sheet.head[0]:
                return sheet
            at = chance.randrange(len(sheet.kinds) + 1)
            head = [_with(row, at, heading if not number else None) for number, row in enumerate(sheet.head)]
            body = [_with(row, at, write(number)) for number, row in enumerate(sheet.body, 1)]
            names, kinds = ([*values[:at], NOT_TYPED, *values[at:]] for values in (sheet.names, sheet.kinds))
            return replace(sheet, head=head, body=body, names=names, kinds=kinds)

        return file.each(sheet_of)

    return damage


def _with(row: Row, at: int, cell: Cell) -> Row:
    return [*row[:at], cell, *row[at:]]


def first_column_empty(file: OfficeFile, _: Random) -> OfficeFile:
    def sheet_of(sheet: Sheet) -> Sheet:
        above, head, body, below = (
            [[None, *row] for row in rows] for rows in (sheet.above, sheet.head, sheet.body, sheet.below)
        )
        return Sheet(above, head, body, below, [NOT_TYPED, *sheet.names], [NOT_TYPED, *sheet.kinds])

    return file.each(sheet_of)


def between_rows(make: Callable[[Sheet], list[Row]]) -> Damage:
    """A damage that puts rows of no data into the middle of the table; they are not counted as data."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        def halves(sheet: Sheet) -> Sheet:
            at = chance.randrange(len(sheet.body) + 1)
            return replace(sheet, body=[*sheet.body[:at], *make(sheet), *sheet.body[at:]])

        return file.each(halves)

    return damage


def rows_in_other_order(file: OfficeFile, chance: Random) -> OfficeFile:
    return file.each(lambda sheet: replace(sheet, body=chance.sample(sheet.body, len(sheet.body))))


def split_over_sheets(with_head: bool) -> Damage:
    """A damage that puts the second half of the rows on another sheet."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        sheet = file.sheets[0]
        if len(sheet.body) < 2:
            return file
        at = chance.randrange(1, len(sheet.body))
        rest = replace(sheet, above=[], head=sheet.head if with_head else [], body=sheet.body[at:])
        first = replace(sheet, body=sheet.body[:at], below=[])
        above = rest if not with_head else replace(rest, above=sheet.above)
        return replace(file, sheets=[first, above, *file.sheets[1:]], ending="xlsx")

    return damage


def stored(**changes: str) -> Damage:
    """A damage of how the file is stored."""
    return lambda file, _: file if len(file.sheets) > 1 else replace(file, **changes)  # type: ignore[arg-type]


def with_sheet(name: str, rows: list[Row]) -> Damage:
    """A damage that adds a sheet without data."""
    return lambda file, _: replace(file, extra_sheets={name: rows}, ending="xlsx")
