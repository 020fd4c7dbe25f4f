"""The words of the pages: Chinese first, English complete."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from tiers.messages.wording import CONFIDENCES, OUTCOMES
from tiers.strict_yaml import load

Lang = Literal["zh", "en"]


@lru_cache
def _words() -> dict[str, dict[str, str]]:
    own: dict[str, dict[str, str]] = load(Path(__file__).parent / "words.yml").content
    shared = {"outcome": OUTCOMES, "confidence": CONFIDENCES}
    return own | {
        f"{group}_{value}": {"zh": wording.zh, "en": wording.en}
        for group, wordings in shared.items()
        for value, wording in wordings.items()
    }


def known() -> dict[str, dict[str, str]]:
    """All words by key."""
    return _words()


def lang_of(asked: str | None) -> Lang:
    """The language an address asks for; Chinese where it says nothing known."""
    return "en" if asked == "en" else "zh"


def word(key: str, lang: Lang) -> str:
    """One word; an unknown key is a mistake of ours and raises KeyError."""
    return _words()[key][lang]


def word_or_dash(group: str, value: str | None, lang: Lang) -> str:
    """The word of an enumerated value, such as an outcome; the value itself where it has no word."""
    if not value:
        return "–"
    entry = _words().get(f"{group}_{value}")
    return entry[lang] if entry else value
