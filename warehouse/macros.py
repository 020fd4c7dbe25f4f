"""The macros of our SQL files and the Python functions that SQL may call beside them.

Words of ``tiers`` are functions of SQL, so that a text is worded the same in tables, in the terminal and on pages.
"""

from importlib.resources import files

import duckdb

FILES = ("writings", "days", "macros", "percents")


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that models call; a build stores them, and is made by a single version of them."""
    from warehouse import money_function, name_patterns  # Arrow and the gazetteer, which reading a release does without

    name_patterns.register_nfkc(connection)
    money_function.register_amount(connection)
    _register_gaps(connection)
    if not _has_macros(connection):
        name_patterns.create_pattern_macros(connection)
        connection.execute(macros_sql())


def _has_macros(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tested by a call, since reading the list of all functions takes far longer."""
    try:
        connection.execute("select power_of_ten(0)").fetchall()
    except duckdb.CatalogException:
        return False
    return True


def _register_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    """Register ``gap_zh(value, unit)`` and ``gap_en``; Python functions are not stored in database files."""
    from tiers.messages.verdict import show_gap  # and the vocabulary of facts, which most queries do without

    def gap_zh(value: float, unit: str) -> str:
        return show_gap(value, unit, "zh")

    def gap_en(value: float, unit: str) -> str:
        return show_gap(value, unit, "en")

    try:
        connection.execute("select gap_zh(0, '')").fetchall()
    except duckdb.CatalogException:
        for function in (gap_zh, gap_en):
            connection.create_function(function.__name__, function, ["DOUBLE", "VARCHAR"], "VARCHAR")


def macros_sql() -> str:
    """The statements of the files of macros, in an order in which each uses only macros before it."""
    room = files("warehouse")
    return "\n".join(room.joinpath(f"{name}.sql").read_text("utf-8") for name in FILES)
