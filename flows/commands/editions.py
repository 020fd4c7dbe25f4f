"""``tidu editions``: the editions of the rules and when they are in force."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import JsonOption
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.table import table

COLUMNS = ("edition_id", "title_zh", "in_force_from", "in_force_to", "number", "confidence")


def editions(
    place: Annotated[str | None, typer.Option(help=both("属地", "Only this place and its parents"))] = None,
    as_json: JsonOption = False,
) -> None:
    """Which editions of the rules there are, and when they are in force.

    中文：有哪些认定规则版本，何时有效。

    $ tidu editions --place CN-32
    """
    from service.queries.rules.editions import editions_of

    rows = editions_of(place)
    print_json(rows) if as_json else table(rows, COLUMNS)


COMMANDS = (Command(editions),)
