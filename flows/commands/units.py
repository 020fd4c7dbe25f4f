"""``tidu units``: which reports seem to be in another unit, and confirm or refuse a factor."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table

if TYPE_CHECKING:
    from service.decisions import Statement

app = typer.Typer(no_args_is_help=False)

Report = Annotated[
    str,
    typer.Argument(
        help=both(
            "报表：来源/来件/工作表/行号，或 企业/年度（该年度存疑的各张报表）",
            "Its address, or FIRM/YEAR: each of its statements in question",
        )
    ),
]
COLUMNS = ("subject", "name", "year", "verdict", "factor", "state", "evidence_zh")


@app.callback(invoke_without_command=True)
def proposals(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help=both("连同存疑、单项与人数", "Also doubtful ones, cells, head counts"))
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Reports that seem to be in another unit, the factor, the evidence.

    中文：疑为单位差错的报表、建议的倍数与依据。

    $ tidu units --json
    """
    from service.queries.files.units import suspected_reports

    if context.invoked_subcommand is not None:
        return
    rows = suspected_reports(home_of(home), everything)
    print_json(rows) if as_json else table(rows, COLUMNS, f"{of_both('单位', 'units')}: {len(rows)}")


@app.command()
def confirm(
    report: Report,
    factor: Annotated[str, typer.Option(help=both("全部金额乘以", "All money times, such as 1000 or 0.001"))],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """From the next run on, all its money is converted.

    中文：确认倍数：下一次运行起全部金额照此换算，原值与原单位保留。

    $ tidu units confirm 91330106MA01004Y1E/2023 --factor 0.001 --by 王 --why 企业来函更正
    """
    from service.decisions import units

    _print_statements(units.confirm(home_of(home), report, factor, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def refuse(report: Report, by: By, why: Why, home: HomeOption = None) -> None:
    """From the next run on, the report counts as filed.

    中文：驳回建议：下一次运行起按所报计，不再询问。

    $ tidu units refuse 91330106MA01004Y1E/2023 --by 王 --why 企业确为贸易公司
    """
    from service.decisions import units

    _print_statements(units.refuse(home_of(home), report, by=by, why=why, now=datetime.now(UTC)))


def _print_statements(statements: "list[Statement]") -> None:
    from service.decisions.units import factor_of

    for statement in statements:
        number = statement.statement_id
        echo(f"{of_both(f'第 {number} 号', f'statement {number}')}: {statement.subject} {factor_of(statement)}")
    typer.echo(of_both("下一次 tidu run 起生效", "In force from the next tidu run"))
