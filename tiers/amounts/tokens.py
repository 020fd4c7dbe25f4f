"""An amount's text as tokens: figures, and words of ``words.yml`` with the kinds they may be of."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tiers.amounts.numerals import FIGURE
from tiers.amounts.vocabulary import vocabulary

FIGURE_KIND, OPEN, CLOSE, COMMA, UNKNOWN = "figure", "(", ")", ",", "unknown"
_SIGNS = {"(": OPEN, ")": CLOSE, "[": OPEN, "]": CLOSE, ",": COMMA, ";": COMMA}


_PLAIN = str.maketrans("\u2212\u2010\u2011\ufe63【】〔〕", "----()()")
_END = r"(?:(?![a-z])|(?=usd|rmb|cny|hkd|eur))"
"""The end of a word of letters; a code of a currency may follow it without a blank, as in 5mUSD."""


@dataclass(frozen=True)
class Token:
    """A part of a text: its kind, and the value of a currency, sign or scale."""

    kind: str
    text: str
    value: object = None


def normalised(text: str) -> str:
    """NFKC, small letters, one blank between words, one kind of minus."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", composed.translate(_PLAIN)).strip()


@lru_cache
def _word() -> re.Pattern[str]:
    """Any word, the longest first; a word of letters does not end within a longer one."""
    words = sorted(vocabulary().words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) + (_END if re.search("[a-z]$", word) else "") for word in words))


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a normalised text; what is no word is ``unknown``, a sign at a time."""
    position = 0
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        figure, word = FIGURE.match(text, position), _word().match(text, position)
        if figure and not (word and word.end() > figure.end()):
            yield Token(FIGURE_KIND, figure[0])
            position = figure.end()
        elif word:
            kind, value = vocabulary().words[word[0]]
            yield Token(kind, word[0], value)
            position = word.end()
        else:
            yield Token(_SIGNS.get(text[position], UNKNOWN), text[position])
            position += 1
