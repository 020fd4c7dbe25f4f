"""``tidu feeds``: what can be loaded, what would become of a file, an empty file to fill."""

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import HomeOption, JsonOption, home_of
from flows.commands.output import print_json
from flows.terminal.help_text import both

REFUSED, WAITING, LATE = 3, 4, 6

app = typer.Typer(no_args_is_help=False)


class MoneyUnit(StrEnum):
    """The unit a template asks money in, where the feed leaves it open."""

    YUAN = "元"
    THOUSAND = "千元"
    TEN_THOUSAND = "万元"


@app.callback(invoke_without_command=True)
def known(context: typer.Context, as_json: JsonOption = False) -> None:
    """What can be loaded; check FILE, template FEED.

    中文：能装载哪些来件，各有哪些列；check 试读一个文件，template 写空表。

    $ tidu feeds --json
    """
    from flows.terminal import feeds as feeds_view
    from service.queries.files.feeds import feeds

    if context.invoked_subcommand is not None:
        return
    rows = feeds()
    print_json(rows) if as_json else feeds_view.feeds(rows)


@app.command(no_args_is_help=True)
def check(
    file: Annotated[Path, typer.Argument(help=both("文件", "The file"))],
    feed: Annotated[
        str | None, typer.Option("--feed", help=both("来源", "Its feed, where the name does not say"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What would be done with a file, without doing it.

    Exit codes: 0 every row would be loaded · 4 some would wait · 3 refused

    中文：试读：会怎样装载，但什么也不做。

    退出码：0 每行都会装入 · 4 有行会被隔离 · 3 拒收

    $ tidu feeds check 登记信息_20260601.xlsx
    """
    from flows.terminal import feeds as feeds_view
    from service.queries.files.preview import preview

    previews = preview(file, feed, datetime.now(UTC))
    rows = [asdict(each) for each in previews]
    print_json(rows) if as_json else feeds_view.previews(rows)
    if any(each.refused for each in previews):
        raise typer.Exit(REFUSED)
    if any(each.rows_waiting for each in previews):
        raise typer.Exit(WAITING)


@app.command()
def late(
    home: HomeOption = None,
    every: Annotated[bool, typer.Option("--all", help=both("也列出按时与随事而报的", "Also those on time"))] = False,
    as_json: JsonOption = False,
) -> None:
    """Feeds that are late or never came, and what rests on them.

    Exit codes: 0 none is late · 6 some is late

    中文：逾期、宽限内与从未来件的来源，以及因此不能判定什么。

    退出码：0 无逾期 · 6 有逾期

    $ tidu feeds late
    """
    from flows.terminal import feeds as feeds_view
    from service.queries.files.late_feeds import every_feed

    feeds = every_feed(home_of(home))
    rows = [row for row in feeds if every or row["state"] in ("late", "in_grace", "never")]
    print_json(rows) if as_json else feeds_view.deliveries_due(rows)
    if any(row["state"] == "late" for row in feeds):
        raise typer.Exit(LATE)


@app.command(no_args_is_help=True)
def template(
    feed: Annotated[str, typer.Argument(help=both("来源", "The feed"))],
    out: Annotated[
        Path | None, typer.Option("--out", help=both("写到哪里", "Where to"), show_default="FEED.xlsx")
    ] = None,
    unit: Annotated[MoneyUnit, typer.Option("--unit", help=both("金额单位", "Money unit"))] = MoneyUnit.THOUSAND,
) -> None:
    """An empty XLSX with heads, units, lists and formats.

    中文：写一个空的 XLSX 模板：表头、单位、下拉、日期、文本格式。

    $ tidu feeds template ip__rights --out 知识产权明细_20260630.xlsx
    """
    from service.outputs import write_template

    typer.echo(write_template(feed, out or Path(f"{feed}.xlsx"), unit.value))
