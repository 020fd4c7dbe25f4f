"""``tidu changes``: what differs between two releases, and why."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, JsonOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both

COLUMNS = ("change_kind", "name", "year", "what", "before", "after", "why_zh", "source")


def changes(
    first: Annotated[
        str | None,
        typer.Argument(help=both("先一期", "The earlier run"), show_default=both("倒数第二期", "the last but one")),
    ] = None,
    second: Annotated[
        str | None,
        typer.Argument(help=both("后一期", "The later run"), show_default=both("现行一期", "the current one")),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help=both("只看 figure · title · firm · fact · verdict", "Only one kind"))
    ] = None,
    form: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What changed between two runs, and why: figures, titles, firms, facts, verdicts.

    中文：两期之间变了什么，为什么。

    $ tidu changes --kind figure --format csv > changes.csv
    """
    from flows.terminal.sources import sources_text
    from service.queries.release.changes import changes_between

    answer = changes_between(home_of(home), first, second, kind)
    title = f"{answer.first} → {answer.second}: {len(answer.rows)}"
    form = Format.JSON if as_json else form
    rows = answer.rows
    if form is Format.TABLE:
        rows = [{**row, "change_kind": row["kind"], "source": sources_text(row)} for row in rows]
    elif form is Format.CSV:
        rows = [{name: value for name, value in row.items() if name != "sources"} for row in rows]
    print_rows(rows, form, COLUMNS, title)


COMMANDS = (Command(changes),)
