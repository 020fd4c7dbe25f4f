"""Batches of checks for Great Expectations: checks that are alike are validated as one expectation that covers them.

An expectation costs the same however few rows there are, some 2 CPU milliseconds. Whether every cell was read, with
the decimals and the one reading that its type has, is a batch; so are all conditions in SQL, and all figures and
differences of two that may not be negative. Only where a batch fails are its checks asked apart.
"""

from dataclasses import dataclass

from warehouse.quality.checks import Check

COMBINED = {"source_values": "coalesce", "conditions": "least", "least_values": "least"}
"""Batches: the column of each, and the SQL function that combines the values of its checks to it."""
_SOURCE = ("unread_", "beyond_", "fine_", "unclear_")
_NOT_NEGATIVE = {"expect": "column_values_to_be_between", "options": {"min_value": 0}}
_NOT_LESS = {"expect": "column_pair_values_a_to_be_greater_than_b", "options": {"or_equal": True}}


@dataclass(frozen=True)
class Batch:
    """An expectation, the columns it needs (name to SQL over ``checked``), and the checks it covers."""

    expectation: Check
    columns: dict[str, str]
    checks: list[Check]


def batches(checks: list[Check]) -> list[Batch]:
    """The batches that cover all checks; a check like no other is a batch of its own."""
    alike: dict[str, list[tuple[Check, str]]] = {name: [] for name in COMBINED}
    alone = []
    for check in checks:
        name, sql = _value(check)
        if name in alike:
            alike[name].append((check, sql))
        else:
            alone.append(Batch(check, {column: f'"{column}"' for column in check.columns}, [check]))
    return [_combined(name, values) for name, values in alike.items() if values] + alone


def _value(check: Check) -> tuple[str, str]:
    """The batch of a check and its value there as SQL; empty for a check like no other."""
    column = check.columns[0]
    if column.startswith(_SOURCE):
        return "source_values", column
    if column.startswith("holds_"):
        return "conditions", column
    stated = {"expect": check.expect, "options": check.options}
    if stated == _NOT_LESS:
        return "least_values", " - ".join(f'"{name}"' for name in check.columns)
    return ("least_values", f'"{column}"') if stated == _NOT_NEGATIVE else ("", "")


def _combined(name: str, values: list[tuple[Check, str]]) -> Batch:
    """``coalesce`` of source values is null where all were read; ``least``, without nulls, passes where all do."""
    first = values[0][0]
    expected = {**_NOT_NEGATIVE} if name == "least_values" else {}
    expectation = first.model_copy(update={**expected, "columns": [name]})
    sql = f"{COMBINED[name]}({', '.join(value for _, value in values)})"
    return Batch(expectation, {name: sql}, [check for check, _ in values])
