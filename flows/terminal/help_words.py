"""The help of commands in the language of the terminal: their own texts (``help_text``), and Typer's around them."""

from datetime import date
from functools import partial
from inspect import cleandoc
from pathlib import Path
from typing import Any, get_args

from flows.terminal.help_text import localized_help, localized_text
from flows.terminal.language import Words, language, of_both

FRAME = {
    "ARGUMENTS_PANEL_TITLE": ("参数", "Arguments"),
    "OPTIONS_PANEL_TITLE": ("选项", "Options"),
    "COMMANDS_PANEL_TITLE": ("命令", "Commands"),
    "REQUIRED_LONG_STRING": ("[必填]", "[required]"),
    "DEFAULT_STRING": ("[默认：{}]", "[default: {}]"),
    "ENVVAR_STRING": ("[环境变量：{}]", "[env var: {}]"),
}
"""What Typer itself writes around a help, by the name of its constant."""
OF_THE_FRAME = {
    "help": ("显示本说明", "Show this message and exit."),
    "install_completion": ("为当前的 shell 安装补全", "Install completion for the current shell."),
    "show_completion": ("显示当前 shell 的补全脚本", "Show completion for the current shell."),
}
"""The options that Typer adds."""
REPEATABLE: Words = ("（可重复）", " (repeatable)")
DEFAULT: Words = ("（默认：{}）", " (default: {})")
TYPES: dict[type, Words] = {
    str: ("文字", "text"),
    int: ("整数", "number"),
    float: ("数", "number"),
    date: ("日期", "day"),
    Path: ("路径", "path"),
}
"""What a value is, by the type of its parameter."""
PATHS: dict[str, Words] = {"file": ("文件", "file"), "dir": ("目录", "folder")}
"""Paths that must be one of the two, by Typer's name."""
USAGE: Words = ("用法：", "Usage: ")
OPTIONS: Words = ("[选项]", "[OPTIONS]")
BELOW: Words = ("命令 [参数]...", "COMMAND [ARGS]...")
"""How the line of usage begins, and what it calls options and the words after a group of commands."""


ARGUMENT = "argument"


def localize_help(command: Any, ctx: Any) -> None:
    """Put the help of a command, its options and the commands below it into the language of the terminal."""
    localize_usage(command, ctx)
    command.help = localized_help(command.help or "")
    for parameter in (*command.params, command.get_help_option(ctx)):
        _localize_parameter(parameter)
    for below in getattr(command, "commands", {}).values():
        localize_help(below, ctx)


def _localize_parameter(parameter: Any) -> None:
    parameter.display_type_rich = partial(_localized_type, parameter)
    if parameter.name in OF_THE_FRAME:
        parameter.help = of_both(*OF_THE_FRAME[parameter.name])
        return
    parameter.help = localized_text(parameter.help or "")
    if isinstance(parameter.show_default, str):
        parameter.help += of_both(*DEFAULT).format(localized_text(parameter.show_default))
        parameter.show_default = False
    if parameter.multiple:
        parameter.help += of_both(*REPEATABLE)


def _localized_type(parameter: Any, ctx: Any) -> str | None:
    """What a value is, in words; its choices as they are typed; None for an option without a value."""
    described = parameter.type_descriptor
    if described.is_choice or (parameter.metavar is not None and parameter.param_type_name == "option"):
        return str(type(parameter).display_type_rich(parameter, ctx))
    kind = next(iter(get_args(described.annotation)), described.annotation)
    if kind is bool:
        return None
    words = PATHS.get(described.path_type, TYPES[Path]) if kind is Path else TYPES[kind]
    return f"<{of_both(*words)}>"


def argument_name(parameter: Any) -> str:
    """An argument as a help names it: in capitals, with dots where several may be written."""
    name = (parameter.metavar or parameter.name).upper().rstrip("….")
    return f"{name}..." if parameter.nargs != 1 else name


def _in_usage(parameter: Any) -> str:
    return argument_name(parameter) if parameter.required else f"[{argument_name(parameter)}]"


def localize_usage(command: Any, ctx: Any) -> None:
    """Put the line of usage of a command into the language of the terminal."""
    if not issubclass(ctx.formatter_class, LocalizedUsage):
        type(ctx).formatter_class = type("LocalizedFormatter", (LocalizedUsage, ctx.formatter_class), {})
    command.options_metavar = of_both(*OPTIONS)
    for parameter in command.params:
        if parameter.param_type_name == ARGUMENT:
            parameter._usage_display_name = partial(_in_usage, parameter)
            parameter._rich_display_name = partial(argument_name, parameter)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = of_both(*BELOW)


class LocalizedUsage:
    """What a formatter of a help writes before the line of usage."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; ``prefix`` is Typer's own unless given."""
        super().write_usage(prog, args, prefix or of_both(*USAGE))  # type: ignore[misc]


def _as_text(highlighter: Any, *, text: str, style: str = "", **_: Any) -> Any:
    from rich.text import Text

    return highlighter(Text(cleandoc(text), style=style))


def localize_frame(rich_help: Any) -> None:
    """Put Typer's own words into the language of the terminal; ``rich_help`` is its module that draws a help.

    A help is text: what stands in brackets, as in an address ``row[/rule/field]``, is no markup.
    """
    rich_help._make_rich_text = partial(_as_text, rich_help.highlighter)
    for name, words in FRAME.items():
        setattr(rich_help, name, words[language() == "en"])
