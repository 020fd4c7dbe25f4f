"""``tidu sheet``: the sheet of a firm on one A4 page, for a visit."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, LangOption, home_of, lang_of
from flows.terminal.help_text import both


def sheet(
    firms: Annotated[
        list[str], typer.Argument(metavar="FIRM…", help=both("信用代码、股票代码或全称", "Codes or full names"))
    ],
    out: Annotated[Path, typer.Option(help=both("写到哪里", "Where to write"))] = Path(),
    lang: LangOption = None,
    home: HomeOption = None,
) -> None:
    """A firm on one A4: titles, distance, promises, what is due.

    中文：企业单页：一张 A4，持有与达到、距下一级、承诺、到期。

    $ tidu sheet 91330108MA2B0000XX --out sheets
    """
    from service.paper.writing import write_sheets

    for path in write_sheets(home_of(home), firms, out, lang_of(lang), lambda: datetime.now(UTC)):
        typer.echo(path)


COMMANDS = (Command(sheet, needs_words=True),)
