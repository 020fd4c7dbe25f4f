"""Commands of the reference reckoning: ``reckon rd``, ``reckon staff``."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from flows.commands.look import JsonOption, print_json
from flows.commands.refresh import parse_day
from flows.screens.table import console

app = typer.Typer(
    no_args_is_help=True,
    help="参考归集：研发费用、职工人数。The reference reckoning: R&D of an application, head-counts.",
)


class By(StrEnum):
    """By which periods a head-count is averaged."""

    MONTHS = "months"
    QUARTERS = "quarters"


@app.command(no_args_is_help=True)
def rd(
    amounts: Annotated[list[str], typer.Argument(help="名称=金额 kind=amount, such as 人员人工=500万元 其他=200万元")],
    on: Annotated[str | None, typer.Option(help="申请日 Day of applying [today]")] = None,
    as_json: JsonOption = False,
) -> None:
    """高企口径研发费用：委托研发按八成计，其他费用不超过两成。R&D as recognition counts it, with both caps.

    例 Example: tidu reckon rd 人员人工=500万元 直接投入=200万元 委托境内=100万元 其他=300万元
    """
    from flows.questions import reckon as reckoning

    found = reckoning.rd(amounts, parse_day(on) if on else date.today())  # noqa: DTZ011 - the day of the desk
    print_json(found) if as_json else _show(found)


@app.command(no_args_is_help=True)
def staff(
    periods: Annotated[list[str], typer.Argument(help="各期 期初,期末 start,end of each period, such as 100,104")],
    year: Annotated[int, typer.Option(help="年度 The year")],
    by: Annotated[
        By, typer.Option(help="months：高企 high-tech · quarters：科技型中小企业 technology SME")
    ] = By.MONTHS,
    as_json: JsonOption = False,
) -> None:
    """职工人数年平均：高企按月，科技型中小企业按季。The mean head-count: by months, or by quarters for technology SMEs.

    例 Example: tidu reckon staff 100,104 104,108 108,110 110,112 --by quarters --year 2025
    """
    from flows.questions import reckon as reckoning

    found = reckoning.staff(periods, by.value, year)
    print_json(found) if as_json else _show(found)


def _show(found: Mapping[str, Any]) -> None:
    from flows.questions import reckon as reckoning

    for name, label in reckoning.LABELS.items():
        if found.get(name) is not None:
            console.print(f"  {label}: {found[name]:,.2f}")
    console.print(f"  依据 by: {'；'.join(found['documents']) or '–'}")
    for reason in found["reasons"]:
        console.print(f"  存疑 contested: {reason['zh']} {reason['en']}")
