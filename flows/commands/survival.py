"""``tidu survival``: how long firms stay in a rung, compared within groups of like firms."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.flows import OutsideOption
from flows.commands.options import Format, FormatOption, HomeOption, home_of
from flows.commands.output import print_csv, print_json
from flows.terminal.help_text import both


def survival(
    designation: Annotated[str, typer.Argument(help=both("称号代码或名称", "A title by its code or its name"))],
    level: Annotated[
        str,
        typer.Option(
            "--by",
            help=both(
                "粒度：all · sector · age · size · sector_age · sector_age_size",
                "Grain: all · sector · age · size · sector_age · sector_age_size",
            ),
        ),
    ] = "all",
    outside: OutsideOption = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """How long firms stay in a rung, with the number at risk.

    中文：在级多久：停留、升级、失去、注销的比例，附观察数。

    $ tidu survival hnte --by sector
    """
    from flows.terminal import time_in_rung as view
    from service.queries.zone import time_in_rung

    answer = time_in_rung.survival(home_of(home), designation, level, outside=outside)
    if form is Format.JSON:
        print_json(answer)
    elif form is Format.CSV:
        print_csv(answer["curves"])
    else:
        view.survival(answer)


COMMANDS = (Command(survival, needs_words=True),)
