"""``tidu due``: what is due, by when to start, who owns it; as a list or a calendar file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from tiers.messages.counted import counted

COLUMNS = ("name", "due_on", "start_by", "designation_zh", "kind_zh", "state_zh", "owner_role_zh")

SHOWN = 100
"""Rows of a table in the terminal; the other formats have all."""

UNSURE = "※"
"""Marks a day to start that rests on a calendar without make-up days."""


def due(
    within: Annotated[int, typer.Option(min=0, help=both("未来多少天内", "Days ahead"))] = 60,
    owner: Annotated[
        str | None,
        typer.Option(
            help=both(
                "officer · incubator · statistician，或孵化器、专员的名称",
                "officer · incubator · statistician, or the name of an incubator or officer",
            )
        ),
    ] = None,
    duty: Annotated[
        str | None, typer.Option(help=both("事项、类别或称号", "A duty, its kind, or a designation"))
    ] = None,
    firm: Annotated[
        str | None, typer.Option(help=both("信用代码、股票代码或全称", "Credit code, stock code or full name"))
    ] = None,
    undated: Annotated[
        bool, typer.Option("--undated", help=both("含日期未公布的窗口", "With windows without a day"))
    ] = False,
    ics: Annotated[Path | None, typer.Option("--ics", help=both("写成日历文件", "Write a calendar file"))] = None,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """What is due, by when to start, who owns it, what follows.

    中文：到期事项：何时到期、何时开工、谁负责、逾期的后果。

    $ tidu due --within 90 --owner incubator --ics due.ics
    """
    from flows.progress import say
    from service.queries.cases import due as queries

    chosen = home_of(home)
    answer = queries.due(chosen, within, owner=owner, duty=duty, firm=firm, with_undated=undated)
    if not answer.is_calendar_known:
        unsure = "该年调休安排尚未公布，开工日可能变动", "make-up working days are not known yet: start-by may change"
        say(f"{UNSURE} {of_both(*unsure)}", "·")
    if answer.undated:
        undated_zh = f"另有 {answer.undated} 项申报窗口未公布日期，--undated 列出"
        undated_en = f"{answer.undated} filing windows without a published day are left out: --undated lists them"
        say(of_both(undated_zh, undated_en), "·")
    if ics is not None:
        typer.echo(f"{ics}: {queries.write_calendar(ics, answer)}")
        return
    if form is not Format.TABLE:
        print_rows(answer.rows, form, COLUMNS)
        return
    title = of_both(
        f"{answer.day} 起 {within} 天内到期 {len(answer.rows):,} 项",
        f"due within {counted(within, 'day', 'days')} from {answer.day}: {len(answer.rows):,}",
    )
    print_rows([_marked(row) for row in answer.rows[:SHOWN]], form, COLUMNS, title)
    if (rest := len(answer.rows) - SHOWN) > 0:
        more = f"另有 {rest} 项未显示，--format csv 列出全部", f"{rest} more are not shown: --format csv lists all"
        say(of_both(*more), "·")


def _marked(row: Mapping[str, Any]) -> dict[str, Any]:
    is_unsure = row["due_on"] is not None and not row["is_calendar_known"]
    return {**row, "start_by": f"{row['start_by'] or '–'} {UNSURE}" if is_unsure else row["start_by"]}


COMMANDS = (Command(due),)
