"""What the terminal shows of wrong usage: what is wrong, how the command is written, where its help is."""

from typing import Any

from flows.terminal.help_words import ARGUMENT, PATHS, argument_name, localize_usage
from flows.terminal.language import Words, of_both
from flows.terminal.markup import Terminal, styled

MISSING: Words = ("缺少", "missing:")
NO_OPTION: Words = ("没有选项 {}", "there is no option {}")
POSSIBLE: Words = ("；相近的有 ", "; similar: ")
WITHOUT_VALUE: Words = ("选项 {} 不带值", "the option {} takes no value")
WITH_VALUE: Words = ("选项 {} 须带值", "the option {} needs a value")
WRITE_A_COMMAND: Words = ("请写命令", "write a command")
CHOICES: Words = ("须为 {}", "write {}")
OF_A_PATH: Words = ("须为已有、可读的{}", "write a {} that exists and can be read")
PATH: Words = ("路径", "path")
OF_A_VALUE: dict[str, Words] = {
    "int_parsing": ("须为整数", "write a whole number"),
    "float_parsing": ("须为数字", "write a number"),
    "greater_than_equal": ("不得小于 {ge}", "at least {ge}"),
    "less_than_equal": ("不得大于 {le}", "at most {le}"),
}
"""What is wrong with a value, by the type of the error that Pydantic reports."""


def show(error: Any) -> None:
    """Print an error of usage on standard error."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return  # the help is drawn
    terminal, context = Terminal(stderr=True), getattr(error, "ctx", None)
    terminal.print(styled("[red]✗[/red] {}", _words(error)))
    if context is not None:
        localize_usage(context.command, context)
        usage = " ".join(context.command.collect_usage_pieces(context))
        terminal.print(f"  {of_both('写法', 'usage')}: {context.command_path} {usage}", soft_wrap=True)
        terminal.print(f"  {of_both('说明', 'help')}: {context.command_path} --help", soft_wrap=True)


def _words(error: Any) -> str:
    """By the class of the error: Typer keeps its classes of click private, so they are known by their names."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    hint = _hint(parameter) if parameter is not None else ""
    if kind == "MissingParameter":
        return f"{of_both(*MISSING)} {hint}"
    if kind == "NoSuchOption":
        near = sorted(error.possibilities or ())
        return of_both(*NO_OPTION).format(error.option_name) + (of_both(*POSSIBLE) + ", ".join(near) if near else "")
    if kind == "BadOptionUsage":
        return of_both(*(WITHOUT_VALUE if _is_flag(error) else WITH_VALUE)).format(error.option_name)
    if kind == "UsageError":
        return of_both(*WRITE_A_COMMAND)  # all others that Typer raises without a class are in ``localized_commands``
    return f"{hint}: {_of_a_value(error, parameter)}" if hint else str(error.message)


def _hint(parameter: Any) -> str:
    is_argument = parameter.param_type_name == ARGUMENT
    return f"'{argument_name(parameter)}'" if is_argument else str(parameter.get_error_hint())


def _is_flag(error: Any) -> bool:
    options = error.ctx.command.get_params(error.ctx) if error.ctx is not None else ()
    return any(getattr(option, "is_flag", False) for option in options if error.option_name in option.opts)


def _of_a_value(error: Any, parameter: Any) -> str:
    """What is wrong with the value of a parameter, in the language of the terminal, as our own parsers write it."""
    described, cause = parameter.type_descriptor, error.__cause__
    if described.is_choice:
        choices = (str(getattr(choice, "value", choice)) for choice in described.choices)
        return of_both(*CHOICES).format(" · ".join(choices))
    if described.is_path:
        return of_both(*OF_A_PATH).format(of_both(*PATHS.get(described.path_type, PATH)))
    reported = cause.errors()[0] if hasattr(cause, "errors") else {}
    if words := OF_A_VALUE.get(reported.get("type", "")):
        return of_both(*words).format(**reported.get("ctx", {}))
    return str(error.message)
