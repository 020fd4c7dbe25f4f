"""What the terminal shows of wrong usage: what is wrong, how the command is written, where its help is."""

import re
from typing import Any

from flows.terminal.help_words import speak_usage
from flows.terminal.language import Words, of_both
from flows.terminal.markup import Terminal, styled

FORMS: dict[str, Words] = {
    r"Got unexpected extra argument\(s\) \((.*)\)": ("多出的词：{}", "more words than the command takes: {}"),
    r"No such command '(.*?)'\..*": ("没有命令 {}", "there is no command {}"),
    r"No such option: (.*)": ("没有选项 {}", "there is no option {}"),
    r"Option '(.*)' does not take a value\.": ("选项 {} 不带值", "the option {} takes no value"),
    r"Option '(.*)' requires .*": ("选项 {} 须带值", "the option {} needs a value"),
    r"Missing command\.": ("请写命令", "write a command"),
}
"""What Typer says without naming a parameter, as patterns, and the words for it."""
MISSING: Words = ("缺少", "missing:")
OF_A_VALUE: dict[str, Words] = {
    r".*valid integer.*": ("须为整数", "write a whole number"),
    r".*valid (number|float).*": ("须为数字", "write a number"),
    r".*greater than or equal to (\S+).*": ("不得小于 {}", "at least {}"),
    r".*less than or equal to (\S+).*": ("不得大于 {}", "at most {}"),
    r"Path '(.*)' does not exist\.": ("{} 不存在", "there is no {}"),
    r"Input should be (.*)": ("须为 {}", "write {}"),
}
"""What Typer says of a value that cannot be used; our own words are in the language spoken already."""


def show(error: Any) -> None:
    """Print an error of usage on standard error."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return  # the help is drawn
    terminal, context = Terminal(stderr=True), getattr(error, "ctx", None)
    terminal.print(styled("[red]✗[/red] {}", _words(error)))
    if context is not None:
        speak_usage(context.command, context)
        usage = " ".join(context.command.collect_usage_pieces(context))
        terminal.print(f"  {of_both('写法', 'usage')}: {context.command_path} {usage}", soft_wrap=True)
        terminal.print(f"  {of_both('说明', 'help')}: {context.command_path} --help", soft_wrap=True)


def _words(error: Any) -> str:
    hint = error.param.get_error_hint() if getattr(error, "param", None) is not None else ""
    if type(error).__name__ == "MissingParameter":
        return f"{of_both(*MISSING)} {hint}"
    forms = OF_A_VALUE if hint else FORMS
    text = _worded(str(error.message), forms)
    if possible := getattr(error, "possibilities", None):
        text += of_both("；有 ", "; there are ") + ", ".join(sorted(possible))
    return f"{hint}: {text}" if hint else text


def _worded(message: str, forms: dict[str, Words]) -> str:
    for form, words in forms.items():
        if match := re.fullmatch(form, message, re.DOTALL):
            return of_both(*words).format(*(match.groups() or ("",)))
    return message
