"""``tidu task``: tasks about firms, from what is due or added freely."""

from typing import Annotated

import typer

from flows.commands.options import (
    By,
    Firm,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    Number,
    Officer,
    Reason,
    Version,
    WithEnded,
    home_of,
    parse_day,
    parse_optional_day,
    signed,
    today,
)
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both

app = typer.Typer(
    no_args_is_help=True, help=both("任务：添加、完成、改期、取消、列出。", "Tasks: add, done, postpone, drop, list")
)
COLUMNS = ("number", "name", "about_zh", "start_by", "due_on", "days_left", "acting", "state_zh")
Outcome = Annotated[str, typer.Option("--outcome", help=both("结果，一句话", "The outcome in a sentence"))]
StartBy = Annotated[str | None, typer.Option("--start-by", help=both("最晚开工日", "When to start at the latest"))]


@app.command()
def add(
    firm: Firm,
    by: By,
    what: Annotated[str, typer.Option("--what", help=both("做什么", "What is to be done"))] = "",
    duty: Annotated[
        str | None,
        typer.Option("--duty", help=both("取自到期事项：事项、类别或称号", "From what is due, see tidu due")),
    ] = None,
    start_by: StartBy = None,
    due_on: Annotated[str | None, typer.Option("--due", help=both("到期日", "Due day"))] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", help=both("交给谁", "Given to"), show_default=both("负责人", "the owner"))
    ] = None,
    why: Reason = "",
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Add a task, or take one from what is due.

    中文：添加任务：自拟（--what），或取自到期事项（--duty），开工日随之。

    $ tidu task add 91330108MA2B0000XX --what 核对研发费用辅助账 --due 2027-03-31 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import tasks

    opened, who = home_of(home), signed(by, why or of_both("待办", "to be done"), request=request)
    if duty is not None:
        event = tasks.add_due(opened, firm, duty, who, officer=officer)
    else:
        days = {"start_by": parse_optional_day(start_by), "due_on": parse_optional_day(due_on)}
        event = tasks.add(opened, firm, what, who, officer=officer, **days)
    kept([event])


@app.command()
def done(
    number: Number,
    by: By,
    outcome: Outcome = "",
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A task is done.

    中文：任务完成。

    $ tidu task done a1b2c3d4 --outcome 材料已交 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import tasks

    kept(
        [
            tasks.done(
                home_of(home),
                number,
                outcome or of_both("已完成", "done"),
                signed(by, why or of_both("办结", "done"), version, request),
            )
        ]
    )


@app.command()
def drop(
    number: Number,
    by: By,
    outcome: Outcome,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A task is no longer needed, and why.

    中文：任务取消，写明原因。

    $ tidu task drop a1b2c3d4 --outcome 企业已迁出 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import tasks

    kept(
        [
            tasks.drop(
                home_of(home),
                number,
                outcome,
                signed(by, why or of_both("不再需要", "no longer needed"), version, request),
            )
        ]
    )


@app.command()
def postpone(
    number: Number,
    due_on: Annotated[str, typer.Option("--due", help=both("新的到期日", "The new due day"))],
    by: By,
    start_by: StartBy = None,
    why: Reason = "",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """A task is put off.

    中文：任务改期。

    $ tidu task postpone a1b2c3d4 --due 2027-04-30 --by 王
    """
    from flows.terminal.case import kept
    from service.decisions import tasks

    days = parse_optional_day(start_by), parse_day(due_on)
    kept(
        [tasks.postpone(home_of(home), number, *days, signed(by, why or of_both("改期", "put off"), version, request))]
    )


@app.command("list")
def list_(
    officer: Officer = None,
    firm: Annotated[str | None, typer.Option("--firm", help=both("只看这家企业", "Of this firm"))] = None,
    with_ended: WithEnded = False,
    form: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Tasks, first what is due first; days left are working days.

    中文：任务清单，先到期的在前；剩余天数为工作日。

    $ tidu task list --officer 王
    """
    from service.queries.cases.case_lists import CaseFilters, listed

    rows = listed(home_of(home), "task", today(), CaseFilters(firm, officer, with_ended))
    print_rows(rows, form, COLUMNS, f"{of_both('任务', 'tasks')}: {len(rows)}")
