"""``tidu duties``: the titles a firm holds, what it owes by when, and what ends each."""

from flows.commands import Command
from flows.commands.options import DayText, Firm, HomeOption, JsonOption, home_of, parse_optional_day
from flows.commands.output import print_json


def duties(firm: Firm, day: DayText = None, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Titles held: duties, reports, endings; tax years, losses.

    中文：持有的称号：到期、义务、已报未报、何以终止；税年与亏损。

    $ tidu duties 91330108MA2B0000XX
    """
    from flows.terminal import obligations as obligations_view
    from service.queries.firm import obligations

    answer = obligations.duties(home_of(home), firm, parse_optional_day(day))
    print_json(answer) if as_json else obligations_view.duties(answer)


COMMANDS = (Command(duties, needs_words=True),)
