"""What the text of a cell is, by the patterns of ``page_text.yml``: a firm's name, or page text and its kind."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from tiers.csv_file import read_csv
from warehouse.definition import read_yaml

_LEGAL_FORMS = Path(__file__).parents[2] / "models" / "seeds" / "legal_forms.csv"
MARKS = "*\uff0a※△▲★☆"
"""Signs after a name that refer to a note."""
KINDS = ("footers", "sentences")
"""Keys whose patterns are of kinds, each with its words."""
_EACH = ("firms",)
"""Keys whose patterns are matched alone: those that are bound to the end of a text only."""
_REMARK_AT_END = r"\s*[(（][^()（）]*[)）]$"


@cache
def _content() -> dict[str, Any]:
    content, _ = read_yaml(Path(__file__).with_name("page_text.yml"))
    return content


def _any(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def _patterns(name: str) -> tuple[str, ...]:
    """The patterns of a key, all in one where that is as fast: Polars keeps 32 compiled ones for each thread."""
    patterns = _content()[name]
    each = tuple(pattern for kind in patterns for pattern in kind["patterns"]) if name in KINDS else tuple(patterns)
    return each if name in _EACH else (_any(list(each)),)


def matches(text: pl.Expr, *names: str) -> pl.Expr:
    """Whether a text matches a pattern of these keys, of any kind; null where there is no text.

    The keys are not joined: all their patterns together exceed what the regex engine keeps of its automaton, which made
    them eight times as slow.
    """
    return pl.any_horizontal(text.str.contains(pattern) for name in names for pattern in _patterns(name))


@lru_cache(maxsize=2000)
def column_matches(column: str, *names: str) -> pl.Expr:
    """``matches`` of a column; the columns of grids have few names, and writing the expression costs more than most."""
    return matches(pl.col(column), *names)


@cache
def kinds() -> dict[str, tuple[str, str]]:
    """The words of every kind of page text, Chinese and English, by what is shown in place of a text of it."""
    content = _content()
    known = [*(kind for name in KINDS for kind in content[name]), content["numbering"], content["other"]]
    return {_shown(kind): (kind["zh"], kind["en"]) for kind in known}


def _shown(kind: Mapping[str, Any]) -> str:
    return f"{kind['zh']} {kind['en']}"


def numbering() -> str:
    """The kind of a row that numbers the columns."""
    return _shown(_content()["numbering"])


def kind_of(text: pl.Expr) -> pl.Expr:
    """The kind of a page text, one of ``kinds``; that of any other text where no pattern matches."""
    return text.map_batches(_kinds_of, return_dtype=pl.String, is_elementwise=True)


def _kinds_of(texts: pl.Series) -> pl.Series:
    """Kind by kind until each text has one: few texts, and patterns take longer to compile than to match."""
    kinds: dict[str, str] = {}
    others = texts.drop_nulls().unique()
    for kind in (kind for name in KINDS for kind in _content()[name]):
        if others.is_empty():
            break
        is_of_kind = others.str.contains(_any(kind["patterns"]))
        kinds |= dict.fromkeys(others.filter(is_of_kind), _shown(kind))
        others = others.filter(~is_of_kind)
    return texts.replace_strict(kinds, default=_shown(_content()["other"]), return_dtype=pl.String)


@cache
def _legal_forms() -> str:
    forms = [row["legal_form"] for row in read_csv(_LEGAL_FORMS)]
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


def are_firm_names(texts: pl.Series) -> pl.Series:
    """``is_firm_name`` of a column, false where it is empty; most names end in a legal form as they are written."""
    frame = texts.alias("text").to_frame()
    text = pl.col("text")
    is_plain = text.str.contains(_legal_forms()) & ~text.str.contains("[:：]")
    frame = frame.with_columns(is_firm=is_plain.fill_null(False)).with_row_index("at")
    others = frame.filter(~pl.col("is_firm")).select("at", is_firm=is_firm_name(text).fill_null(False))
    return frame["is_firm"].scatter(others["at"], others["is_firm"]) if others.height else frame["is_firm"]


def _ends_as_firm(text: pl.Expr) -> pl.Expr:
    return text.str.contains(_legal_forms()) | matches(text, "firms")
