"""Reads the words of the pages: ``shared.yml``, one file a page, ``routes.yml`` and the values of enumerations."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from service.wording.event_words import event_words
from service.wording.rendering import (
    ANSWERS,
    COMPUTED,
    CONFIDENCES,
    TRIALS,
    changes,
    code_words,
    read_texts,
    sectors,
)

Lang = Literal["zh", "en"]
Text = Mapping[str, str]
"""The same in both languages, by ``zh`` and ``en``."""
Word = Callable[[str, Lang], str]
FOLDER = Path(__file__).parent
SHARED = "shared"


@lru_cache
def texts(name: str) -> Mapping[str, Text]:
    """The texts of one file by key."""
    return read_texts(FOLDER / f"{name}.yml")


@lru_cache
def values() -> Mapping[str, Mapping[str, Text]]:
    """The words for the values of each enumeration; the rule book and the service have words of their own."""
    codes: dict[str, Iterable[str]] = {
        "outcome": ANSWERS,
        "computed": COMPUTED,
        "confidence": CONFIDENCES,
        "change": changes(),
        "trial_change": TRIALS,
    }
    worded = {group: {code: code_words(code) for code in known} for group, known in codes.items()}
    events = {group: event_words()[group] for group in ("event", "case_event")}
    return {**read_texts(FOLDER / "values.yml"), **events, **worded, "sector": sectors()}


def words_of(page: str) -> Word:
    """Looks words of a page up by key, those of every page included; an unknown key raises ``KeyError``."""
    known = {**texts(SHARED), **texts(page)}

    def word(key: str, lang: Lang) -> str:
        return known[key][lang]

    return word


def value_word(group: str, value: str | None, lang: Lang) -> str:
    """The word for a value of an enumeration such as ``outcome``; a value without a word as it is, none as –."""
    if not value:
        return "–"
    text = values()[group].get(value)
    return text[lang] if text else value


def lang_of(value: str | None) -> Lang:
    """The language of a parameter ``lang``: Chinese unless it is ``en``."""
    return "en" if value == "en" else "zh"
