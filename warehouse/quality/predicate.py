"""The rows on which an expectation fails, as SQL: Great Expectations reports only whether any row fails.

tests/warehouse/test_check.py compares both on generated data.
"""

from collections.abc import Callable
from typing import Any

from warehouse.errors import DefinitionError
from warehouse.quality.checks import Check

Predicate = tuple[str, list[Any]]


def failing(check: Check, options: dict[str, Any]) -> Predicate:
    """A condition that is true exactly on the rows that fail, with its parameters; a missing value passes."""
    if check.expect not in _KINDS:
        raise DefinitionError(f"{check.rule}: no predicate for expect_{check.expect}")
    return _KINDS[check.expect]([f'"{name}"' for name in check.columns], options)


def _outside(columns: list[str], options: dict[str, Any]) -> Predicate:
    below, above = options.get("min_value"), options.get("max_value")
    parts = [f"{columns[0]} {sign} ${number}" for number, sign in enumerate(_signs(below, above), 1)]
    return " or ".join(parts), [value for value in (below, above) if value is not None]


def _signs(below: Any, above: Any) -> list[str]:
    return [sign for sign, value in (("<", below), (">", above)) if value is not None]


def _not_above(columns: list[str], options: dict[str, Any]) -> Predicate:
    return f"{columns[0]} {'<' if options.get('or_equal') else '<='} {columns[1]}", []


_KINDS: dict[str, Callable[[list[str], dict[str, Any]], Predicate]] = {
    "column_values_to_be_in_set": lambda columns, options: (
        f"not list_contains($1, {columns[0]})",
        [options["value_set"]],
    ),
    "column_values_to_be_null": lambda columns, _: (f"{columns[0]} is not null", []),
    "column_values_to_not_be_null": lambda columns, _: (f"{columns[0]} is null", []),
    "column_values_to_match_regex": lambda columns, options: (
        f"not regexp_matches({columns[0]}, $1)",
        [options["regex"]],
    ),
    "column_values_to_be_between": _outside,
    "column_pair_values_to_be_equal": lambda columns, _: (f"{columns[0]} <> {columns[1]}", []),
    "column_pair_values_a_to_be_greater_than_b": _not_above,
}
