"""The words of paper in one language, and texts cut by rule."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from service.wording.rendering import read_texts


@cache
def words(lang: str) -> dict[str, str]:
    """Every word in one language."""
    return {name: texts[lang] for name, texts in read_texts(Path(__file__).with_name("words.yml")).items()}


def cut(text: object, signs: int) -> str:
    """A text of at most so many signs on one line; a longer one ends in …."""
    line = " ".join(str(text or "").split())
    return line if len(line) <= signs else f"{line[: signs - 1]}…"


def first(rows: Sequence[Any], most: int) -> tuple[list[Any], int]:
    """The first rows and how many more there are."""
    return list(rows[:most]), max(0, len(rows) - most)
