"""What the text of a cell is, by the patterns of ``page_text.yml``: a firm's name, or page text and its kind."""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.definition import read_yaml

_LEGAL_FORMS = Path(__file__).parents[2] / "models" / "seeds" / "legal_forms.csv"
MARKS = "*\uff0a※△▲★☆"
"""Signs after a name that refer to a note."""
_REMARK_AT_END = r"\s*[(（][^()（）]*[)）]$"


@cache
def _content() -> dict[str, Any]:
    content, _ = read_yaml(Path(__file__).with_name("page_text.yml"))
    return content


def _any(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def _patterns(name: str) -> tuple[str, ...]:
    patterns = _content()[name]
    kinds = patterns.values() if isinstance(patterns, dict) else [patterns]
    return tuple(pattern for kind in kinds for pattern in kind)


def matches(text: pl.Expr, *names: str) -> pl.Expr:
    """Whether a text matches a pattern of these keys, of any kind; null where there is no text.

    Each pattern is matched alone: as one alternation they exceed what the regex engine keeps of its automaton, which
    made them eight times as slow.
    """
    return pl.any_horizontal(text.str.contains(pattern) for name in names for pattern in _patterns(name))


def kind_of(text: pl.Expr) -> pl.Expr:
    """The kind of a page text, in both languages; ``文字 text`` where no pattern matches."""
    kinds = [pair for name in ("footers", "sentences") for pair in _content()[name].items()]
    matches = [pl.when(text.str.contains(_any(patterns))).then(pl.lit(kind)) for kind, patterns in kinds]
    return pl.coalesce(*matches, pl.lit("文字 text"))


@cache
def _legal_forms() -> str:
    with _LEGAL_FORMS.open(encoding="utf-8") as file:
        forms = [row["legal_form"] for row in csv.DictReader(line for line in file if not line.startswith("#"))]
    return f"(?:{'|'.join(re.escape(form) for form in forms)})$"


def is_firm_name(text: pl.Expr) -> pl.Expr:
    """Whether a text ends as names of firms and institutions do, a remark in brackets left aside."""
    plain = (
        text.str.replace_all(r"[\s\u3000]", "")
        .str.strip_chars_end(MARKS)
        .str.replace_all("（", "(")
        .str.replace_all("）", ")")
    )
    is_firm = _ends_as_firm(plain) | _ends_as_firm(plain.str.replace(_REMARK_AT_END, ""))
    return is_firm & ~text.str.contains(r"\p{Han}\s*[:：]")


def _ends_as_firm(text: pl.Expr) -> pl.Expr:
    return text.str.contains(_legal_forms()) | matches(text, "firms")
