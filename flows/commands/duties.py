"""Commands about titles that are held: ``duties``."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.explain import JsonOption, print_json
from flows.commands.refresh import HomeOption, home_of


def duties(
    firm: Annotated[str, typer.Argument(help="信用代码、股票代码或全称 Credit code, stock code or full name")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """持有的称号：何时到期，须做什么、何时前做，什么会使其终止。What holders owe, by when, and what ends a title.

    例 Example: tidu duties 91330108MA2B0000XX
    """
    from flows.terminal import obligations as holding_screen
    from service.queries import obligations

    found = obligations.duties(home_of(home), firm)
    print_json(found) if as_json else holding_screen.duties(found)


COMMANDS = (Command(duties, needs_words=True),)
