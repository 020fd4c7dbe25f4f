"""Codes and names of every row, hashed to numbers, so that all rows of a firm are selected by one join."""

from collections.abc import Iterable

from warehouse.database.build import Build
from warehouse.intake.feed import Feed

_NAMES = {
    "name": "name_norm({})",
    "former_name": "name_norm({})",
    "holders": "name_norm(unnest(regexp_split_to_array({}, '[;；、,，|]')))",
    "former_names": "name_norm(unnest(regexp_split_to_array({}, '[;；、,，|]')))",
}
KEY_COLUMNS = {
    "uscc": "clean_uscc({})",
    "stock_code": "'stock-' || clean_stock_code({}, null)",
    "certificate_no": "clean_code({})",
    **_NAMES,
    "short_name": "name_norm({})",
}
"""Columns of sources that identify a firm, each with SQL of its comparable form; names are keyed by their cores too."""


def write_keys(build: Build, feeds: Iterable[Feed]) -> None:
    """``load_key``: delivery_id, sheet, row_no, key of every row in the raw tables of this build."""
    build.execute("create or replace table load_key (delivery_id varchar, sheet varchar, row_no bigint, key ubigint)")
    columns = {f"raw_{feed.name}": feed.columns for feed in feeds}
    loaded = build.with_rows(list(columns))
    for column in KEY_COLUMNS:
        if tables := [table for table in loaded if column in columns[table]]:
            build.execute(_keys_of(tables, column))


def _keys_of(tables: Iterable[str], column: str) -> str:
    """SQL that inserts the keys of one column; each spelling is normalised once, as names recur in years and feeds."""
    distinct = "distinct" if "unnest" in KEY_COLUMNS[column] else ""  # else a row has a spelling, and that its keys
    core = "union all select spelling, hash('core ' || core_name(text)) from normal" if column in _NAMES else ""
    places = " union all ".join(
        f"select delivery_id, sheet, row_no, {column} as spelling from {table} where {column} is not null"  # noqa: S608
        for table in tables
    )
    return (
        f"insert into load_key with place as not materialized ({places}),"  # noqa: S608 - our own tables
        " spelling as (select distinct spelling from place),"
        f" normal as (select spelling, {KEY_COLUMNS[column].format('spelling')} as text from spelling),"
        f" keyed as (select spelling, hash(text) as key from normal {core})"
        f" select {distinct} delivery_id, sheet, row_no, key from place inner join keyed using (spelling)"
    )
