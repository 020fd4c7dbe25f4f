"""A condition or group of an edition as columns."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Part:
    """The answer, the number of the deciding condition, what remains to be met, and when time alone meets it.

    ``remaining`` is as in ``remaining.py``, ``opens`` as in ``opening.py``; None where no condition waits for a day.
    """

    answer: pl.Expr
    deciding: pl.Expr
    remaining: pl.Expr
    opens: pl.Expr | None = None
    has_route: bool = False  # contains a named route, which decides once the group is met
    may_close: bool = False  # contains a condition that closes when it fails
    locked: frozenset[int] = frozenset()  # the conditions that the firm cannot act on, by number
