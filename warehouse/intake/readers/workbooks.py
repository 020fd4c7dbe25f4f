"""Workbooks of every kind as sheets."""

from collections.abc import Callable
from pathlib import Path

from warehouse.intake.readers.grid import Grid
from warehouse.intake.readers.open_document import read_ods
from warehouse.intake.readers.spreadsheet_xml import read_spreadsheet_xml
from warehouse.intake.readers.web_table import read_html
from warehouse.intake.readers.workbook import read_xlsx

_READERS: dict[str, Callable[[Path, str], list[Grid]]] = {
    "xlsx": read_xlsx,
    "ods": read_ods,
    "html": read_html,
    "xml": read_spreadsheet_xml,
}


def read_workbook(kind: str, path: Path, name: str) -> list[Grid]:
    """The sheets of a workbook of a kind of ``kind_of_file``; raises ``BadInput`` where it cannot be read."""
    if kind == "xls":
        from warehouse.intake.readers.old_workbook import read_xls  # its libraries are seldom needed

        return read_xls(path, name)
    return _READERS[kind](path, name)
