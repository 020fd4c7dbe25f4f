"""The command line: ``tidu``.

Exit codes: 0 done · 2 wrong usage · 3 bad input · 4 a check stopped publication · 5 anything else.
"""

import errno
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import typer

from flows.commands import (
    casebook,
    changes,
    duties,
    explain,
    extract,
    feeds,
    landing,
    match,
    quality,
    quarantine,
    reckon,
    refresh,
    releases,
    scheduler,
    schemes,
    serve,
    units,
    what_if,
)
from flows.progress import say
from warehouse.errors import BadInput, CheckStoppedRelease, NoRelease, StepFailed, WarehouseError
from warehouse.release.pointer import published_here

BAD_INPUT, STOPPED, INTERNAL = 3, 4, 5

app = typer.Typer(
    name="tidu",
    help="Tidu 梯度：高新区企业梯度培育台账。Follows the firms of a high-tech zone along the ladder.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (refresh, explain, changes, what_if, duties, schemes, extract, serve):
    for command in room.COMMANDS:
        app.command(no_args_is_help=command.needs_words)(command.run)
app.add_typer(feeds.app, name="feeds", rich_help_panel="Commands")
app.add_typer(releases.app, name="releases", rich_help_panel="Commands")
app.add_typer(casebook.app, name="casebook", rich_help_panel="Commands")
app.add_typer(landing.app, name="landing", rich_help_panel="Commands")
app.add_typer(quarantine.app, name="quarantine", rich_help_panel="Commands")
app.add_typer(units.app, name="units", rich_help_panel="Commands")
app.add_typer(match.app, name="match", rich_help_panel="Commands")
app.add_typer(reckon.app, name="reckon", rich_help_panel="Commands")
app.add_typer(quality.app, name="quality", rich_help_panel="Commands")
app.add_typer(scheduler.app, name="scheduler", rich_help_panel="Commands")


def exit_code(error: Exception) -> int:
    """Which family a failure belongs to."""
    if isinstance(error, BadInput | NoRelease):
        return BAD_INPUT
    if isinstance(error, CheckStoppedRelease):
        return STOPPED
    return INTERNAL


def main() -> None:
    """Run one command; every failure ends in a message for a person and an exit code for a pipeline."""
    published = len(published_here)
    try:
        app()
    except WarehouseError as error:
        trace = f"\n{_kept_trace()}" if isinstance(error, StepFailed) else ""
        _fail(f"{error}{trace}", published, exit_code(error))
    except OSError as error:
        _fail(_of_the_system(error), published, INTERNAL)
    except Exception:
        _fail(f"内部错误 Internal error. {_kept_trace()}", published, INTERNAL)


def _fail(message: str, published: int, code: int) -> None:
    say(f"[red]✗[/red] {message}")
    if (fate := _fate(published)) is not None:
        say(fate)
    sys.exit(code)


def _fate(published: int) -> str | None:
    """What became of a run that failed, by whether it had published; None where no run was asked for."""
    if len(published_here) > published:
        run_id = published_here[-1]
        return f"第 {run_id} 期已发布，有效 Run {run_id} was published and stands."
    if "run" not in sys.argv[1:2]:
        return None
    return "本次未发布任何内容，上一期仍然有效 This run published nothing; the last release stands."


def _of_the_system(error: OSError) -> str:
    """What the system refused, where, and the way out."""
    ways = {
        errno.ENOSPC: ("腾出磁盘空间后再运行", "make room on the disk and run again"),
        errno.EDQUOT: ("腾出磁盘空间后再运行", "make room on the disk and run again"),
        errno.EACCES: ("请给予本用户读写权限", "let this user read and write it"),
        errno.EPERM: ("请给予本用户读写权限", "let this user read and write it"),
        errno.EROFS: ("该磁盘只读，请改为可写", "the disk is read-only: make it writable"),
    }
    zh, en = ways.get(error.errno or 0, ("请检查该文件或文件夹", "look at that file or folder"))
    return f"磁盘或文件错误 The disk or a file failed: {error}\n  {zh}；{en}"


def _kept_trace() -> str:
    """Where the details of an unforeseen failure were written; beside the home where that cannot be written."""
    name, trace = f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.log", traceback.format_exc()
    try:
        path = refresh.last_home().runs / name
        path.write_text(trace, "utf-8", errors="backslashreplace")
    except (WarehouseError, OSError):
        path = Path(mkdtemp(prefix="tidu-")) / name
        path.write_text(trace, "utf-8", errors="backslashreplace")
    return str(path)
