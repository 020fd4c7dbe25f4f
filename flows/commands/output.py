"""How a command prints its answer: for a pipeline, for a spreadsheet, for a person."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer

from flows.commands.options import Format
from flows.terminal.table import table


def print_json(answer: Any) -> None:
    """JSON on standard output; what JSON has no type for, such as days, as text."""
    typer.echo(json.dumps(answer, ensure_ascii=False, default=str, indent=1))


def print_csv(rows: Sequence[Mapping[str, Any]]) -> None:
    """A list for a spreadsheet, with the names of the columns as headings; nothing where there are no rows.

    Several codes in one cell are separated by commas.
    """
    from service.outputs import write_csv

    if rows:
        cells = ({name: _cell(value) for name, value in row.items()} for row in rows)
        write_csv(sys.stdout, {name: name for name in rows[0]}, cells)


def _cell(value: Any) -> Any:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def print_rows(
    rows: Sequence[Mapping[str, Any]], form: Format, columns: Sequence[str], title: str | None = None
) -> None:
    """A list in the format that was chosen; ``columns`` are those of the table, the others print every column."""
    if form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        table(rows, columns, title)
