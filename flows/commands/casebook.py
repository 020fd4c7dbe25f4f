"""``tidu casebook``: whether it is sound and complete, and what to do where it is not."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_json
from flows.terminal.markup import echo

app = typer.Typer(no_args_is_help=False)


@app.callback(invoke_without_command=True)
def state(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """决定簿是否完好、是否齐全。Whether the casebook is sound, and holds every statement the last release rests on.

    例 Example: tidu casebook
    """
    from service.queries import casebook

    if context.invoked_subcommand is not None:
        return
    answer = casebook.state(home_of(home))
    if as_json:
        print_json(casebook.as_row(answer))
        return
    echo(f"{answer.path}: {answer.events} 条 events")
    if answer.fault is not None:
        echo(f"已损坏 damaged: {answer.fault}")
    if answer.lost:
        echo(f"缺 missing: {len(answer.lost)}（第 {answer.run_id} 期所依据 run {answer.run_id} rests on them）")
    if answer.fault is not None or answer.lost:
        echo("\n".join(casebook.WAY_OUT))


@app.command()
def restore(home: HomeOption = None) -> None:
    """没有备份时，找回上一期所依据的各条决定。Without a backup: put back the statements the last release rests on.

    例 Example: tidu casebook restore
    """
    from service.decisions import casebook

    count, aside = casebook.restore(home_of(home), now=datetime.now(UTC))
    _print_aside(aside)
    echo(f"找回 {count} 条；上一期之后的决定不在其中 {count} put back; what was said since then is not among them")


@app.command("accept-loss", no_args_is_help=True)
def accept_loss(by: By, why: Why, home: HomeOption = None) -> None:
    """声明缺失的决定不再需要，下次运行不再停止。Say that runs may go on without the missing statements.

    例 Example: tidu casebook accept-loss --by 王 --why 测试数据
    """
    from service.decisions import casebook

    count, aside = casebook.accept_loss(home_of(home), by=by, why=why, now=datetime.now(UTC))
    _print_aside(aside)
    echo(f"{count} 条缺失的决定不再需要 runs go on without {count} statements")


def _print_aside(aside: Path | None) -> None:
    if aside is not None:
        echo(f"损坏的决定簿另存为 the damaged casebook is kept as {aside}")
