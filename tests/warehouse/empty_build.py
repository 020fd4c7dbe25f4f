"""A build with every table and not one row, and how a test puts rows into it and asks the rules."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from warehouse import recipe
from warehouse.database.build import Build
from warehouse.home import Home

Rows = Sequence[Mapping[str, Any]]


def make(path: Path, home: Home) -> None:
    """Every table up to the core, empty, and the thresholds of the checks."""
    parameters = recipe.Parameters(date(2026, 6, 30), date(2025, 6, 30), "CN-3301", "test")
    with Build.open(path) as build:
        recipe.load_rows(build, home, [])
        recipe.write_inputs(build, [], parameters)
        recipe.build_staging(build)
        recipe.preview_staging(build)
        recipe.build_core(build)
        build.execute("delete from quarantine")


class _Undone(Exception):
    pass


@contextmanager
def trial(build: Build) -> Iterator[Build]:
    """The build, whose changes are undone."""
    with suppress(_Undone), build.transaction():
        yield build
        raise _Undone


def put(build: Build, table: str, rows: Rows, feed: str, first_row: int = 1) -> None:
    """Rows of a staging or core table, each at a place of its own, ``times`` over; what is not given is null."""
    rows = [row for row in rows for _ in range(row.get("times", 1))]
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    placed = [
        {"delivery_id": "d", "sheet": "s", "row_no": number} for number in range(first_row, first_row + len(rows))
    ]
    _insert(build, table, [{"seq": 1, **place, **row} for place, row in zip(placed, rows, strict=True)])
    if table.startswith("stg_"):
        there = set(build.column(f"select row_no from raw_{feed}"))
        texts = [{name: str(value) for name, value in row.items() if value is not None} for row in rows]
        delivered = [{**text, **place} for place, text in zip(placed, texts, strict=True)]
        _insert(build, f"raw_{feed}", [row for row in delivered if row["row_no"] not in there])
    if build.execute("select 1 from deliveries").fetchone() is None:
        _insert(
            build,
            "deliveries",
            [
                {
                    "delivery_id": "d",
                    "feed": feed,
                    "received_at": moment,
                    "rows_read": len(rows),
                    "rows_not_data": 0,
                    "rows_doubtful": 0,
                    "seq": 1,
                }
            ],
        )


def _insert(build: Build, table: str, rows: Rows) -> None:
    """All rows by one statement: planning one takes far longer than a row."""
    names = [name for name in build.columns(table) if any(name in row for row in rows)]
    if not rows:
        return
    numbers = iter(range(1, 1 + len(rows) * len(names)))
    values = ", ".join(f"({', '.join(f'${next(numbers)}' for _ in names)})" for _ in rows)
    written = ", ".join(f'"{name}"' for name in names)
    build.execute(f"insert into {table} ({written}) values {values}", [row.get(name) for row in rows for name in names])
