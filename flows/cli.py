"""The command line: ``tidu``.

Exit codes: 0 done · 2 wrong usage · 3 bad input · 4 a check stopped publication · 5 anything else.
"""

import sys
import traceback
from datetime import UTC, datetime

import typer
from rich.markup import escape

from flows.commands import (
    attempt,
    compare,
    desk,
    feeds,
    hold,
    look,
    match,
    points,
    quality,
    reckon,
    refresh,
    serve,
    take,
    units,
)
from flows.progress import say
from warehouse.errors import BadInput, CheckStoppedRelease, NoRelease, StepFailed, WarehouseError
from warehouse.home import Home

BAD_INPUT, STOPPED, INTERNAL = 3, 4, 5

app = typer.Typer(
    name="tidu",
    help="Tidu 梯度：高新区企业梯度培育台账。Follows the firms of a high-tech zone along the ladder.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (refresh, look, compare, attempt, hold, points, take, serve):
    for command in room.COMMANDS:
        app.command(no_args_is_help=command.needs_words)(command.run)
app.add_typer(feeds.app, name="feeds", rich_help_panel="Commands")
app.add_typer(desk.app, name="quarantine", rich_help_panel="Commands")
app.add_typer(units.app, name="units", rich_help_panel="Commands")
app.add_typer(match.app, name="match", rich_help_panel="Commands")
app.add_typer(reckon.app, name="reckon", rich_help_panel="Commands")
app.add_typer(quality.app, name="quality", rich_help_panel="Commands")


def exit_code(error: Exception) -> int:
    """Which family a failure belongs to."""
    if isinstance(error, BadInput | NoRelease):
        return BAD_INPUT
    if isinstance(error, CheckStoppedRelease):
        return STOPPED
    return INTERNAL


def _kept_trace() -> str:
    """Where the details of an unforeseen failure were written."""
    path = Home.from_environment().runs / f"error-{datetime.now(UTC):%Y%m%d-%H%M%S}.log"
    path.write_text(traceback.format_exc(), "utf-8")
    return str(path)


def main() -> None:
    """Run one command; every failure ends in a message for a person and an exit code for a pipeline."""
    try:
        app()
    except WarehouseError as error:
        say(f"[red]✗[/red] {escape(str(error))}")
        if isinstance(error, StepFailed):
            say(_kept_trace())
        sys.exit(exit_code(error))
    except OSError as error:
        say(f"[red]✗[/red] 磁盘或文件错误 The disk or a file failed: {error}")
        sys.exit(INTERNAL)
    except Exception:
        say(f"[red]✗[/red] 内部错误，未发布任何内容 Internal error, nothing was published. {_kept_trace()}")
        sys.exit(INTERNAL)
