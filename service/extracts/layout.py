"""The sheets of the workbook: titles, columns and words, read from ``sheets.yml``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from service.wording.rendering import with_words
from warehouse.definition import Strict, read_yaml, validated
from warehouse.spreadsheets.workbook import Column, Kind

TYPES: Mapping[str, str] = {
    "text": "string", "long": "string", "code": "string", "count": "integer", "number": "number", "money": "number",
    "percent": "number", "day": "date",
}  # fmt: skip
"""The type of a column for programs, by its kind."""


class Words(Strict):
    """A text in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The text in a language."""
        return str(getattr(self, lang))


class Heading(Words):
    """A column; ``unit`` where its values have one, ``means`` what they mean."""

    kind: Kind = "text"
    unit: Words | None = None
    means: Words


class SheetOf(Words):
    """A sheet: its title, what is in it, and its columns by name, ``{lang}`` for the language."""

    description: Words
    columns: Mapping[str, Heading]

    def columns_in(self, lang: str) -> list[Column]:
        """The columns as a workbook has them."""
        return [Column(name.format(lang=lang), text.of(lang), text.kind) for name, text in self.columns.items()]


class Layout(Strict):
    """The content of ``sheets.yml``."""

    words: Mapping[str, Words]
    sheets: Mapping[str, SheetOf]

    def word(self, key: str, lang: str) -> str:
        """Text of ``words`` in a language."""
        return self.words[key].of(lang)


@cache
def layout() -> Layout:
    """The sheets in their order; raises ``DefinitionError`` with file and line."""
    path = Path(__file__).with_name("sheets.yml")
    content, lines = read_yaml(path)
    return validated(Layout, with_words(content), path, lines)
