"""``tidu flows``: how many firms moved from which rung to which, between two days."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, home_of, parse_optional_day
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from warehouse.errors import BadInput

FIRMS = ("name", "firm_id", "from_state", "to_state")
OutsideOption = Annotated[
    bool, typer.Option("--outside", help=both("供区外：隐藏小格", "For outside the zone: hides small cells"))
]


def flows(
    since: Annotated[
        str | None,
        typer.Option(
            help=both("自哪一天", "From this day"), show_default=both("该期的对比日", "the release's day before")
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help=both("至哪一天", "To this day"), show_default=both("该期的", "the release's"))
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(
            help=both("按哪一期所知", "As known by this run"), show_default=both("现行一期", "the current one")
        ),
    ] = None,
    cell: Annotated[
        str | None, typer.Option(help=both("列出一格的企业，起点:终点", "The firms of one cell, FROM:TO"))
    ] = None,
    outside: OutsideOption = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Flows between rungs: firms, shares, intervals.

    中文：两日之间各级的去向：企业数、占比、区间；含新进、离开与不明。

    $ tidu flows --since 2024-12-31 --until 2025-12-31
    $ tidu flows --cell hnte:none
    """
    from flows.terminal import flows as flows_view
    from service.queries.zone import flows as flows_query

    days = flows_query.Days(parse_optional_day(since), parse_optional_day(until), run)
    if cell and outside:
        raise BadInput("一格的企业名单不得提供区外", "the firms of a cell may not leave the zone by name")
    if cell:
        from_state, _, to_state = cell.partition(":")
        print_rows(flows_query.firms_between(home_of(home), days, from_state, to_state), form, FIRMS)
        return
    rows = flows_query.matrix(home_of(home), days, outside=outside)
    flows_view.matrix(rows) if form is Format.TABLE else print_rows(rows, form, ())


COMMANDS = (Command(flows),)
