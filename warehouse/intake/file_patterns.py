"""Patterns of file names: compared without case, and without the ending, since the content decides what a file is."""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable

_ENDING = re.compile(r"\.[a-z0-9]{1,8}$")


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a name, or a name without its ending, fits one of the patterns."""
    text = _folded(name)
    stem = _ENDING.sub("", text)
    return any(
        fnmatch.fnmatchcase(text, pattern) or fnmatch.fnmatchcase(stem, _ENDING.sub("", pattern))
        for pattern in map(_folded, patterns)
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
