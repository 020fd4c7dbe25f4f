"""``tidu landing``: list kept originals, take one out of all further runs, take it back."""

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

app = typer.Typer(
    no_args_is_help=True, help=both("收存的来件：列出、移出、恢复。", "Kept deliveries: list, set aside, restore.")
)

DeliveryWord = Annotated[
    str, typer.Argument(metavar="DELIVERY_OR_FILE", help=both("来件编号或文件名", "Its number or file name"))
]
COLUMNS = ("delivery_id", "feed", "file_name", "received_at", "state", "by", "why")


@app.command("list")
def show(
    everything: Annotated[bool, typer.Option("--all", help=both("连同使用中的", "Also those in use"))] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Deliveries set aside or damaged; --all for all.

    中文：移出和附页损坏的来件；--all 全部。

    $ tidu landing list --all
    """
    from service.queries.files.landing import deliveries

    rows = deliveries(home_of(home), with_used=everything)
    print_json(rows) if as_json else table(rows, COLUMNS, f"{of_both('来件', 'deliveries')}: {len(rows)}")


@app.command("set-aside", no_args_is_help=True)
def set_aside(delivery: DeliveryWord, by: By, why: Why, home: HomeOption = None) -> None:
    """Take a delivery out of all further runs; the original is kept.

    中文：移出一份来件：原件保留，此后的运行不再读它。

    $ tidu landing set-aside 登记信息_20260615.csv --by 王 --why 重复报送
    """
    from service.decisions import landing

    _print_statement(landing.set_aside(home_of(home), delivery, by=by, why=why, now=datetime.now(UTC)))


@app.command(no_args_is_help=True)
def restore(delivery: DeliveryWord, by: By, why: Why, home: HomeOption = None) -> None:
    """Take a delivery that was set aside back into use.

    中文：恢复一份移出的来件。

    $ tidu landing restore 登记信息_20260615.csv --by 王 --why 企业确认有效
    """
    from service.decisions import landing

    _print_statement(landing.restore(home_of(home), delivery, by=by, why=why, now=datetime.now(UTC)))


def _print_statement(statement: "Statement") -> None:
    number = statement.statement_id
    echo(f"{of_both(f'第 {number} 号', f'statement {number}')}: {statement.subject}")
    echo(of_both("下一次 tidu run 起生效", "In force from the next tidu run"))
