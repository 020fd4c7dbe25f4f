"""``tidu report-cards``: what of each supplier's files was kept out, to be sent back."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, home_of
from flows.terminal.help_text import both


def report_cards(
    out: Annotated[Path, typer.Option(help=both("写到哪里", "Where to write"))],
    home: HomeOption = None,
) -> None:
    """A report card for each supplier, by its own row numbers: HTML and CSV.

    中文：给报送单位的回执：问题、行号、历次情况。

    $ tidu report-cards --out cards
    """
    from service.outputs import write_report_cards

    for path in write_report_cards(home_of(home), out):
        typer.echo(path)


COMMANDS = (Command(report_cards, needs_words=True),)
