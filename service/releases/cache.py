"""What a service keeps of releases for the next question: their answers never change within a scope."""

from typing import Any

from service.queries.movers.mover_index import Index
from service.queries.movers.mover_index_loader import MOST
from service.queries.release.cache import Cache

SMALL = 1024
"""Answers of a few rows each."""
LEAST = 1_000
"""What an index weighs at least, in rows: also one of a scope without firms takes memory."""


class AnswerCache:
    """Indexes of lists, as far as so many rows, and small answers; the key begins with the version of a desk.

    The zones of an installation share them: the bound is of the process.
    """

    def __init__(self) -> None:
        self.indexes = Cache[Index | None](MOST, lambda index: LEAST if index is None else max(LEAST, len(index)))
        self.small = Cache[Any](SMALL)
