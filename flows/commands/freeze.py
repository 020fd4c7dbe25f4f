"""``tidu freeze``: the release of a month, kept for good."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table

COLUMNS = ("month", "day", "run_id", "frozen_at", "sha256")


def freeze(
    month: Annotated[
        str | None,
        typer.Option(help=both("月份", "The month, as 2026-06"), show_default=both("上一月", "the last one")),
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help=both("核对各冻结期的摘要值", "Check the hash of every vintage, freeze nothing")),
    ] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Freeze the newest release of a month: never written over, never removed.

    中文：冻结一个月的发布：不再改写，不能移除。

    $ tidu freeze --month 2026-06
    $ tidu movers --frozen 2026-06
    """
    from flows.job import freeze_month
    from service.queries.release import releases

    opened = home_of(home)
    if verify:
        rows = releases.verified_vintages(opened)
        print_json(rows) if as_json else table(rows, COLUMNS)
        return
    frozen, is_new = freeze_month(opened, month)
    if as_json:
        print_json({**vars(frozen), "is_new": is_new})
        return
    done = (
        of_both("已冻结", "frozen")
        if is_new
        else of_both("此前已冻结，未作改动", "was frozen before, nothing was changed")
    )
    echo(f"{frozen.month} {done}: {frozen.run_id} ({frozen.day}) sha256 {frozen.sha256}")


COMMANDS = (Command(freeze),)
