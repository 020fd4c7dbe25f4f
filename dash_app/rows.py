"""Rows by column, as pages are given them."""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""The values of a row by column; pages change none."""
NewRow = dict[str, Any]
"""A row that a page makes."""
