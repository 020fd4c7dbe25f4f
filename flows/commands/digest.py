"""``tidu digest``: the week's news for the zone and for every incubator, written to the outbox."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, home_of, parse_optional_day
from flows.commands.output import print_json
from flows.settings import DUE_WITHIN
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def digest(
    day: Annotated[
        str | None, typer.Option(help=both("哪一周：其中一天", "A day of the week"), show_default=both("今天", "today"))
    ] = None,
    within: Annotated[
        int, typer.Option(min=1, max=366, help=both("多少天内到期", "What is due within so many days"))
    ] = DUE_WITHIN,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A week's digests, into outbox/.

    中文：每周简报：变化、到期、信号、逾期来源；全区与各孵化器各一套。

    $ tidu digest
    """
    from flows.job import weekly_digest

    written = weekly_digest(home_of(home), parse_optional_day(day), within)
    if as_json:
        print_json(vars(written))
        return
    done = (
        of_both("已写出", "written")
        if written.is_new
        else of_both("此前已写出，未作改动", "was written before, nothing was changed")
    )
    typer.echo(f"{written.week} {done}: {written.folder}")


COMMANDS = (Command(digest),)
