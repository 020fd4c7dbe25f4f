"""Comparison of two releases: a hash per table, independent of the order of rows.

python tests/bench/compared.py FIRST SECOND   prints the tables that differ; exit code 1 if any does
"""

import sys
from pathlib import Path

import duckdb

CLOCK_COLUMNS = ("run_id", "started_at", "published_at", "received_at", "newest_received_at", "stated_at", "stated_on")
"""Columns with times of runs and deliveries, which differ between any two homes."""
CODE_COLUMNS = ("definitions", "fingerprint", "tidu_version")
"""Columns that identify the code that made a release."""


def differing(first: Path, second: Path) -> dict[str, str]:
    """The tables that differ, with number of rows and hash in both releases, None where missing."""
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
    """The number of rows and the sum of their hashes, which counts duplicates."""
    names = sorted(name for name, *_ in con.execute(f'describe "{table}"').fetchall())
    kept = ", ".join(f'"{name}"' for name in names if name not in (*CLOCK_COLUMNS, *CODE_COLUMNS))
    row = con.execute(f'select count(*), coalesce(sum(hash(({kept},))::hugeint), 0) from "{table}"').fetchone()
    assert row is not None
    return row


if __name__ == "__main__":
    tables = differing(Path(sys.argv[1]), Path(sys.argv[2]))
    for name, hashes in tables.items():
        print(name, hashes)
    sys.exit(bool(tables))
