"""The command ``calculate``: ``rd``, ``staff`` and those of ``calculate_tax`` and ``calculate_titles``."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands import calculate_tax, calculate_titles
from flows.commands.options import JsonOption, parse_day
from flows.commands.output import print_json
from flows.terminal.help_text import both

app = typer.Typer(
    no_args_is_help=True,
    help=both(
        "参考测算：研发费用、职工人数、税额、证书与编号。", "Calculators: R&D, staff, tax, certificates, numbers."
    ),
)
for command in (*calculate_tax.COMMANDS, *calculate_titles.COMMANDS):
    app.command(no_args_is_help=True)(command)


class By(StrEnum):
    """By which periods a head-count is averaged."""

    MONTHS = "months"
    QUARTERS = "quarters"


@app.command(no_args_is_help=True)
def rd(
    amounts: Annotated[
        list[str],
        typer.Argument(
            help=both(
                "名称=金额，如 人员人工=500万元 其他=200万元", "kind=amount, such as 人员人工=500万元 其他=200万元"
            )
        ),
    ],
    on: Annotated[
        str | None, typer.Option(help=both("申请日", "Day of applying"), show_default=both("今天", "today"))
    ] = None,
    local_rule: Annotated[
        bool, typer.Option("--local-rule", help=both("当地另有比例", "A local rule sets another share"))
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """R&D as recognition counts it, with both caps.

    中文：高企口径研发费用：委托研发按八成计，其他费用不超过两成。

    $ tidu calculate rd 人员人工=500万元 直接投入=200万元 委托境内=100万元 其他=300万元
    """
    from service.queries.rules import calculators

    row = calculators.rd(amounts, parse_day(on) if on else date.today(), local_rule)  # noqa: DTZ011 - the day of the desk
    print_json(row) if as_json else _show(row)


@app.command(no_args_is_help=True)
def staff(
    periods: Annotated[
        list[str], typer.Argument(help=both("各期 期初,期末", "start,end of each period, such as 100,104"))
    ],
    year: Annotated[int, typer.Option(help=both("年度", "The year"))],
    by: Annotated[
        By,
        typer.Option(help=both("按月平均或按季平均", "The mean of months or of quarters")),
    ] = By.MONTHS,
    as_json: JsonOption = False,
) -> None:
    """The mean head-count: by months, or by quarters for technology SMEs.

    中文：职工人数年平均：高企按月，科技型中小企业按季。

    $ tidu calculate staff 100,104 104,108 108,110 110,112 --by quarters --year 2025
    """
    from service.queries.rules import calculators

    row = calculators.staff(periods, by.value, year)
    print_json(row) if as_json else _show(row)


def _show(row: Mapping[str, Any]) -> None:
    from flows.terminal import calculators as calculators_view

    calculators_view.totals(row)
    calculators_view.reliability(row)
