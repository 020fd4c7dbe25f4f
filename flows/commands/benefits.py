"""``tidu benefits``: what tax law grants a firm, the best lawful set, and what was left out and why."""

from flows.commands import Command
from flows.commands.options import Firm, HomeOption, JsonOption, home_of
from flows.commands.output import print_json


def benefits(firm: Firm, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Benefits: the best lawful set, what was left out.

    中文：适用的税收政策：最优且不重复的组合、免申即享、舍去的及原因。

    $ tidu benefits 甲公司
    """
    from flows.terminal import cultivation
    from service.queries.firm.entitlements import entitlements

    answer = entitlements(home_of(home), firm)
    print_json(answer) if as_json else cultivation.benefits(answer)


COMMANDS = (Command(benefits, needs_words=True),)
