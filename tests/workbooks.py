"""Workbooks of incubators as tests read them."""

import io
from typing import Any

import openpyxl

from warehouse.release.releases import Published


def largest_incubator(published: Published) -> str:
    """The incubator with the most tenants."""
    (row,) = published.rows(
        "select incubator from core_firm__tenancies where is_current and incubator is not null"
        " group by 1 order by count(*) desc, 1 limit 1"
    )
    return str(row["incubator"])


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """The rows of each sheet, by its title."""
    return {sheet.title: [list(row) for row in sheet.values] for sheet in openpyxl.load_workbook(io.BytesIO(content))}
