"""``tidu movers``: whose position changed, what signals firms give, and what to do next."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, FrozenOption, HomeOption, home_of, parse_optional_day
from flows.commands.output import print_csv, print_json, print_rows
from flows.terminal import movement as movement_view
from flows.terminal.help_text import both

TITLE_COLUMNS = ("name", "title_zh", "is_held", "valid_to", "outcome", "application")


def movers(
    change: Annotated[
        list[str] | None, typer.Option(help=both("变化", "Kind of change: up, back, down, new, gone, same"))
    ] = None,
    signal: Annotated[list[str] | None, typer.Option(help=both("信号", "Signal, such as near_miss"))] = None,
    designation: Annotated[
        str, typer.Option(help=both("称号", "Designation: held, or what a signal or step is about"))
    ] = "",
    held: Annotated[str, typer.Option(help=both("持有的称号；any 任一，none 没有", "A title held; any, none"))] = "",
    owner: Annotated[str, typer.Option(help=both("负责人或经办人", "Who owns the firm or acts for it"))] = "",
    titles: Annotated[bool, typer.Option("--titles", help=both("每个称号一行", "One row a firm and title"))] = False,
    since: Annotated[
        str | None,
        typer.Option(
            help=both("自哪一天起的变化", "Changed since this day"),
            show_default=both("该期的对比日", "the release's day before"),
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
    frozen: FrozenOption = None,
    home: HomeOption = None,
) -> None:
    """Whose position changed, the signals, the next step.

    A firm may give several signals, so lists overlap.

    中文：谁在变化，有哪些信号，下一步做什么。

    一家企业可有多个信号，各名单会重叠。

    $ tidu movers --change up --format csv > up.csv
    $ tidu movers --since 2024-12-31 --change down
    $ tidu movers --held any --signal title_ending
    """
    from service.queries.movers import movement
    from service.queries.movers.movers import Filters

    chosen = home_of(home, frozen=frozen)
    kinds = {"change": ",".join(change or ()), "signal": ",".join(signal or ())}
    filters = Filters(**kinds, designation=designation, held=held, owner=owner)
    day = parse_optional_day(since)
    movement.check(chosen, filters)
    if titles:
        rows = movement.by_title(chosen, filters, day)
        print_rows(movement_view.titles(rows) if form is Format.TABLE else rows, form, TITLE_COLUMNS)
    elif form is Format.JSON:
        print_json(movement.answer(chosen, filters, day))
    elif form is Format.TABLE:
        movement_view.movers(movement.with_signals(chosen, filters, day))
    else:
        print_csv(movement.flat(chosen, filters, day))


COMMANDS = (Command(movers),)
