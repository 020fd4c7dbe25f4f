"""What Great Expectations is asked of a table: checks that are alike at once, as one expectation that covers them.

An expectation costs the same however few rows there are. That every cell was read, and all that checks say in SQL, is
each one question on a table; only where it fails is each of its checks asked for its rows.
"""

from dataclasses import dataclass

from warehouse.quality.checks import Check

TOGETHER = {"unread_": "coalesce", "beyond_": "coalesce", "holds_": "least"}
"""Columns of checks that are asked at once, by the beginning of their names, with what makes one column of them."""


@dataclass(frozen=True)
class Question:
    """One expectation, the columns it needs (name and SQL over ``checked``), and the checks it fails with."""

    asked: Check
    columns: dict[str, str]
    checks: list[Check]


def questions(checks: list[Check]) -> list[Question]:
    """The questions that cover all checks."""
    merged = []
    left = checks
    for begin, one_of in TOGETHER.items():
        alike = [check for check in left if check.columns[0].startswith(begin)]
        left = [check for check in left if check not in alike]
        if alike:
            merged.append(_at_once(alike, f"{begin}all", one_of))
    return merged + [Question(check, {name: f'"{name}"' for name in check.columns}, [check]) for check in left]


def _at_once(alike: list[Check], name: str, one_of: str) -> Question:
    """``coalesce`` of what was not read is null where all was read; ``least`` of what holds is 1 where all does."""
    sql = f"{one_of}({', '.join(check.columns[0] for check in alike)})"
    return Question(alike[0].model_copy(update={"columns": [name]}), {name: sql}, alike)
