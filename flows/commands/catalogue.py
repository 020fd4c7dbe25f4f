"""``tidu catalogue``: every edition and condition as Markdown."""

import typer

from flows.commands import Command


def catalogue() -> None:
    """The rule catalogue: all editions and conditions, as Markdown.

    中文：规则目录：全部版本与条件，Markdown。

    $ tidu catalogue > docs/catalogue.md
    """
    from flows.reference_pages.catalogue import catalogue as rule_catalogue

    typer.echo(rule_catalogue(), nl=False)


COMMANDS = (Command(catalogue),)
