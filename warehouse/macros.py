"""The macros of our SQL files and the Python functions that SQL may call beside them."""

from importlib.resources import files

import duckdb

FILES = ("writings", "days", "macros", "percents", "shown")


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that models call; a build stores them, and is made by a single version of them."""
    from warehouse import money_function, name_patterns  # Arrow and the gazetteer, which reading a release does without

    name_patterns.register_nfkc(connection)
    money_function.register_amount(connection)
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


def macros_sql() -> str:
    """The statements of the files of macros, in an order in which each uses only macros before it."""
    room = files("warehouse")
    return "\n".join(room.joinpath(f"{name}.sql").read_text("utf-8") for name in FILES)


def macro_sql(name: str) -> str:
    """The statement that creates a single macro of ``macros.sql``."""
    begin = f"create or replace macro {name}("  # the statement ends at the next line that ends in ;
    return begin + macros_sql().partition(begin)[2].partition(";\n")[0]
