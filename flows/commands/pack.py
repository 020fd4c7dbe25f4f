"""``tidu pack``: the Monday pack of the director."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, LangOption, home_of, lang_of
from flows.terminal.help_text import both


def pack(
    out: Annotated[Path, typer.Option(help=both("写成哪个文件", "Which file to write"))] = Path("pack.pdf"),
    lang: LangOption = None,
    home: HomeOption = None,
) -> None:
    """The director's Monday: six figures, targets, ten firms.

    中文：周一例会材料：六个数、目标、十家企业、变化，每个数有出处。

    $ tidu pack --out 周一.pdf
    """
    from service.paper.writing import write_pack

    typer.echo(write_pack(home_of(home), out, lang_of(lang)))


COMMANDS = (Command(pack),)
