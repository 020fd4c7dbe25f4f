"""Commands about the casebook as a whole: is it sound and complete, and what to do where it is not."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.explain import print_json
from flows.commands.quarantine import By, Why
from flows.commands.refresh import HomeOption, home_of
from flows.terminal.markup import echo
from warehouse.lock import writer

app = typer.Typer(no_args_is_help=False)


@app.callback(invoke_without_command=True)
def state(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="供程序读取 For pipelines")] = False,
    home: HomeOption = None,
) -> None:
    """决定簿是否完好、是否齐全。Whether the casebook is sound, and holds every statement the last release rests on.

    例 Example: tidu casebook
    """
    from warehouse.release import casebook_check

    if context.invoked_subcommand is not None:
        return
    found = casebook_check.state(home_of(home))
    if as_json:
        shown = {"path": found.path, "fault": found.fault, "statements": found.statements}
        print_json({**shown, "lost": [one.statement_id for one in found.lost]})
        return
    echo(f"{found.path}: {found.statements} 条 statements")
    if found.fault is not None:
        echo(f"已损坏 damaged: {found.fault}")
    if found.lost:
        echo(f"缺 missing: {len(found.lost)}（第 {found.run_id} 期所依据 run {found.run_id} rests on them）")
    if found.fault is not None or found.lost:
        echo("\n".join(casebook_check.WAY_OUT))


@app.command()
def restore(home: HomeOption = None) -> None:
    """没有备份时，找回上一期所依据的各条决定。Without a backup: put back the statements the last release rests on.

    例 Example: tidu casebook restore
    """
    from warehouse.release import casebook_check

    where = home_of(home)
    with writer(where):
        count, aside = casebook_check.restore(where, datetime.now(UTC))
    _tell_aside(aside)
    echo(f"找回 {count} 条；上一期之后的决定不在其中 {count} put back; what was said since then is not among them")


@app.command("accept-loss", no_args_is_help=True)
def accept_loss(by: By, why: Why, home: HomeOption = None) -> None:
    """声明缺失的决定不再需要，下次运行不再停止。Say that runs may go on without the missing statements.

    例 Example: tidu casebook accept-loss --by 王 --why 测试数据
    """
    from warehouse.release import casebook_check

    where = home_of(home)
    with writer(where):
        count, aside = casebook_check.accept_loss(where, by=by, why=why, now=datetime.now(UTC))
    _tell_aside(aside)
    echo(f"{count} 条缺失的决定不再需要 runs go on without {count} statements")


def _tell_aside(aside: Path | None) -> None:
    if aside is not None:
        echo(f"损坏的决定簿另存为 the damaged casebook is kept as {aside}")
