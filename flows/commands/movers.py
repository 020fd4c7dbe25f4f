"""``tidu movers``: which firms move up, stall or are at risk, and why."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, FrozenOption, HomeOption, home_of
from flows.commands.output import print_rows

COLUMNS = ("name", "held", "met", "movement", "reason_zh", "next_condition_zh", "due_on")


def movers(
    up: Annotated[bool, typer.Option("--up", help="上升 Moving up")] = False,
    stalling: Annotated[bool, typer.Option("--stalling", help="停滞 Stalling")] = False,
    at_risk: Annotated[bool, typer.Option("--at-risk", help="有风险 At risk")] = False,
    form: FormatOption = Format.TABLE,
    frozen: FrozenOption = None,
    home: HomeOption = None,
) -> None:
    """谁在上升、停滞、有风险，为什么。Who is moving, and why.

    例 Example: tidu movers --up --format csv > up.csv
    """
    from service.queries.movers import with_movement

    flags = {"up": up, "stalling": stalling, "at_risk": at_risk}
    rows = with_movement(home_of(home, frozen=frozen), [name for name, is_chosen in flags.items() if is_chosen])
    print_rows(rows, form, COLUMNS)


COMMANDS = (Command(movers),)
