"""``tidu duties``: the titles a firm holds, what it owes by when, and what ends each."""

from flows.commands import Command
from flows.commands.options import Firm, HomeOption, JsonOption, home_of
from flows.commands.output import print_json


def duties(firm: Firm, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """持有的称号：何时到期，须做什么、何时前做，什么会使其终止。What holders owe, by when, and what ends a title.

    例 Example: tidu duties 91330108MA2B0000XX
    """
    from flows.terminal import obligations as obligations_view
    from service.queries import obligations

    answer = obligations.duties(home_of(home), firm)
    print_json(answer) if as_json else obligations_view.duties(answer)


COMMANDS = (Command(duties, needs_words=True),)
