"""Texts of messages in both languages, by the name of their file beside this module."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tiers.strict_yaml import load

Text = Mapping[str, str]
"""A text by language, ``zh`` and ``en``."""


def texts(file: str) -> Mapping[str, Text]:
    """The texts of a file by their names; raises ``StrictYamlError``."""
    return _content(file)


def grouped_texts(file: str) -> Mapping[str, Mapping[str, Text]]:
    """The texts of a file by group and name; raises ``StrictYamlError``."""
    return _content(file)


@cache
def _content(file: str) -> dict[str, Any]:
    return load(Path(__file__).with_name(f"{file}.yml")).content
