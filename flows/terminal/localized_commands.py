"""The commands, in the language of the terminal: ``--lang`` before or after any of them, their help, wrong usage."""

import sys
from difflib import get_close_matches
from typing import Any, cast, get_args

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from flows.terminal.language import Lang, of_both, of_the_environment, set_language

ABORTED, WRONG_USAGE = 1, 2
LANG, LANGUAGES = "--lang", get_args(Lang)
HELP = {"-h", "--help"}
FORMER = {"reckon": "calculate"}
"""The present names of commands that scripts know by former ones."""


class LocalizedCommand(TyperCommand):
    """A command whose errors of usage are in the language of the terminal, with how it is written."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments; raises ``typer.BadParameter`` where there are more than the command takes."""
        ctx.allow_extra_args = True
        rest = _parsed(super(), ctx, args)
        if rest and not ctx.resilient_parsing:
            words = " ".join(rest)
            raise typer.BadParameter(of_both(f"多出的词：{words}", f"more words than the command takes: {words}"), ctx)
        return rest


class LocalizedGroup(TyperGroup):
    """A group of commands whose errors of usage are in the language of the terminal."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; errors of usage are raised in the language of the terminal."""
        return _parsed(super(), ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called; raises ``typer.BadParameter`` with its present name or like ones."""
        name = args[0]
        if name in self.commands or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if (present := FORMER.get(name)) in self.commands:
            raise typer.BadParameter(of_both(f"{name} 现为 {present}", f"{name} is now {present}"), ctx)
        near = ", ".join(sorted(get_close_matches(name, self.commands)))
        like = of_both(f"；相近的有 {near}", f"; similar: {near}") if near else ""
        raise typer.BadParameter(of_both(f"没有命令 {name}", f"there is no command {name}") + like, ctx)


def _parsed(command: Any, ctx: Any, args: list[str]) -> list[str]:
    """The arguments as Typer's own class parses them; what it raises without its command is given it."""
    try:
        return list(command.parse_args(ctx, args))
    except TyperException as error:
        if getattr(error, "ctx", ctx) is None:
            error.ctx = ctx  # type: ignore[attr-defined]
        raise


class LocalizedCommands(LocalizedGroup):
    """The commands, with ``--lang zh`` or ``--lang en`` before or after any of them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments without the language, which holds from now on."""
        rest, lang = list(args), None
        for place, word in enumerate(args):
            name, sign, value = word.partition("=")
            if name == LANG:
                lang = value if sign else next(iter(args[place + 1 : place + 2]), "")
                del rest[place : place + (1 if sign else 2)]
                break
        if lang is not None and lang not in LANGUAGES:
            raise typer.BadParameter(of_both(f"{LANG} {lang}：请写 zh 或 en", f"{LANG} {lang}: write zh or en"))
        set_language(cast(Lang, lang) if lang else of_the_environment())
        if ctx.resilient_parsing or self._may_show_help(rest):
            _localize_help(self, ctx)
        return super().parse_args(ctx, rest)

    def _may_show_help(self, words: list[str]) -> bool:
        """Whether help is asked for, or no more is written than a command, which then may show its own."""
        is_of_group = hasattr(self.commands.get(next(iter(words), "")), "commands")
        return len(words) <= 1 + is_of_group or bool(HELP.intersection(words))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command; alone, wrong usage is shown in the language of the terminal, and ends with the code 2."""
        is_alone = extra.get("standalone_mode", True)
        extra["standalone_mode"] = False
        if not is_alone:
            return super().main(*args, **extra)
        try:
            ended = super().main(*args, **extra)
        except TyperException as error:
            from flows.terminal import wrong_usage

            wrong_usage.show(error)
            sys.exit(WRONG_USAGE)
        except typer.Abort:
            sys.exit(ABORTED)
        sys.exit(ended if isinstance(ended, int) else 0)


def localize_usage_errors(app: typer.Typer) -> None:
    """Let all commands and groups of an application report wrong usage in the language of the terminal."""
    if not isinstance(app.info.cls, type):
        app.info.cls = LocalizedGroup
    for command in app.registered_commands:
        command.cls = LocalizedCommand
    for group in app.registered_groups:
        if group.typer_instance is not None:
            localize_usage_errors(group.typer_instance)


def _localize_help(commands: Any, ctx: Any) -> None:
    """Put the help into the language of the terminal; what draws it is loaded here alone, since that takes time."""
    from typer import rich_utils

    from flows.terminal.help_words import localize_frame, localize_help

    localize_frame(rich_utils)
    localize_help(commands, ctx)
