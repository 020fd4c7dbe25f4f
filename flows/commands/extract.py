"""``tidu extract``: lists for incubators."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands import Command
from flows.commands.options import HomeOption, home_of


def extract(
    out: Annotated[Path, typer.Option(help="写到哪里 Where to write")],
    incubator: Annotated[str | None, typer.Option(help="孵化器名称 One incubator by its name")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部孵化器 Every incubator")] = False,
    home: HomeOption = None,
) -> None:
    """给孵化器的名单：只含其在孵企业。One CSV for each incubator, with its own tenants only.

    例 Example: tidu extract --all --out extracts
    """
    from service.outputs import write_extracts

    if every == (incubator is not None):
        raise typer.BadParameter("请选 --incubator 名称 或 --all  choose --incubator NAME or --all")
    for path in write_extracts(home_of(home), out, incubator):
        typer.echo(path)


COMMANDS = (Command(extract, needs_words=True),)
