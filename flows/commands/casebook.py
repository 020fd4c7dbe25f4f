"""``tidu casebook``: whether it is sound and complete, what to do where it is not; its backup and its move."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from tiers.messages.counted import counted

app = typer.Typer(no_args_is_help=False)
BROKEN = 4
"""The exit code for a casebook that is not whole: as where a check stops a release."""

BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help=both("新文件", "A new file"))]
KeptFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE", help=both("备份文件", "A backup"), show_default=both("在用的记录库", "the casebook in use")
    ),
]
MoveTo = Annotated[
    str,
    typer.Option(
        "--to", metavar="URL", help=both("PostgreSQL 地址或新文件", "An address of PostgreSQL, or a new file")
    ),
]


@app.callback(invoke_without_command=True)
def state(context: typer.Context, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Whether the casebook is sound, and holds every statement the last release rests on.

    中文：决定簿是否完好、是否齐全。

    $ tidu casebook
    """
    from service.queries.release import casebook

    if context.invoked_subcommand is not None:
        return
    answer = casebook.state(home_of(home))
    if as_json:
        print_json(casebook.as_row(answer))
        return
    echo(f"{answer.path}: " + of_both(f"{answer.events} 条", counted(answer.events, "event", "events")))
    if answer.fault is not None:
        echo(f"{of_both('已损坏', 'damaged')}: {answer.fault}")
    if answer.lost:
        echo(
            of_both(
                f"缺 {len(answer.lost)} 条（第 {answer.run_id} 期所依据）",
                f"{len(answer.lost)} missing that run {answer.run_id} rests on",
            )
        )
    if answer.fault is not None or answer.lost:
        echo("\n".join(casebook.WAY_OUT))


@app.command()
def restore(home: HomeOption = None) -> None:
    """Without a backup: put back the statements the last release rests on.

    中文：没有备份时，找回上一期所依据的各条决定。

    $ tidu casebook restore
    """
    from service.decisions import casebook

    count, aside = casebook.restore(home_of(home), now=datetime.now(UTC))
    _print_aside(aside)
    echo(
        of_both(
            f"找回 {count} 条；上一期之后的决定不在其中",
            f"{count} put back; what was stated since then is not among them",
        )
    )


@app.command("accept-loss", no_args_is_help=True)
def accept_loss(by: By, why: Why, home: HomeOption = None) -> None:
    """Say that runs may go on without the missing statements.

    中文：声明缺失的决定不再需要，下次运行不再停止。

    $ tidu casebook accept-loss --by 王 --why 测试数据
    """
    from service.decisions import casebook

    count, aside = casebook.accept_loss(home_of(home), by=by, why=why, now=datetime.now(UTC))
    _print_aside(aside)
    echo(of_both(f"{count} 条缺失的决定不再需要", f"runs go on without {counted(count, 'statement', 'statements')}"))


@app.command()
def verify(file: KeptFile = None, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """Check events, chain and tables, also of a backup.

    中文：逐条核对：记录首尾相接、未被改动，派生各表相符；也可核对备份。

    $ tidu casebook verify
    $ tidu casebook verify casebook-20260630.db
    """
    from dataclasses import asdict

    from service.queries.release import casebook

    verified = casebook.verify(home_of(home), file)
    if as_json:
        print_json(asdict(verified))
    else:
        echo(
            of_both(
                f"{verified.events} 条，至第 {verified.head.seq} 号",
                f"{counted(verified.events, 'event', 'events')}, up to no. {verified.head.seq}",
            )
        )
        echo(verified.head.hash)
        echo("\n".join(of_both(problem.zh, problem.en) for problem in verified.problems) or of_both("完好", "sound"))
    if verified.problems:
        raise typer.Exit(BROKEN)


@app.command(no_args_is_help=True)
def backup(file: BackupFile, home: HomeOption = None) -> None:
    """Copy the casebook into a new file and verify it; work may go on meanwhile.

    中文：备份到新文件并核对，期间可照常工作。

    $ tidu casebook backup casebook-20260630.db
    """
    from service.decisions import casebook

    head = casebook.backup(home_of(home), file)
    echo(f"{file}: " + of_both(f"已备份并核对，至第 {head.seq} 号", f"backed up and verified, up to no. {head.seq}"))


@app.command(no_args_is_help=True)
def move(to: MoveTo, home: HomeOption = None) -> None:
    """Move it to an empty PostgreSQL database or a file.

    中文：迁到 PostgreSQL 空库，或迁回文件，核对后停用原处。

    $ tidu casebook move --to postgresql://tidu@127.0.0.1/tidu
    """
    from service.decisions import casebook

    head, name, aside = casebook.move(home_of(home), to, now=datetime.now(UTC))
    echo(f"{name}: " + of_both(f"已迁入并核对，至第 {head.seq} 号", f"moved and verified, up to no. {head.seq}"))
    if aside is not None:
        echo(f"{of_both('原文件另存为', 'the old file is kept as')} {aside}")
    if "://" in to:
        echo(of_both("今后各进程须设 TIDU_CASEBOOK_URL", "from now on set TIDU_CASEBOOK_URL for every process"))
    else:
        echo(
            of_both(
                "请将新文件命名为数据目录中的 casebook.db，不再设 TIDU_CASEBOOK_URL",
                "name it casebook.db in the home, and unset TIDU_CASEBOOK_URL",
            )
        )


def _print_aside(aside: Path | None) -> None:
    if aside is not None:
        echo(f"{of_both('损坏的决定簿另存为', 'the damaged casebook is kept as')} {aside}")
