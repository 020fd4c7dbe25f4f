"""Whether two releases hold the same rows in every table: one hash a table, whatever the order of its rows.

python tests/bench/compared.py FIRST SECOND   prints the tables that differ; exit code 1 if any does
"""

import sys
from pathlib import Path

import duckdb

OF_THE_CLOCK = ("run_id", "started_at", "published_at", "received_at", "newest_received_at", "said_at", "said_on")
"""Columns that tell when a run was made or a file came: they differ between any two homes."""
OF_THE_CODE = ("definitions", "fingerprint", "tidu_version")
"""Columns that tell by what code a release was made."""


def differing(first: Path, second: Path) -> dict[str, str]:
    """The tables that differ, each with its number of rows in both releases, or with the one that lacks it."""
    before, after = _hashes(first), _hashes(second)
    return {
        table: f"{before.get(table)} {after.get(table)}"
        for table in sorted(before.keys() | after.keys())
        if before.get(table) != after.get(table)
    }


def _hashes(path: Path) -> dict[str, tuple[int, int]]:
    with duckdb.connect(str(path), read_only=True) as con:
        tables = [name for (name,) in con.execute("select table_name from information_schema.tables").fetchall()]
        return {table: _hash(con, table) for table in tables}


def _hash(con: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """The number of rows and the sum of their hashes, so that a row that is there twice counts twice."""
    names = sorted(name for name, *_ in con.execute(f'describe "{table}"').fetchall())
    kept = ", ".join(f'"{name}"' for name in names if name not in (*OF_THE_CLOCK, *OF_THE_CODE))
    row = con.execute(f'select count(*), coalesce(sum(hash(({kept},))::hugeint), 0) from "{table}"').fetchone()
    assert row is not None
    return row


if __name__ == "__main__":
    tables = differing(Path(sys.argv[1]), Path(sys.argv[2]))
    for name, hashes in tables.items():
        print(name, hashes)
    sys.exit(bool(tables))
