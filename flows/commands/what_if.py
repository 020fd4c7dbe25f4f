"""``tidu what-if``: the verdicts of a firm with other figures; nothing is changed."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import DayText, Firm, HomeOption, JsonOption, home_of, parse_optional_day
from flows.commands.output import print_json
from flows.terminal.help_text import both


def what_if(
    firm: Firm,
    changes: Annotated[
        list[str],
        typer.Argument(help=both("名称=值，如 revenue_y0=5200万元", "name=value, such as revenue_y0=5200万元")),
    ],
    day: DayText = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """What would be with other figures, edition by edition.

    中文：换几个数会怎样：各项规定的结论前后对照。

    $ tidu what-if 91330108MA2B0000XX revenue_y0=5200万元 rd_hnte_y0=300万元
    """
    from flows.terminal import what_if as what_if_view
    from service.queries.firm import what_if

    answer = what_if.what_if(home_of(home), firm, changes, parse_optional_day(day))
    print_json(answer) if as_json else what_if_view.what_if(answer)


COMMANDS = (Command(what_if, needs_words=True),)
