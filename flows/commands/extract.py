"""Commands that write files for somebody else: ``extract``."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.refresh import HomeOption, home_of


def extract(
    out: Annotated[Path, typer.Option(help="写到哪里 Where to write")],
    incubator: Annotated[str | None, typer.Option(help="孵化器名称 One incubator by its name")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部孵化器 Every incubator")] = False,
    home: HomeOption = None,
) -> None:
    """给孵化器的名单：只含其在孵企业。One CSV for each incubator, with its own tenants only.

    例 Example: tidu extract --all --out extracts
    """
    from warehouse.outputs.incubators import write_extracts
    from warehouse.release import releases

    if every == (incubator is not None):
        raise typer.BadParameter("请选 --incubator 名称 或 --all  choose --incubator NAME or --all")
    for path in write_extracts(releases.current(home_of(home)), out, incubator):
        typer.echo(path)


def report_cards(
    out: Annotated[Path, typer.Option(help="写到哪里 Where to write")],
    home: HomeOption = None,
) -> None:
    """给报送单位的回执：问题、行号、历次情况。A report card for each supplier, by its own row numbers: HTML and CSV.

    例 Example: tidu report-cards --out cards
    """
    from warehouse.outputs.report_cards import write_cards
    from warehouse.release import releases

    known = [Path(one.path) for one in releases.releases(home_of(home))]
    if not known:
        releases.current(home_of(home))
    for path in write_cards(known, out):
        typer.echo(path)


COMMANDS = (Command(extract, needs_words=True), Command(report_cards, needs_words=True))
