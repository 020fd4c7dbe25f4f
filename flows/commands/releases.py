"""``tidu releases``: which there are, and remove one by hand; nothing else ever removes a release."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo
from flows.terminal.table import table

app = typer.Typer(no_args_is_help=False)

COLUMNS = ("run_id", "day", "place", "published_at", "is_current", "frozen", "path")


@app.callback(invoke_without_command=True)
def published(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """What has been published, newest first; nothing is removed unless you remove it.

    中文：已发布的各期；remove 移除一期。

    $ tidu releases
    """
    from service.queries.release import releases

    if context.invoked_subcommand is not None:
        return
    opened = home_of(home)
    rows = releases.published(opened)
    if as_json:
        print_json(rows)
        return
    table(rows, COLUMNS)
    for file in releases.damaged(opened):
        echo(f"✗ {file.name}: {of_both(file.zh, file.en)}", err=True)


@app.command(no_args_is_help=True)
def remove(
    run: Annotated[str, typer.Argument(help=both("期号", "The number of the run"))],
    by: By,
    why: Why,
    home: HomeOption = None,
) -> None:
    """Remove a release; not the current one, nor one others rest on.

    中文：移除一期；现行的、被他期沿用汇总的不能移除。

    $ tidu releases remove 20260601-013000-a1b2 --by 王 --why 磁盘空间
    """
    from service.decisions import releases

    path = releases.remove(home_of(home), run, by=by, why=why, now=datetime.now(UTC))
    echo(f"{of_both('已移除', 'removed')} {path}")
