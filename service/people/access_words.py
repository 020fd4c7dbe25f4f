"""What the list of accesses keeps, in words: to what something was done, and the details of it."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from service.wording.rendering import read_texts

DIGITS = 12
"""Signs of a hash that are shown: enough to distinguish files."""
FOLDED = {"act": "act", "by": "method"}
"""The details whose values have words of their own, by group."""
Titles = Mapping[str, str]
"""The titles of lists by name, in the language that is asked for."""


def subject_words(entry: Mapping[str, Any], lang: str, titles: Titles | None = None) -> str:
    """The subject of an entry in words, by its ``thing`` and ``name``; an address, and what has no words, as it is."""
    thing, name = _word("subject", entry["thing"], lang), entry["name"]
    if thing is None:
        return str(entry["subject"])
    if name == "-":
        name = _texts()["subject"]["all"][lang]
    known = {"list": titles or {}}.get(entry["thing"], {})
    return f"{thing} {known.get(name) or _word('act', name, lang) or name}".strip()


def detail_words(content: Mapping[str, Any], lang: str, filters: Titles | None = None) -> str:
    """The details of an entry, each with its name; ``filters`` has the names of the filters of lists."""
    parts = [
        f"{_word('detail', name, lang) or name} {shown}"
        for name, value in content.items()
        if (shown := _shown(name, value, lang, filters or {}))
    ]
    return ("；" if lang == "zh" else "; ").join(parts)


def _shown(name: str, value: Any, lang: str, filters: Titles) -> str:
    if isinstance(value, Mapping):
        between = "、" if lang == "zh" else ", "
        return between.join(f"{filters.get(key, key)} {each}" for key, each in value.items())
    if name in FOLDED:
        codes = value if isinstance(value, list) else [value]  # older entries have one text
        return ", ".join(_word(FOLDED[name], code, lang) or str(code) for code in codes)
    if name == "format":
        return str(value).upper()
    return str(value)[:DIGITS] if name == "sha256" else "" if value is None else str(value)


def _word(group: str, value: str, lang: str) -> str | None:
    text = _texts()[group].get(value)
    return text[lang] if text else None


@lru_cache
def _texts() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return read_texts(Path(__file__).with_suffix(".yml"))
