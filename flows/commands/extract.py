"""``tidu extract``: lists and workbooks for incubators, and the log of what was handed over."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, JsonOption, LangOption, home_of, lang_of
from flows.commands.output import print_json
from flows.terminal.help_text import both
from flows.terminal.language import language, of_both

if TYPE_CHECKING:
    from warehouse.home import Home

LOG = ("seq", "incubator", "run_id", "recipient", "delivered_by", "delivered_at", "sha256")


def extract(
    out: Annotated[Path | None, typer.Option(help=both("写到哪里", "Where to write"))] = None,
    incubator: Annotated[str | None, typer.Option(help=both("孵化器名称", "One incubator by its name"))] = None,
    every: Annotated[bool, typer.Option("--all", help=both("全部孵化器", "Every incubator"))] = False,
    lang: LangOption = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help=both("由谁交付：记入交付记录", "Who hands them over: keeps them in the log")),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help=both("交付记录", "What was handed over"))] = False,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """A list and a workbook for each incubator, with side files.

    中文：给孵化器的名单（CSV）与工作簿（XLSX），各附说明文件。

    $ tidu extract --all --out extracts
    $ tidu extract --incubator 云栖孵化器 --out extracts --by 王
    $ tidu extract --log
    """
    if log:
        _print_log(home, as_json)
        return
    from service.outputs import Handed, write_extracts

    if every == (incubator is not None) or out is None:
        raise typer.BadParameter(
            of_both("请写 --out 目录，并选 --incubator 名称 或 --all", "write --out DIR, and --incubator NAME or --all")
        )
    handed = Handed(by, "tidu extract", datetime.now(UTC)) if by else None
    for path in write_extracts(home_of(home), out, incubator, lang=lang_of(lang), handed=handed):
        typer.echo(path)
    _warn_of_changes(home_of(home))


def _warn_of_changes(home: "Home") -> None:
    """Warn on standard error that the changes sheets are unknown, where the log of deliveries cannot be read."""
    from flows.terminal.markup import echo
    from service.extracts.deliveries import fault_of

    fault = fault_of(home)
    if fault is not None:
        why = ": ".join(filter(None, (fault.place, fault.reason(language()))))
        echo(of_both(f"! 工作簿的“变化”标为不明：{why}", f"! the changes are marked as not known: {why}"), err=True)


def _print_log(home: Path | None, as_json: bool) -> None:
    from flows.terminal.markup import echo
    from flows.terminal.table import table
    from service.extracts.deliveries import log

    rows = log(home_of(home))
    if as_json:
        print_json(rows)
    elif rows:
        table([{**row, "sha256": row["sha256"][:12]} for row in rows], LOG)
    else:
        echo(of_both("还没有交付过", "nothing was handed over yet"))


COMMANDS = (Command(extract, needs_words=True),)
