"""What a service keeps of releases for the next question: their answers never change within a scope."""

from typing import Any

from service.kept import Kept
from service.queries.mover_index import Index
from service.queries.mover_index_reading import MOST

SMALL = 256
"""Answers of a few rows each."""


class KeptAnswers:
    """Indexes of lists, as far as so many rows, and small answers; the key begins with the version of a desk."""

    def __init__(self) -> None:
        self.indexes = Kept[Index | None](MOST, lambda index: 0 if index is None else len(index))
        self.small = Kept[Any](SMALL)
