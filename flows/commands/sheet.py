"""``tidu sheet``: the sheet of a firm on one A4 page, for a visit."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, home_of
from flows.terminal.help_text import both
from flows.terminal.language import language


class Lang(StrEnum):
    """The language of paper."""

    ZH = "zh"
    EN = "en"


LangOption = Annotated[
    Lang | None,
    typer.Option(
        "--lang", help=both("语言", "Language: zh, en"), show_default=both("终端的语言", "that of the terminal")
    ),
]


def lang_of(chosen: Lang | None) -> Literal["zh", "en"]:
    """The language of a paper: the one chosen, else the one that the terminal speaks."""
    return chosen.value if chosen else language()


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
