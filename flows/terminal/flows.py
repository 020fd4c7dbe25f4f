"""What the terminal shows of flows between rungs: the matrix, and the moves with their shares."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from flows.terminal.language import of_both, text_of
from flows.terminal.markup import styled
from flows.terminal.table import console, table
from warehouse.rows import AnyRow

HIDDEN = "×"
"""A small cell, and what is hidden with it."""


def matrix(rows: Sequence[AnyRow]) -> None:
    """Counts by row and column with their totals, then every move with its share and interval."""
    first = rows[0]
    console.print(styled("\n[bold]{} → {}[/bold]  {}", first["previous_day"], first["day"], of_both("企业数", "firms")))
    lines = [_line(list(cells)) for _, cells in groupby(rows, itemgetter("from_seq"))]
    ends = {_number(row, "to"): text_of(row, "to") for row in sorted(rows, key=itemgetter("to_seq"))}
    table([*lines, _totals(rows)], ["", *ends, "whole_zone"])
    starts = {row["from_state"] for row in rows}
    without_row = {_number(row, "to"): text_of(row, "to") for row in rows if row["to_state"] not in starts}
    console.print("\n" + " · ".join(f"{number} = {word}" for number, word in without_row.items()))
    moves = [_move(row) for row in rows if row["firms"] != 0]
    table(moves, ("move", "firms", "share", "interval"), "\n" + of_both("占该行的比例与区间", "shares of the row"))
    if any(row["firms"] is None for row in rows):
        console.print(f"{HIDDEN} {of_both('小格隐藏', 'small cell, hidden')}")


def _number(row: AnyRow, side: str) -> str:
    """The number of a state: its columns have no room for its name, which stands in its row."""
    return str(row[f"{side}_seq"])


def _line(cells: Sequence[AnyRow]) -> dict[str, Any]:
    counts = {_number(cell, "to"): _count(cell["firms"]) for cell in cells}
    return {
        "": f"{_number(cells[0], 'from')} {text_of(cells[0], 'from')}",
        **counts,
        "whole_zone": _count(cells[0]["from_firms"]),
    }


def _totals(rows: Sequence[AnyRow]) -> dict[str, Any]:
    totals = {_number(row, "to"): row["to_firms"] for row in rows}
    known = [count for count in totals.values() if count is not None]
    whole = sum(known) if len(known) == len(totals) else None
    return {
        "": of_both("合计", "all"),
        **{state: _count(count) for state, count in totals.items()},
        "whole_zone": _count(whole),
    }


def _count(count: int | None) -> int | str:
    return HIDDEN if count is None else count


def _move(row: AnyRow) -> dict[str, Any]:
    move = {"move": f"{text_of(row, 'from')} → {text_of(row, 'to')}", "firms": _count(row["firms"])}
    if row["share"] is None:
        return {**move, "share": HIDDEN, "interval": HIDDEN}
    return {**move, "share": f"{row['share']:.1%}", "interval": f"{row['share_low']:.1%}–{row['share_high']:.1%}"}
