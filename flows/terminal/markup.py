"""What a person sees in a terminal: our own words may be styled, what comes from data is only ever text.

Only ``styled`` reads markup, and only in its template; data are values of the template.
Control characters are shown by their number, so that a name out of a file neither moves the cursor nor hides a line.
"""

import sys
import unicodedata
from functools import lru_cache
from string import Formatter
from typing import Any

from rich.console import Console
from rich.text import Text

SPACES = "\n\t"
HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
"""Unicode categories that are not drawn but act: controls, marks of direction, separators, halves of pairs."""


def plain(value: object) -> str:
    """A value as text, with what would act on the terminal shown by its number."""
    text = str(value)
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(sign: str) -> str:
    if sign in SPACES or unicodedata.category(sign) not in HIDDEN:
        return sign
    return f"\\u{ord(sign):04x}"


SLOT = "\ue000"
"""Stands for a value while the markup of our words is read; a sign for private use, in none of them."""


def styled(template: str, *values: object, **named: object) -> Text:
    """Our words with their markup, and data put in as text: ``styled("[bold]{}[/bold] {:,}", name, count)``."""
    slots = _Slots()
    markup = slots.vformat(template, values, named)
    shown = iter(slots.texts)
    return Text.assemble(*((next(shown) if text == SLOT else text, style) for text, style in _parts(markup)))


@lru_cache
def _parts(markup: str) -> list[tuple[str, str]]:
    """Pieces of our words, each with its style; a slot is a piece of its own."""
    words = Text.from_markup(markup, emoji=False)
    parts: list[tuple[str, str]] = []
    for place, sign in enumerate(words.plain):
        style = " ".join(str(span.style) for span in words.spans if span.start <= place < span.end)
        if parts and SLOT not in (sign, parts[-1][0]) and parts[-1][1] == style:
            parts[-1] = (parts[-1][0] + sign, style)
        else:
            parts.append((sign, style))
    return parts


class _Slots(Formatter):
    """A formatter that leaves a slot for every value and keeps the values, each in its format."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def format_field(self, value: Any, format_spec: str) -> str:
        self.texts.append(plain(format(value, format_spec)))
        return SLOT


class Terminal(Console):
    """A console for which every string is text."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, markup=False, emoji=False)

    def print(self, *objects: Any, **options: Any) -> None:
        """Print strings as they are, and what was ``styled`` with its style.

        ``soft_wrap`` keeps a line whole for a pipe or a log; a terminal is given lines broken between words.
        """
        if self.is_terminal:
            options.pop("soft_wrap", None)
        super().print(*(plain(text) if isinstance(text, str) else text for text in objects), **options)


def echo(text: str, err: bool = False) -> None:
    """One line of an answer, whatever its parts came from; a terminal is given it broken between words."""
    terminal = Terminal(stderr=err)
    if terminal.is_terminal:
        terminal.print(text)
    else:
        print(plain(text), file=sys.stderr if err else sys.stdout)


def with_sign(text: str, sign: str, colour: str) -> Text:
    """A line that begins with a coloured sign."""
    return Text.assemble((sign, colour), " ", plain(text))
