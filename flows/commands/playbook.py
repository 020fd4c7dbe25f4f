"""``tidu playbook``: for each signal of a firm the usual next three steps."""

from flows.commands import Command
from flows.commands.options import Firm, HomeOption, JsonOption, home_of
from flows.commands.output import print_json


def playbook(firm: Firm, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """For each signal of a firm the usual next three steps and services.

    中文：按企业的信号给出惯常的三步与服务。

    $ tidu playbook 甲公司
    """
    from flows.terminal import cultivation
    from service.queries.firm import services

    rows = services.playbook(home_of(home), firm)
    print_json(rows) if as_json else cultivation.playbook(rows)


COMMANDS = (Command(playbook, needs_words=True),)
