"""The macros of our SQL files and the Python functions that SQL may call beside them."""

import re
from importlib.resources import files

import duckdb

FILES = ("writings", "days", "macros", "percents", "shown")
"""In an order in which each uses only macros before it."""
NESTED = "days"
"""Its macros call one another several times and deep."""
_HEAD = re.compile(r"^create or replace macro (\w+\([^)]*\))", re.MULTILINE)


def create_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macros that models call; a build stores them, and is made by a single version of them."""
    from warehouse.database.macros import (
        money_function,
        name_patterns,  # Arrow and the gazetteer, which reading a release does without
    )

    name_patterns.register_nfkc(connection)
    money_function.register_amount(connection)
    if not _has_macros(connection):
        name_patterns.create_pattern_macros(connection)
        for name in FILES:
            connection.execute(_outermost_first(sql_of(name)) if name == NESTED else sql_of(name))


def _has_macros(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tested by a call, since reading the list of all functions takes far longer."""
    try:
        connection.execute("select power_of_ten(0)").fetchall()
    except duckdb.CatalogException:
        return False
    return True


def shown_sql() -> str:
    """The statements of the macros that word values and sentences, after those of the words they use."""
    from warehouse.database.macros.wording import wording_macros_sql  # YAML, which reading a release does without

    return f"{wording_macros_sql()}\n{_read('shown')}"


def sql_of(name: str) -> str:
    """The statements of a file of macros."""
    return shown_sql() if name == "shown" else _read(name)


def _read(name: str) -> str:
    return files("warehouse.database.macros").joinpath(f"{name}.sql").read_text("utf-8")


def _outermost_first(text: str) -> str:
    """The same macros in half the time: a macro is bound with all that it calls, which are placeholders yet."""
    placeholders = [f"create or replace macro {head} as null;\n" for head in _HEAD.findall(text)]
    macros = [f"{part};\n" for part in text.split(";\n") if _HEAD.search(part)]
    return "".join([*placeholders, *reversed(macros)])


def macro_sql(name: str) -> str:
    """The statement that creates a single macro of ``macros.sql``."""
    begin = f"create or replace macro {name}("  # the statement ends at the next line that ends in ;
    text = next(text for text in map(sql_of, FILES) if begin in text)
    return begin + text.partition(begin)[2].partition(";\n")[0]
