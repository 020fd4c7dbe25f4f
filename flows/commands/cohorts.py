"""``tidu cohorts``: what share of a cohort reached the next titles after so many years."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.flows import OutsideOption
from flows.commands.options import Format, FormatOption, HomeOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both


def cohorts(
    designation: Annotated[
        str | None, typer.Argument(help=both("只看取得哪个称号", "Only reaching this title"))
    ] = None,
    first_title: Annotated[
        bool,
        typer.Option(
            "--first-title",
            help=both("按首个称号的年份分批", "By the year of the first title"),
            show_default=both("按成立年份", "of founding"),
        ),
    ] = False,
    outside: OutsideOption = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """The share of a cohort that reached each title after n years.

    中文：同批企业满若干年后取得各称号的比例，附观察数。

    $ tidu cohorts hnte
    $ tidu cohorts --first-title
    """
    from flows.terminal import time_in_rung as view
    from service.queries.zone import time_in_rung

    kind = "first_title" if first_title else "founded"
    rows = time_in_rung.cohorts(home_of(home), kind, designation, outside=outside)
    view.cohorts(rows) if form is Format.TABLE else print_rows(rows, form, ())


COMMANDS = (Command(cohorts),)
