"""``tidu step``: the smallest change of figures by which a firm would meet a designation."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Firm, HomeOption, JsonOption, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both


def step(
    firm: Firm,
    designation: Annotated[str, typer.Argument(help=both("哪一类（代码）", "A designation by its code"))],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """The smallest step: which figures must change, to how much.

    中文：最小的下一步：哪些数要变到多少才达到。

    $ tidu step 91330108MA2B0000XX gazelle
    """
    from flows.terminal import what_if as what_if_view
    from service.queries.firm import what_if

    answer = what_if.step(home_of(home), firm, designation)
    print_json(answer) if as_json else what_if_view.step(answer)


COMMANDS = (Command(step, needs_words=True),)
