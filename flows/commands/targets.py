"""``tidu targets``: how far each target of the plan is, what closes the gap, and the monitoring of every year."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, FrozenOption, HomeOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both

BRIDGE = ("zh", "year", "bar_zh", "firms", "low", "expected", "high", "target")
FIRMS = ("name", "measure_zh", "year", "bar_zh", "expected", "low", "high", "gap_zh")
MONITORING = ("zh", "year", "stage_zh", "target", "value", "unit", "target_share_pct", "firms")
BEHIND = ("name", "year", "part", "whole")


def targets(
    bar: Annotated[
        str | None,
        typer.Option("--firms", help=both("某项的企业；gap 为能补缺口的", "Firms of a bar, or that close the gap")),
    ] = None,
    with_monitoring: Annotated[bool, typer.Option("--monitoring", help=both("年度监测", "Yearly monitoring"))] = False,
    measure: Annotated[str | None, typer.Option("--measure", help=both("指标代码", "A measure by its code"))] = None,
    year: Annotated[int | None, typer.Option("--year", help=both("年度", "Year"))] = None,
    form: FormatOption = Format.TABLE,
    frozen: FrozenOption = None,
    home: HomeOption = None,
) -> None:
    """Targets of the plan: what is held, ends, may come.

    中文：规划目标：持有、到期、已申报、已达条件、可冲刺合计。

    $ tidu targets
    $ tidu targets --firms gap --measure hnte_stock --format csv > gap.csv
    $ tidu targets --monitoring --measure hnte_new --year 2025
    """
    from service.queries.zone import targets as targets_query

    where = home_of(home, frozen=frozen)
    if with_monitoring and measure and year:
        print_rows(targets_query.monitored_firms(where, measure, year), form, BEHIND)
    elif with_monitoring:
        print_rows(targets_query.monitoring(where), form, MONITORING)
    elif bar is not None:
        print_rows(targets_query.firms(where, None if bar == "gap" else bar, measure, year), form, FIRMS)
    else:
        rows = [
            row
            for row in targets_query.bridge(where)
            if measure in (None, row["measure"]) and year in (None, row["year"])
        ]
        print_rows(rows, form, BRIDGE)


COMMANDS = (Command(targets),)
