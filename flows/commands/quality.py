"""``tidu quality``: the rules, how often each fired in the current release, and the zone's own thresholds."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.options import HomeOption, JsonOption, home_of
from flows.commands.output import print_json
from flows.progress import say
from flows.terminal.help_text import both
from flows.terminal.language import of_both
from flows.terminal.table import table

app = typer.Typer(help=both("质量规则与命中", "Quality rules and their findings"), invoke_without_command=True)


@app.callback()
def hits(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Every rule and how often it fired in the current release.

    中文：各规则及其在当前发布中的命中数。
    """
    from flows.terminal import feeds as feeds_view
    from service.queries.files import late_feeds, quality

    if context.invoked_subcommand is not None:
        return
    opened = home_of(home)
    rows = quality.counts(opened)
    if as_json:
        print_json(rows)
        return
    table([row for row in rows if row["hits"]], ("rule_id", "severity", "hits", "zh", "en"))
    feeds_view.late_feeds(late_feeds.late_of(opened))


@app.command(no_args_is_help=True)
def rule(
    rule_id: Annotated[str, typer.Argument(help=both("规则", "A rule, such as A03"))],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """One rule: meaning, way out, where it is held, examples.

    中文：一条规则：含义、出路、在哪里执行、例子。

    $ tidu quality rule A03
    """
    from flows.terminal import quality as quality_view
    from service.queries.files import quality

    answer = quality.rule(home_of(home), rule_id)
    print_json(answer) if as_json else quality_view.rule(answer)


@app.command()
def calibrate(
    by: Annotated[str, typer.Option("--by", help=both("由谁决定", "Who decides"))] = "",
    why: Annotated[str, typer.Option("--why", help=both("为何", "Why"))] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help=both("只保留这些", "Keep only these"))] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Estimate the zone's own thresholds; kept with --by and --why.

    中文：用本区已发布的数重估阈值；写明 --by --why 才保留。

    $ tidu quality calibrate --by 王敏 --why 2026年校准
    """
    from service.decisions import thresholds

    opened = home_of(home)
    rows = thresholds.estimates(opened)
    columns = ("name", "firms", "before", "after", "fires_before", "fires_after", "note")
    print_json(rows) if as_json else table(rows, columns)
    if by or why:
        kept = thresholds.keep(opened, rows, only, by=by, why=why, now=datetime.now(UTC))
        say(of_both(f"保留 {len(kept)} 项，下次运行生效", f"kept {len(kept)}, used from the next run on"))


@app.command()
def page() -> None:
    """All rules as Markdown.

    中文：全部规则，Markdown。

    $ tidu quality page > docs/quality.md
    """
    from flows.reference_pages.quality import page as rules_page

    typer.echo(rules_page(), nl=False)
