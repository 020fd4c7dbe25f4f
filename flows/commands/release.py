"""``tidu release``: releases that the publish gate holds, and the decision on one."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.options import By, HomeOption, JsonOption, Why, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.markup import echo

app = typer.Typer(no_args_is_help=False)

Run = Annotated[str, typer.Argument(help=both("期号", "The number of the run"))]


@app.callback(invoke_without_command=True)
def waiting(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Releases held by the publish gate until somebody accepts or refuses them.

    中文：待定的各期：变动超过上限，待人决定。

    $ tidu release
    """
    from flows.terminal import ledger as ledger_view
    from service.queries.release import releases

    if context.invoked_subcommand is not None:
        return
    rows = releases.held_with_figures(home_of(home))
    if as_json:
        print_json(rows)
    elif rows:
        ledger_view.gate(rows)
    else:
        echo(of_both("没有待定的一期", "No release is held."))


@app.command(no_args_is_help=True)
def accept(run: Run, by: By, why: Why, home: HomeOption = None) -> None:
    """Accept a held release: exactly that file becomes the current release.

    中文：采用待定的一期，成为现行一期。

    $ tidu release accept 20260701-013000-a1b2 --by 王 --why 新版办法施行，变动属实
    """
    from service.decisions import releases

    path = releases.accept(home_of(home), run, by=by, why=why, now=datetime.now(UTC))
    echo(f"{of_both('已发布', 'published')} {path}")


@app.command(no_args_is_help=True)
def refuse(run: Run, by: By, why: Why, home: HomeOption = None) -> None:
    """Refuse a held release: it is removed, which is kept in the log.

    中文：不予采用待定的一期，移除并留记录。

    $ tidu release refuse 20260701-013000-a1b2 --by 王 --why 来件单位有误，待更正
    """
    from service.decisions import releases

    releases.refuse(home_of(home), run, by=by, why=why, now=datetime.now(UTC))
    echo(f"{of_both('已移除，现行一期不变', 'removed, the current release stays')}: {run}")
