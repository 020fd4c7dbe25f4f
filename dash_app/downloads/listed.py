"""What a list is: who may take it, its rows by the address of its page, and its columns in both languages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang
from service.outputs import Column, Kind
from service.wording.rendering import Strict, Words, read_texts

Rows = Callable[[Any, Session], Iterable[Row]]
"""By the questions of a release, or those above the zones, and the address."""
Worded = list[tuple[str, str]]
Filtered = Callable[[Any, Session], Worded]
FOLDER = Path(__file__).parent
NO_FILTERS = ("lang", "sort", "page", "columns", "print")
"""What an address has beside its filters."""
CHOOSE_A_LIST = ("view", "part")
"""What of an address names the list, as its title does."""


class NotShown(Exception):
    """The list is not available in this scope; ``zh`` and ``en`` state why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh, self.en = zh, en


class Heading(Words):
    """A column of a list; ``means`` where the dictionary of columns has no entry of its name."""

    kind: Kind = "text"
    means: Words | None = None


class Described(Strict):
    """A list of a ``.yml`` file of this folder: its title, and its columns by name, ``{lang}`` for the language."""

    title: Words
    columns: Mapping[str, Heading]


@dataclass(frozen=True)
class ListFile:
    """A list that can be taken away.

    ``rows`` parses the address as the page does and answers within the scope of the release; ``filters`` states what
    the address filters, in words: (what, value).
    """

    roles: frozenset[str]
    page: str
    rows: Rows
    filters: Filtered


def text(key: str, lang: Lang) -> str:
    """A word of ``words.yml``."""
    return _words()[key][lang]


@lru_cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return read_texts(FOLDER / "words.yml")


@lru_cache
def described(page: str) -> Mapping[str, Described]:
    """The lists of one file of this folder by name."""
    return {name: Described.model_validate(text) for name, text in read_texts(FOLDER / f"{page}.yml").items()}


def columns_of(name: str, page: str, lang: Lang) -> list[Column]:
    """The columns of a list with the headings of a language."""
    columns = described(page)[name].columns
    return [Column(key.format(lang=lang), getattr(text, lang), text.kind) for key, text in columns.items()]


def in_percent(row: Row) -> dict[str, Any]:
    """A row whose shares of one are percentages."""
    return {
        name: None if value is None else value * 100 if "share" in name or name.endswith(("_low", "_high")) else value
        for name, value in row.items()
    }


def as_written(_: Any, session: Session) -> Worded:
    """The parameters of the address, values as written, for lists whose filters have no words of their own."""
    address, known = session.address, _words()
    return [
        (known[name][session.lang] if name in known else name, value)
        for name, value in address.items()
        if name not in (*NO_FILTERS, *CHOOSE_A_LIST)
    ]
