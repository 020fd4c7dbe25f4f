"""The commands of ``tidu``, by what a person wants: refresh, look, take away, serve."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """One command and whether calling it without words should show its help."""

    run: Callable[..., Any]
    needs_words: bool = False
