"""A build with every table and not one row, and how a test puts rows into it and asks the rules."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from warehouse import recipe
from warehouse.database import Build
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
    for number, row in enumerate(rows, first_row):
        place = {"delivery_id": "d", "sheet": "s", "row_no": number}
        _insert(build, table, {"seq": 1, **place, **row})
        if (
            table.startswith("stg_")
            and build.execute(f"select 1 from raw_{feed} where row_no = $1", [number]).fetchone() is None
        ):
            _insert(build, f"raw_{feed}", {**{k: str(v) for k, v in row.items() if v is not None}, **place})
    if build.execute("select 1 from deliveries").fetchone() is None:
        _insert(
            build,
            "deliveries",
            {
                "delivery_id": "d",
                "feed": feed,
                "received_at": moment,
                "rows_read": len(rows),
                "rows_not_data": 0,
                "rows_doubtful": 0,
                "seq": 1,
            },
        )


def _insert(build: Build, table: str, row: Mapping[str, Any]) -> None:
    columns = build.columns(table)
    own = {name: value for name, value in row.items() if name in columns}
    names = ", ".join(f'"{name}"' for name in own)
    build.execute(
        f"insert into {table} ({names}) values ({', '.join(f'${n}' for n in range(1, len(own) + 1))})",
        list(own.values()),
    )
