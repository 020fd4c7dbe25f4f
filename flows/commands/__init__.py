"""The commands of ``tidu``: one module a command, named as the command."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """A command without commands of its own, and whether calling it without arguments should show its help."""

    run: Callable[..., Any]
    needs_words: bool = False
