"""The words of amounts, read from ``words.yml``."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from tiers.yaml_file import YamlFile

KINDS = (
    "yuan",
    "jiao",
    "fen",
    "closing",
    "lower",
    "upper",
    "about",
    "lower_after",
    "upper_after",
    "grade",
    "ranges",
    "between",
    "between_after",
    "label",
)


@dataclass(frozen=True)
class Vocabulary:
    """``words`` gives the kind of each word and the value of a scale, sign or currency; ``rates`` are yuan per unit."""

    words: dict[str, tuple[str, object]]
    undisclosed: frozenset[str]
    rates: dict[str, tuple[Fraction, Fraction]]


@lru_cache
def vocabulary() -> Vocabulary:
    """The words of ``words.yml``."""
    content = YamlFile(Path(__file__).with_name("words.yml")).content
    words: dict[str, tuple[str, object]] = {}

    def add(written: list[str], kind: str, value: object = None) -> None:
        for word in written:
            words[word] = (kind, value)

    rates = {}
    for code, currency in content["currencies"].items():
        add(currency["words"], "currency", code)
        if "least" in currency:
            rates[code] = (Fraction(str(currency["least"])), Fraction(str(currency["most"])))
    for sign, code in content["signs"].items():
        add([sign], "sign", code)
    for size, scales in content["scales"].items():
        add(scales, "scale", int(size))
    for kind in KINDS:
        add(content[kind], kind)
    return Vocabulary(words, frozenset(content["undisclosed"]), rates)
