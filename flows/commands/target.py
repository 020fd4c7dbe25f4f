"""``tidu target``: sets and revises a target of the plan, and its history."""

from typing import Annotated

import typer

from flows.commands.options import (
    By,
    Format,
    FormatOption,
    FormNumber,
    HomeOption,
    Version,
    Why,
    home_of,
    signed,
)
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo

app = typer.Typer(
    no_args_is_help=True, help=both("规划目标：设定或修订、历次修订。", "Targets of the plan: set or revise, history")
)
HISTORY = ("version", "at", "by", "target", "due_on", "document", "why")
Measure = Annotated[str, typer.Argument(metavar="MEASURE", help=both("指标代码", "The measure by its code"))]
Year = Annotated[str, typer.Argument(metavar="YEAR", help=both("年度", "The year"))]


@app.command(name="set")
def set_(
    measure: Measure,
    year: Year,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help=both("目标值：家数或百分数", "Firms, or a percentage"))
    ],
    document: Annotated[str, typer.Option("--document", help=both("依据文件", "The document that sets it"))],
    by: By,
    why: Why,
    due: Annotated[str, typer.Option("--due", help=both("完成时限：Q1 至 Q4，或一天", "A quarter, or a day"))] = "Q4",
    version: Version = None,
    request: FormNumber = None,
    home: HomeOption = None,
) -> None:
    """Set or revise a target; pages and the pack count it at once.

    中文：设定或修订一项目标：页面和会议材料即时计入。

    $ tidu target set hnte_stock 2026 520 --document 二〇二六年工作要点 --by 王 --why 年中上调
    $ tidu target set rd_share 2026 5.2 --due Q2 --document 半年计划 --by 王 --why 分解到季度
    """
    from service.decisions.targets import Target, set_target
    from service.queries.zone.targets import zone_of

    opened = home_of(home)
    typed = Target(zone_of(opened), measure, year, number, due, document)
    event = set_target(opened, typed, signed(by, why, version, request))
    about = f"{event.content['year']} {event.content['measure']} {event.content['target']:g}"
    echo(f"{of_both(f'第 {event.seq} 号：已记下', f'event {event.seq}: kept')} · {about}")


@app.command()
def history(measure: Measure, year: Year, form: FormatOption = Format.TABLE, home: HomeOption = None) -> None:
    """Every revision: who, when, by which document, why.

    中文：历次修订：谁、何时、由何依据、为何。

    $ tidu target history hnte_stock 2026
    """
    from service.queries.zone.targets import revisions
    from service.wording.shown_moments import minute

    rows = revisions(home_of(home), year, measure)
    if form is Format.TABLE:
        rows = [{**row, "at": minute(row["at"])} for row in rows]
    print_rows(rows, form, HISTORY, f"{of_both('修订', 'revisions')}: {len(rows)}")
