"""``tidu explain``: one firm's verdicts, condition by condition, with their proof."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import DayText, Firm, FrozenOption, HomeOption, JsonOption, home_of, parse_optional_day
from flows.commands.output import print_json
from flows.terminal.help_text import both


def explain(
    firm: Firm,
    designation: Annotated[
        str | None, typer.Option(help=both("只看一类（代码）", "One designation, by its code"))
    ] = None,
    day: DayText = None,
    as_known_on: Annotated[
        str | None,
        typer.Option(
            help=both("按当时所知：期号，或时刻（重建后再答）", "As known by a run, or on a moment (rebuilt first)")
        ),
    ] = None,
    frozen: FrozenOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Each condition: value, required, gap, clause, source row.

    中文：逐条说明：实际值、要求、差距、条款、来源。

    $ tidu explain 91330108MA2B0000XX --designation gazelle
    $ tidu explain 91330108MA2B0000XX --as-known-on 2026-05-01T12:00
    """
    from flows.terminal import firm as firm_view
    from service.queries.firm import evidence

    evaluated_on = parse_optional_day(day)
    opened = home_of(home, frozen=frozen)
    if as_known_on is None:
        answer = evidence.of_home(opened, firm, designation, evaluated_on)
    else:
        from flows.rebuild import known_on

        with known_on(opened, as_known_on, datetime.now(UTC)) as release:
            answer = evidence.of_release(release, firm, designation, evaluated_on)
    print_json(answer) if as_json else firm_view.evidence(answer)


COMMANDS = (Command(explain, needs_words=True),)
