"""Tables in the terminal, with headings and texts in the language of the terminal.

A cell is never broken: a table that is wider than the terminal is shown as a block a row, each value with its heading.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from flows.terminal.headings import HEADINGS
from flows.terminal.language import counterpart, is_of_language, localized_column, of_both
from flows.terminal.markup import Terminal, plain
from flows.terminal.values import localized_value

console = Terminal()

Rows = Sequence[Sequence[str]]
GAP = 2
"""Columns of the terminal between two columns of a table."""
MOMENT = "_at"
"""Ends the names of columns of moments, which are shown in the time of the zone."""


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], title: str | None = None) -> None:
    """Print rows as a table, or as blocks where the terminal is too narrow.

    A column of texts that has a counterpart in the other language is shown in the one of the terminal.
    """
    shown = [name for name in columns if counterpart(name) not in columns or is_of_language(name)]
    heads = [_head(name) for name in shown]
    columns = [localized_column(name, rows) for name in shown]
    cells = [[_text(column, row.get(column)) for column in columns] for row in rows]
    is_figure = [any(_is_number(row.get(column)) for row in rows) for column in columns]
    draw(heads, cells, is_figure, title)


def _head(column: str) -> str:
    """The heading of a column, or of the column with the same text in the other language; else its own name."""
    words = HEADINGS.get(column) or HEADINGS.get(counterpart(column) or "")
    return of_both(*words) if words else column


def draw(heads: Sequence[str], cells: Rows, is_figure: Sequence[bool], title: str | None = None) -> None:
    """Print cells below their headings: on a line each, else a word of a heading a line, else as blocks."""
    if title is not None:
        console.print(Text(plain(title), style="italic"))
    for tried in (heads, [head.replace(" ", "\n") for head in heads]):
        if _width(tried, cells) <= console.width:
            console.print(_grid(tried, cells, is_figure))
            return
    for row in cells:
        _block(heads, row)


def _width(heads: Sequence[str], cells: Rows) -> int:
    """Columns of the terminal that a table takes with no cell broken."""
    columns = zip(heads, *cells, strict=True)
    return sum(max(map(_longest, column)) for column in columns) + GAP * (len(heads) - 1)


def _longest(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _grid(heads: Sequence[str], cells: Rows, is_figure: Sequence[bool]) -> Table:
    view = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0))
    for head, is_right in zip(heads, is_figure, strict=True):
        view.add_column(Text(head), justify="right" if is_right else "left", no_wrap=True)
    for row in cells:
        view.add_row(*(Text(cell) for cell in row))
    return view


def _block(heads: Sequence[str], row: Sequence[str]) -> None:
    """The first value on a line of its own, below it the others, as many on a line as there is room for.

    A first value that is a number alone has its heading, as the others have.
    """
    first, *others = row
    named = f"{heads[0]} {first}" if first.replace(",", "").isdecimal() else first
    console.print(Text(named or "–", style="bold"))
    parts = [
        f"{head} {' '.join(text.split())}".strip()
        for head, text in zip(heads[1:], others, strict=True)
        if text not in ("", "–")
    ]
    for line in _packed(parts, console.width - GAP):
        console.print(Padding(Text(line), (0, 0, 0, GAP), expand=False))


def _packed(parts: Iterable[str], width: int) -> Iterator[str]:
    """The parts in as few lines as hold them whole; one that is longer has lines of its own."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and cell_len(longer) > width:
            yield line
            line = part
        else:
            line = longer
    if line:
        yield line


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(column: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return of_both("是", "yes") if value else ""
    if isinstance(value, int) and column != "year":
        return f"{value:,}"
    if column.endswith(MOMENT):
        from service.wording.shown_moments import minute  # no help shows a table

        return minute(value)
    return plain(localized_value(column, str(value)))
