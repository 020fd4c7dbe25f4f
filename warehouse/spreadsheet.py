"""Neutralising of formulas in CSV files that are opened in a spreadsheet (OWASP, CSV injection)."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(value: Any) -> Any:
    """The value, with an apostrophe before a text that a spreadsheet would evaluate; numbers are unchanged."""
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
