"""``tidu quarantine``: which rows wait for a person, and accept, correct, reject, undo."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.options import By, Format, FormatOption, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_rows
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from tiers.messages.counted import counted

if TYPE_CHECKING:
    from service.decisions import Statement

app = typer.Typer(no_args_is_help=False)

Row = Annotated[
    str,
    typer.Argument(
        help=both(
            "行的地址：来源/来件/工作表/行号[/规则/字段]", "Address of a row: feed/delivery/sheet/row[/rule/field]"
        )
    ),
]
WAITING = (
    "address", "name", "uscc", "file_name", "rule_id", "field_word", "value", "message_zh", "decided_before",
)  # fmt: skip
DECISIONS = ("statement_id", "decision", "state", "firm", "subject", "corrected", "stated_by", "stated_at", "why")


def _counted(rows: Sequence[Mapping[str, Any]], decided: bool) -> str:
    """How many rows and, where a row has several, how many findings; of decisions their number."""
    addresses = len({row["address"] for row in rows}) if not decided else len(rows)
    if addresses == len(rows):
        return str(len(rows))
    return of_both(
        f"{addresses} 行，{len(rows)} 处",
        f"{counted(addresses, 'row', 'rows')}, {counted(len(rows), 'finding', 'findings')}",
    )


@app.callback(invoke_without_command=True)
def waiting(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(help=both("来源", "One feed"))] = None,
    supplier: Annotated[str | None, typer.Option(help=both("报送单位", "Part of the publisher's name"))] = None,
    rule: Annotated[str | None, typer.Option(help=both("规则", "One rule, such as G01"))] = None,
    firm: Annotated[str | None, typer.Option(help=both("企业代码或名称", "Credit code or part of the name"))] = None,
    decided: Annotated[
        bool, typer.Option("--decided", help=both("已决定的：谁、何时、为何", "Decisions: who, when, why"))
    ] = False,
    form: FormatOption = Format.TABLE,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What waits for a person, row by row; accept, correct, reject, undo decide.

    中文：隔离待办：哪些行在等人决定。

    $ tidu quarantine --feed zone__yearly --rule U04
    """
    from service.queries.files import quarantine

    if context.invoked_subcommand is not None:
        return
    opened = home_of(home)
    filters = {"feed": feed, "supplier": supplier, "rule": rule, "firm": firm}
    rows = quarantine.decided(opened) if decided else quarantine.waiting(opened, filters)
    columns, title = (DECISIONS, of_both("决定", "decisions")) if decided else (WAITING, of_both("待办", "waiting"))
    form = Format.JSON if as_json else form
    shown = [{**row, "corrected": row["value"]} for row in rows] if decided and form is Format.TABLE else rows
    print_rows(shown, form, columns, f"{title}: {_counted(rows, decided)}")
    if form is Format.TABLE:
        for decision in quarantine.gone(opened):
            echo(
                of_both(
                    f"第 {decision['statement_id']} 号决定的行已不存在，未能执行：{decision['subject']}",
                    f"the row of decision {decision['statement_id']} is gone, it could not be applied:"
                    f" {decision['subject']}",
                ),
                err=True,
            )


@app.command()
def accept(row: Row, by: By, why: Why, home: HomeOption = None) -> None:
    """The row counts although this rule fired; other rules still hold.

    中文：这一行照用：该规则不再拦它，其他规则照常。

    $ tidu quarantine accept zone__yearly/703074291ac0a017/Sheet1/12/A05 --by 王 --why 已核对
    """
    from service.decisions import quarantine

    _print_statements(quarantine.accept(home_of(home), row, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def correct(
    row: Row,
    field: Annotated[
        str, typer.Option("--field", help=both("栏目：来件的表头或字段名", "A column: its heading, or its name"))
    ],
    value: Annotated[
        str,
        typer.Option("--value", help=both("更正值，单位同原文件；空为未知", "In the file's own unit; empty: unknown")),
    ],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """Correct one cell: the original is kept, the new value is checked again.

    中文：更正一格：原值保留，更正值仍要过校验。

    $ tidu quarantine correct registry__firms/2ffb205cd4c6e98e//7 --field founded_on --value 2015-02-28 --by 王 --why 来电核实
    """  # noqa: E501 - typed as a line
    from service.decisions import quarantine

    _print_statements(quarantine.correct(home_of(home), row, field, value, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def reject(row: Row, by: By, why: Why, home: HomeOption = None) -> None:
    """The row stays out for good and no longer waits.

    中文：这一行不用：不再待办。

    $ tidu quarantine reject registry__firms/2ffb205cd4c6e98e//7 --by 王 --why 重复报送
    """
    from service.decisions import quarantine

    _print_statements(quarantine.reject(home_of(home), row, by=by, why=why, now=datetime.now(UTC)))


@app.command()
def undo(
    decision: Annotated[
        str, typer.Argument(help=both("决定号或行的地址", "Number of a decision, or the address of a row"))
    ],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """Withdraw a decision; what stood before stands again.

    中文：撤回决定：此前的情形恢复。

    $ tidu quarantine undo 12 --by 王 --why 误操作
    """
    from service.decisions import quarantine

    _print_statements(quarantine.undo(home_of(home), decision, by=by, why=why, now=datetime.now(UTC)))


def _print_statements(statements: "Sequence[Statement]") -> None:
    """Numbers and rows alone: who decided is in the casebook, not in what a terminal logs."""
    for statement in statements:
        number, withdrawn = statement.statement_id, statement.withdraws
        withdrawal = of_both(f"撤回第 {withdrawn} 号", f"withdraws {withdrawn}")
        effect = withdrawal if withdrawn else of_both("已记下", "kept")
        echo(f"{of_both(f'第 {number} 号决定', f'decision {number}')}: {effect} · {statement.subject}")
    typer.echo(of_both("下次运行时生效：tidu run", "It takes effect with the next run: tidu run"))
