"""Commands of the person at the quarantine desk: what waits, and accept, correct, reject, undo."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.explain import Format, print_csv, print_json
from flows.commands.refresh import HomeOption, home_of
from flows.terminal.markup import echo
from flows.terminal.table import table

if TYPE_CHECKING:
    from service.decisions.quarantine import Desk
    from warehouse.casebook.statements import Statement


app = typer.Typer(no_args_is_help=False)

Row = Annotated[str, typer.Argument(help="行的地址 Address of a row: 来源/来件/工作表/行号[/规则/字段]")]
By = Annotated[str, typer.Option("--by", help="谁决定 Who decides")]
Why = Annotated[str, typer.Option("--why", help="为什么 Why")]


@app.callback(invoke_without_command=True)
def waiting(
    context: typer.Context,
    feed: Annotated[str | None, typer.Option(help="来源 One feed")] = None,
    supplier: Annotated[str | None, typer.Option(help="报送单位 Part of the publisher's name")] = None,
    rule: Annotated[str | None, typer.Option(help="规则 One rule, such as G01")] = None,
    firm: Annotated[str | None, typer.Option(help="企业代码或名称 Credit code or part of the name")] = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="已决定的：谁、何时、为何 Decisions: who, when, why")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="table · csv · json")] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")] = False,
    home: HomeOption = None,
) -> None:
    """隔离待办：哪些行在等人决定。What waits for a person, row by row; accept, correct, reject, undo decide.

    例 Example: tidu quarantine --feed zone__yearly --rule U04
    """
    from warehouse.quality.quarantine import listing
    from warehouse.release import releases

    if context.invoked_subcommand is not None:
        return
    current = releases.current(home_of(home))
    wanted = {"feed": feed, "supplier": supplier, "rule": rule, "firm": firm}
    rows = listing.decided(current) if decided else listing.waiting(current, wanted)
    if as_json or form is Format.JSON:
        print_json(rows)
    elif form is Format.CSV:
        print_csv(rows)
    else:
        columns = DECISIONS if decided else WAITING
        table(rows, columns, f"{'决定 decisions' if decided else '待处理 waiting'}: {len(rows)}")
        _tell_gone(current)


WAITING = ("address", "file_name", "rule_id", "field", "value", "message_zh", "decided_before")
DECISIONS = ("statement_id", "decision", "subject", "value", "said_by", "said_at", "why")


def _tell_gone(current: Path) -> None:
    from warehouse.quality.quarantine import listing

    for one in listing.gone(current):
        echo(
            f"第 {one['statement_id']} 号决定的行已不存在，未能执行：{one['subject']}\n"
            f"the row of decision {one['statement_id']} is gone, it could not be applied: {one['subject']}",
            err=True,
        )


def _desk(home: Path | None, by: str, why: str) -> "Desk":
    from service.decisions.quarantine import Desk
    from warehouse.casebook.statements import Casebook
    from warehouse.release import releases

    where = home_of(home)
    return Desk(Casebook(where), releases.current(where), by, why, datetime.now(UTC))


@app.command()
def accept(row: Row, by: By, why: Why, home: HomeOption = None) -> None:
    """这一行照用：该规则不再拦它，其他规则照常。The row counts although this rule fired; other rules still hold.

    例 Example: tidu quarantine accept zone__yearly/703074291ac0a017/Sheet1/12/A05 --by 王 --why 已核对
    """
    _told(_desk(home, by, why).accept(row))


@app.command()
def correct(
    row: Row,
    field: Annotated[str, typer.Option("--field", help="字段，按来源定义的名称 A field of the feed")],
    value: Annotated[
        str, typer.Option("--value", help="更正值，单位同原文件；空为未知 In the file's own unit; empty: unknown")
    ],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """更正一格：原值保留，更正值仍要过校验。Correct one cell: the original is kept, the new value is checked again.

    例 Example: tidu quarantine correct registry__firms/2ffb205cd4c6e98e//7 --field founded_on
    --value 2015-02-28 --by 王 --why 来电核实
    """
    _told(_desk(home, by, why).correct(row, field, value))


@app.command()
def reject(row: Row, by: By, why: Why, home: HomeOption = None) -> None:
    """这一行不用：不再待办。The row stays out for good and no longer waits.

    例 Example: tidu quarantine reject registry__firms/2ffb205cd4c6e98e//7 --by 王 --why 重复报送
    """
    _told(_desk(home, by, why).reject(row))


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(help="决定号或行的地址 Number of a decision, or the address of a row")],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """撤回决定：此前的情形恢复。Withdraw a decision; what stood before stands again.

    例 Example: tidu quarantine undo 12 --by 王 --why 误操作
    """
    _told(_desk(home, by, why).undo(decision))


def _told(said: "list[Statement]") -> None:
    """Numbers and rows alone: who decided is in the casebook, not in what a terminal logs."""
    lines: list[dict[str, Any]] = [
        {"statement": one.statement_id, "withdraws": one.withdraws, "subject": one.subject} for one in said
    ]
    for line in lines:
        what = f"撤回第 {line['withdraws']} 号 withdraws {line['withdraws']}" if line["withdraws"] else "已记下 kept"
        echo(f"第 {line['statement']} 号决定 decision {line['statement']}: {what} · {line['subject']}")
    typer.echo("下次运行时生效 It takes effect with the next run: tidu run")
