"""Batches of checks for Great Expectations: checks that are alike are validated as one expectation that covers them.

An expectation costs the same however few rows there are. Whether every cell was read, with the decimals and the one
reading that its type has, is a batch, and so are all conditions in SQL; only where a batch fails are its checks asked
apart.
"""

from dataclasses import dataclass

from warehouse.quality.checks import Check

COMBINED = {
    "source_values": (("unread_", "beyond_", "fine_", "unclear_"), "coalesce"),
    "conditions": (("holds_",), "least"),
}
"""Batches: the prefixes of the columns of their checks, and the SQL function that combines these columns."""


@dataclass(frozen=True)
class Batch:
    """An expectation, the columns it needs (name to SQL over ``checked``), and the checks it covers."""

    expectation: Check
    columns: dict[str, str]
    checks: list[Check]


def batches(checks: list[Check]) -> list[Batch]:
    """The batches that cover all checks; a check like no other is a batch of its own."""
    combined = []
    remaining = checks
    for name, (prefixes, function) in COMBINED.items():
        alike = [check for check in remaining if check.columns[0].startswith(prefixes)]
        remaining = [check for check in remaining if not check.columns[0].startswith(prefixes)]
        if alike:
            combined.append(_combined(alike, name, function))
    return combined + [Batch(check, {name: f'"{name}"' for name in check.columns}, [check]) for check in remaining]


def _combined(alike: list[Check], name: str, function: str) -> Batch:
    """``coalesce`` of source values is null where all were read; ``least`` of conditions is 1 where all hold."""
    sql = f"{function}({', '.join(check.columns[0] for check in alike)})"
    return Batch(alike[0].model_copy(update={"columns": [name]}), {name: sql}, alike)
