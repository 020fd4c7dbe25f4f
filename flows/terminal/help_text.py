"""Texts of a help in both languages: ``both(zh, en)`` for an option, the docstring of its function for a command.

The docstring has the English, the Chinese after ``中文：``, and an example in each line that begins with ``$``:

    Whose position changed, and the next step.

    中文：谁在变化，下一步做什么。

    $ tidu movers --change up

A default in words is Typer's ``show_default=both("今天", "today")``.
"""

from inspect import cleandoc

from flows.terminal.language import language, of_both

CHINESE = "\n\n中文："
"""What stands between the English and the Chinese of a text."""
EXAMPLE = "$ "


def both(zh: str, en: str) -> str:
    """A text in both languages, as the docstring of a command is written."""
    return f"{en}{CHINESE}{zh}"


def localized_text(text: str) -> str:
    """The text in the language of the terminal; one of codes alone is the same in both."""
    en, mark, zh = text.partition(CHINESE)
    return zh if mark and language() == "zh" else en


def examples(text: str) -> list[str]:
    """The examples of the help of a command, as they are typed."""
    return [line.removeprefix(EXAMPLE) for line in cleandoc(text).splitlines() if line.startswith(EXAMPLE)]


def localized_help(text: str) -> str:
    """The help of a command in the language of the terminal, its examples at the end."""
    prose, _, _ = cleandoc(text).partition(f"\n\n{EXAMPLE}")
    begin = of_both("例：", "Example: ")
    shown = "\n".join(f"{begin}{example}" for example in examples(text))
    return "\n\n".join(filter(None, (localized_text(prose.strip()), shown)))
