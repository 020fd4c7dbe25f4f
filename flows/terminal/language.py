"""the language of the terminal: that of ``--lang``, else of ``TIDU_LANG``, else of the locale.

Chinese unless English is asked for. Our words are written in both, as a pair with the Chinese first.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Lang = Literal["zh", "en"]
Words = tuple[str, str]
"""Chinese and English."""
VARIABLE = "TIDU_LANG"
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set names the locale, as for other programs."""

_asked: list[Lang | None] = [None]


def set_language(lang: Lang | None) -> None:
    """Set the language of the terminal; None for that of the environment."""
    _asked[0] = lang


def language() -> Lang:
    """The language of the terminal now."""
    return _asked[0] or of_the_environment()


def of_the_environment() -> Lang:
    """English where the variable or the locale begins with it, such as en_US.UTF-8; else Chinese."""
    written = os.environ.get(VARIABLE) or next(filter(None, map(os.environ.get, LOCALES)), "")
    return "en" if written.lower().startswith("en") else "zh"


def of_both(zh: str, en: str) -> str:
    """The one of two texts that is in the language of the terminal."""
    return zh if language() == "zh" else en


def text_of(row: Mapping[str, Any], name: str = "") -> str:
    """The text of a row in the language of the terminal: of ``name`` that in ``name_zh`` or ``name_en``."""
    return str(row[f"{name}_{language()}" if name else language()] or "")


def counterpart(column: str) -> str | None:
    """The column with the same text in the other language: of ``reason_zh`` ``reason_en``; None for other columns."""
    for own, other in (("zh", "en"), ("en", "zh")):
        if column == own or column.endswith(f"_{own}"):
            return column.removesuffix(own) + other
    return None


def is_of_language(column: str) -> bool:
    """Whether the text of a column is in the language of the terminal, of those that have a counterpart."""
    return column.endswith(language())


def localized_column(column: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The column with the text in the language of the terminal, where every row has it; else the column itself."""
    other = counterpart(column)
    if other is None or is_of_language(column):
        return column
    return other if all(other in row for row in rows) else column
