"""Codes and names of every row, hashed to numbers, so that all rows of a firm are selected by one join."""

from collections.abc import Iterable

from warehouse.database import Build
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
    for feed in feeds:
        if not build.has_rows(f"raw_{feed.name}"):
            continue
        values = [(column, key) for column, key in KEY_COLUMNS.items() if column in feed.columns]
        cores = [(column, f"'core ' || core_name({key})") for column, key in _NAMES.items() if column in feed.columns]
        for column, key in values + cores:
            build.execute(
                f"insert into load_key select distinct delivery_id, sheet, row_no, hash({key.format(column)})"  # noqa: S608
                f" from raw_{feed.name} where {column} is not null"
            )
