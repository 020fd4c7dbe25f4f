"""``tidu reclassify``: a day under the rules of then and the rules of today, and the firms that differ."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, home_of, parse_optional_day
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both


def reclassify(
    day: Annotated[
        str | None,
        typer.Option(
            help=both("哪一天的企业", "The day of the firms"),
            show_default=both("上年 12 月 31 日", "31 December last year"),
        ),
    ] = None,
    rules_day: Annotated[
        str | None,
        typer.Option(help=both("另按哪一天的规定", "The day of the other rules"), show_default=both("今天", "today")),
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A day by the rules of then and of today; the firms that differ.

    中文：同一天按当时与现行规定各评一次，列出不同的企业。

    $ tidu reclassify --day 2025-12-31
    """
    from flows.job import reclassification
    from flows.terminal.table import table

    report = reclassification(home_of(home), parse_optional_day(day), parse_optional_day(rules_day))
    about = report.about
    if as_json:
        print_json({**about, "folder": report.folder, "is_new": report.is_new})
        return
    differ = f"{about['firms_that_differ']:,} / {about['firms']:,} {of_both('家不同', 'firms differ')}"
    title = f"{about['day']} ⟷ {about['rules_day']}: {differ}"
    table(about["counts"], ("designation", "change", "firms"), title)
    done = (
        of_both("已写出", "written")
        if report.is_new
        else of_both("此前已写出，未作改动", "was written before, nothing was changed")
    )
    typer.echo(f"{done}: {report.folder}")


COMMANDS = (Command(reclassify),)
