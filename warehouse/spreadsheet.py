"""What a cell must not be when a person opens our CSV in a spreadsheet: a formula."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(value: Any) -> Any:
    """The value, with an apostrophe before a text that a spreadsheet would run; numbers stay numbers.

    OWASP, CSV injection.
    """
    if isinstance(value, str) and value.lstrip(" \u3000").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
