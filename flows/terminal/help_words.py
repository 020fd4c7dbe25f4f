"""The help of commands in the language that is spoken; written in both, as ``收件、发布。Files in, a release out.``."""

import re
from typing import Any

from flows.terminal.language import Words, language, of_both

HAN = r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"
_EXAMPLE = re.compile(r"例 Example: *")
_REPEATABLE = "（可重复 repeatable）"
_ENGLISH = r"(?P<en>[^\u3400-\u9fff\uff08\uff09]*[A-Za-z][^\u3400-\u9fff]*)"
_BOTH = tuple(
    re.compile(form, re.DOTALL)
    for form in (
        rf"(?P<zh>.*。)\s*{_ENGLISH}",
        rf"(?P<zh>.*{HAN}(?:[^\u3400-\u9fff]*?(?= [A-Z(]))?)\s*{_ENGLISH}",
        rf"(?P<en>[a-z_]+) (?P<zh>{HAN}+)",
        rf"(?P<zh>.*?{HAN}.*?) (?P<en>[A-Za-z].*)",
    )
)
"""Sentences; words; a value with what it means; words whose English ends with a Chinese example."""
DEFAULTS = {
    "today": "今天",
    "yesterday": "昨天",
    "all": "全部",
    "zone": "全区",
    "the release's": "该期的",
    "the release's day before": "该期的对比日",
    "the release before": "上一期",
    "the current release": "现行一期",
    "the current one": "现行一期",
    "the last but one": "倒数第二期",
    "the last one": "上一月",
    "the last release's": "上一期的",
    "the same date one year before": "上一年同日",
    "31 December last year": "上年 12 月 31 日",
    "of founding": "按成立年份",
    "the casebook in use": "在用的记录库",
    "the owner": "负责人",
    "the member's own": "入库时的目标",
    "the list of the text": "规定清单",
    "all who have not left": "未出库的",
    "one after another": "依次办理",
    "FEED.xlsx": "FEED.xlsx",
    "TIDU_HOME or ./data": "TIDU_HOME 或 ./data",
    "TIDU_LANG, or the locale": "TIDU_LANG 或系统语言",
    "the system's user": "系统用户",
}
"""Defaults that are told in words, between brackets at the end of a help text."""
_DEFAULT = re.compile(r"\s*\[(?P<words>" + "|".join(map(re.escape, DEFAULTS)) + r")\]$")


def help_spoken(text: str) -> str:
    """A help text in the language that is spoken, paragraph by paragraph; examples stay as they are typed."""
    return "\n\n".join(part for part in map(_paragraph, text.split("\n\n")) if part)


def _paragraph(text: str) -> str:
    if _EXAMPLE.search(text):
        return _EXAMPLE.sub("例：" if language() == "zh" else "Example: ", text)
    if text.lstrip().startswith(("tidu ", "· ")):
        return text
    parts = text.strip().split(" · ")
    if len(parts) > 1 and all(re.search(HAN, part) for part in parts):
        return " · ".join(_part(part) for part in parts)
    return _part(text.strip())


def _part(text: str) -> str:
    """One text in both languages, perhaps with a mark that it may be repeated, or its default in words."""
    if text.endswith(_REPEATABLE):
        mark = "（可重复）" if language() == "zh" else " (repeatable)"
        return _part(text.removesuffix(_REPEATABLE)) + mark
    default = _DEFAULT.search(text)
    if default is not None:
        words = f"（默认：{DEFAULTS[default['words']]}）" if language() == "zh" else f" (default: {default['words']})"
        return _part(text[: default.start()]) + words
    both = next(filter(None, (form.fullmatch(text) for form in _BOTH)), None)
    return both[language()].strip() if both else text


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


USAGE: Words = ("用法：", "Usage: ")
OPTIONS: Words = ("[选项]", "[OPTIONS]")
BELOW: Words = ("命令 [参数]...", "COMMAND [ARGS]...")
"""How the line of usage begins, and what it calls options and the words after a group of commands."""


def speak_help(command: Any, ctx: Any) -> None:
    """Put the help of a command, its options and the commands below it into the language that is spoken."""
    speak_usage(command, ctx)
    command.help = help_spoken(command.help or "")
    for parameter in (*command.params, command.get_help_option(ctx)):
        if parameter.name in OF_THE_FRAME:
            parameter.help = OF_THE_FRAME[parameter.name][language() == "en"]
        elif getattr(parameter, "help", None):
            parameter.help = help_spoken(parameter.help)
    for below in getattr(command, "commands", {}).values():
        speak_help(below, ctx)


def speak_usage(command: Any, ctx: Any) -> None:
    """Put the line of usage of a command into the language that is spoken."""
    if not issubclass(ctx.formatter_class, SpokenUsage):
        type(ctx).formatter_class = type("SpokenFormatter", (SpokenUsage, ctx.formatter_class), {})
    command.options_metavar = of_both(*OPTIONS)
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = of_both(*BELOW)


class SpokenUsage:
    """What a formatter of a help writes before the line of usage."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage; ``prefix`` is Typer's own unless given."""
        super().write_usage(prog, args, prefix or of_both(*USAGE))  # type: ignore[misc]


def speak_frame(rich_help: Any) -> None:
    """Put Typer's own words into the language that is spoken; ``rich_help`` is its module that draws a help."""
    for name, words in FRAME.items():
        setattr(rich_help, name, words[language() == "en"])
