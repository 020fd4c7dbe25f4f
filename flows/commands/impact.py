"""``tidu impact``: which firms gain and lose when another edition takes the place of one."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both


def impact(
    first: Annotated[str, typer.Argument(help=both("版本或草案文件", "An edition by its id, or the file of a draft"))],
    second: Annotated[str, typer.Argument(help=both("另一版本或草案文件", "Another edition, or the file of a draft"))],
    with_all: Annotated[
        bool, typer.Option("--all", help=both("连同不变的企业", "With the firms that do not change"))
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who gains and who loses under another edition, and by which condition.

    中文：换一个版本，全区企业谁得谁失，因为哪一条。

    $ tidu impact gazelle/CN/2022 gazelle/CN-32/2024
    $ tidu impact gazelle/CN/2022 drafts/gazelle/CN/2027.yml --json
    """
    from flows.terminal import what_if as what_if_view
    from service.queries.rules import impact as impact_query

    answer = impact_query.impact(home_of(home), first, second, with_all)
    print_json(answer) if as_json else what_if_view.impact(answer)


COMMANDS = (Command(impact, needs_words=True),)
