"""Rows by column, as queries return them."""

from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
"""The values of a row by column."""
AnyRow = Mapping[str, Any]
"""A row that is only read."""
