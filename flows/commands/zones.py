"""``tidu zones``: the zones of an installation, and what is counted over all of them."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def zones(
    view: Annotated[
        str,
        typer.Argument(
            metavar="VIEW",
            help=both(
                "看什么：zones · state · ladder · comparison · transitions · cohorts · changes · moves · firm",
                "What: zones · state · ladder · comparison · transitions · cohorts · changes · moves · firm",
            ),
        ),
    ] = "zones",
    code: Annotated[
        str | None,
        typer.Argument(metavar="CODE", help=both("firm 之后的统一社会信用代码", "The credit code after firm")),
    ] = None,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """The zones and what they count together; small numbers are hidden.

    中文：各高新区及其汇总：数、比率、流转，家数过少的小格隐去。

    $ tidu zones
    $ tidu zones ladder
    $ tidu zones comparison --format csv
    $ tidu zones firm 91330108MA2B0000XX
    """
    from flows.terminal import zones as terminal
    from service.queries.installation import zones as queries

    opened = home_of(home, may_be_new=True)
    rows = queries.history(opened, _required(code)) if view == queries.FIRM else queries.ask(opened, view)
    if form is not Format.TABLE:
        print_rows(rows, form, ())
        return
    terminal.show(view, rows, queries.class_names(opened))
    terminal.notes(queries.not_comparable(opened) if view in queries.OF_THE_SAME_DAYS else [])


def _required(code: str | None) -> str:
    if not code:
        raise typer.BadParameter(of_both("firm 之后请写统一社会信用代码", "write the credit code after firm"))
    return code


COMMANDS = (Command(zones),)
