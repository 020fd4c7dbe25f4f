"""Patterns of file names: compared without case, and without the ending, since the content decides what a file is."""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from warehouse.definition import read_yaml

OTHER_DOCUMENTS = Path(__file__).with_name("other_documents.yml")
"""Words of documents about a title that are no list of its holders."""

_NO_WORD = re.compile(r"[*?]|\[.*", re.DOTALL)
_ENDING = re.compile(r"\.[a-z0-9]{1,8}$")


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name, or a name without its ending, fits one of the patterns."""
    return matching(name, patterns) is not None


def matching(name: str, patterns: Iterable[str]) -> str | None:
    """The first pattern that a name, or a name without its ending, fits."""
    text = _folded(name)
    stem = _ENDING.sub("", text)
    for pattern in patterns:
        folded = _folded(pattern)
        if _fits(text, folded) or _fits(stem, _ENDING.sub("", folded)):
            return pattern
    return None


def _fits(text: str, pattern: str) -> bool:
    """``fnmatchcase``; a pattern is compiled, which costs more than all else, only where its words are in the text."""
    return all(word in text for word in _NO_WORD.split(pattern)) and fnmatch.fnmatchcase(text, pattern)


def other_documents() -> list[str]:
    """The patterns of names that contain one of the words of ``OTHER_DOCUMENTS``."""
    content, _ = read_yaml(OTHER_DOCUMENTS)
    return [f"*{word}*" for words in content.values() for word in words]


def kernel(pattern: str) -> str:
    """The words of a pattern, without ending and signs: 登记信息 of ``登记信息_*.xlsx``."""
    return _ENDING.sub("", _folded(pattern)).strip("*_")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
