"""``tidu ledger``: why the numbers of holders are not last month's."""

from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import Format, FormatOption, HomeOption, JsonOption, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both


def ledger(
    designation: Annotated[
        str | None, typer.Argument(help=both("称号代码", "A title by its code, drawn as a waterfall"))
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(
            help=both("期号，含待定的", "A run, also a held one"), show_default=both("现行一期", "the current release")
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help=both("自哪一期或哪一天起", "Since a run, or a day as 2026-05-31"),
            show_default=both("上一期", "the release before"),
        ),
    ] = None,
    days: Annotated[
        bool, typer.Option("--days", help=both("同一期的两个评价日之间", "Between the two days of the run"))
    ] = False,
    measure: Annotated[str | None, typer.Option(help="held · met")] = None,
    firms: Annotated[bool, typer.Option("--firms", help=both("逐家列出", "The firms that changed"))] = False,
    cause: Annotated[
        str | None, typer.Option(help=both("identity · data · firm · rule，逐家", "The firms of a cause"))
    ] = None,
    form: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Why the numbers changed: by identity, data, firm, rule.

    中文：数字为什么与上月不同：身份、数据、企业、规则各变动多少。

    $ tidu ledger --since 2026-05-31
    $ tidu ledger hnte --measure held
    $ tidu ledger --firms --cause data --format csv > restated.csv
    """
    from flows.terminal import ledger as ledger_view
    from service.queries.rules.designations import designation_of
    from service.queries.zone import ledger as ledger_query

    chosen = None if designation is None else designation_of(designation)
    choice = ledger_query.Choice(run, since, days, chosen, measure, cause)
    is_by_firm = firms or cause is not None
    answer = (ledger_query.firms if is_by_firm else ledger_query.totals)(home_of(home), choice)
    if as_json or form is not Format.TABLE:
        print_rows(answer.rows, Format.JSON if as_json else form, ())
    elif is_by_firm:
        ledger_view.firms(answer)
    elif chosen is not None:
        ledger_view.bars(answer)
    else:
        ledger_view.totals(answer)


COMMANDS = (Command(ledger),)
