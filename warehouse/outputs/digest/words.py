"""The words of a digest, ``words.yml``: its sections, and sentences over the columns of a frame."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from warehouse.definition import read_yaml

LANGS = ("zh", "en")
_NAME = re.compile(r"\{(\w+?)(_before)?\}")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The text of each name in both languages."""
    content, _ = read_yaml(Path(__file__).with_suffix(".yml"))
    return {name: text for name, text in content.items() if name != "sections"}


@cache
def section_names() -> Mapping[str, tuple[str, str]]:
    """The sections of a digest in their order, in both languages."""
    content, _ = read_yaml(Path(__file__).with_suffix(".yml"))
    return {name: (text["zh"], text["en"]) for name, text in content["sections"].items()}


def filled(name: str, lang: str) -> pl.Expr:
    """A text in a language with the columns of its names, as ``held_zh_before``; null where one is null."""
    template = words()[name][lang]
    columns = [f"{column}_{lang}{before}" for column, before in _NAME.findall(template)]
    return pl.format(_NAME.sub("{}", template), *columns) if columns else pl.lit(template)


def worded(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """A frame with ``zh`` and ``en``, the text of this name."""
    return frame.with_columns(filled(name, lang).alias(lang) for lang in LANGS)
