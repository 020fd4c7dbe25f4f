"""``tidu quality``: the rules, what they found in the current release, and the zone's own thresholds."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from flows.commands.explain import JsonOption, print_json
from flows.commands.refresh import HomeOption, home_of
from flows.progress import say
from flows.terminal.table import table
from warehouse.errors import BadInput

app = typer.Typer(help="质量规则与命中 Quality rules and what they found", invoke_without_command=True)


@app.callback()
def hits(context: typer.Context, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """各规则及其在当前发布中的命中数。Every rule and how often it fired in the current release."""
    from service.queries import quality
    from warehouse.release import releases

    if context.invoked_subcommand is None:
        rows = quality.counts(releases.Published(home_of(home)))
        shown = ("rule_id", "severity", "hits", "zh", "en")
        print_json(rows) if as_json else table([row for row in rows if row["hits"]], shown)


@app.command(no_args_is_help=True)
def rule(rule_id: str, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """一条规则：含义、出路、在哪里执行、例子。One rule: meaning, way out, where it is held, examples.

    例 Example: tidu quality rule A03
    """
    from service.queries import quality
    from warehouse.quality.rules import rules
    from warehouse.release import releases

    if rule_id not in rules():
        raise BadInput(f"没有规则 {rule_id}，见 tidu quality", f"there is no rule {rule_id}, see tidu quality")
    one = rules()[rule_id]
    found = quality.examples(releases.Published(home_of(home)), rule_id)
    held = quality.places(one)
    if as_json:
        print_json({**one.model_dump(), "places": held, "examples": found})
        return
    say(f"{one.id} {one.severity}\n{one.message('zh')}\n{one.message('en')}")
    for words in (one.differs, one.reason):
        if words:
            say(f"{words.zh} {words.en}")
    say("\n".join(held))
    table(found, ("file_name", "sheet", "row_no", "field", "value", "firm"))


@app.command()
def calibrate(
    by: Annotated[str, typer.Option("--by", help="由谁决定 Who decides")] = "",
    why: Annotated[str, typer.Option("--why", help="为何 Why")] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help="只保留这些 Keep only these")] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """用本区已发布的数重估阈值；写明 --by --why 才保留。Estimate the zone's own thresholds; kept with --by and --why.

    例 Example: tidu quality calibrate --by 王敏 --why 2026年校准
    """
    from service.decisions import thresholds as estimating
    from warehouse.casebook.statements import Casebook
    from warehouse.release import releases

    place = home_of(home)
    rows = estimating.estimates(releases.Published(place))
    shown = ("name", "firms", "before", "after", "fires_before", "fires_after", "note")
    print_json(rows) if as_json else table(rows, shown)
    if by or why:
        kept = estimating.keep(Casebook(place), rows, only, by=by, why=why, now=datetime.now(UTC))
        say(f"保留 {len(kept)} 项，下次运行生效 kept {len(kept)}, used from the next run on")


@app.command()
def page() -> None:
    """全部规则，Markdown。All rules as Markdown.

    例 Example: tidu quality page > docs/quality.md
    """
    from flows.reference_pages.quality import page as rules_page

    typer.echo(rules_page(), nl=False)
