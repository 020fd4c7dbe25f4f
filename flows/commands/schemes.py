"""``tidu schemes``: the points schemes and whether their weights are loaded."""

from flows.commands import Command
from flows.commands.options import JsonOption
from flows.commands.output import print_json
from flows.terminal.table import table

COLUMNS = ("scheme_id", "title_zh", "in_force_from", "in_force_to", "has_weights", "is_example", "confidence")


def schemes(as_json: JsonOption = False) -> None:
    """Which points schemes there are, and whether their weights are loaded.

    中文：有哪些创新积分方案，是否载有权重。

    $ tidu schemes
    """
    from service.queries.rules import scores

    rows = scores.schemes()
    print_json(rows) if as_json else table(rows, COLUMNS)


COMMANDS = (Command(schemes),)
