"""Words of ``tiers`` as functions of SQL, so that a text is worded the same in tables, in the terminal and on pages."""

import duckdb

from tiers.messages.verdict import show_gap


def register_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    """Register ``gap_zh(value, unit)`` and ``gap_en``; Python functions are not stored in database files."""
    try:
        connection.execute("select gap_zh(0, '')").fetchall()
    except duckdb.CatalogException:
        connection.create_function("gap_zh", _gap_zh, ["DOUBLE", "VARCHAR"], "VARCHAR")
        connection.create_function("gap_en", _gap_en, ["DOUBLE", "VARCHAR"], "VARCHAR")


def _gap_zh(value: float, unit: str) -> str:
    return show_gap(value, unit, "zh")


def _gap_en(value: float, unit: str) -> str:
    return show_gap(value, unit, "en")
