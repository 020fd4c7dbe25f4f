"""A build with every table and not one row, and how a test puts rows into it and asks the rules."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tiers import load_rulebook
from warehouse import reference
from warehouse.casebook.statements import write_statements
from warehouse.database import Connection, writing
from warehouse.home import Home
from warehouse.intake import load
from warehouse.intake.feed import load_feeds
from warehouse.models import building
from warehouse.quality.quarantine.decisions import apply_corrections
from warehouse.quality.thresholds import write_thresholds
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.converting import work_in_factors
from warehouse.rule_exchange import exchange

Rows = Sequence[Mapping[str, Any]]


def make(build: Path, home: Home) -> None:
    """Every table up to the facts, empty."""
    load.load(build, home, load_feeds(), [])
    reference.load_seeds(build)
    with writing(build) as con:
        write_statements(con, [])
        apply_corrections(con, load_feeds())
    building.set_parameters(
        build, day=date(2026, 6, 30), previous_day=date(2025, 6, 30), place="CN-3301", run_id="test"
    )
    exchange.write_reference(build, load_rulebook().tables())
    building.build_layer(build, "staging")
    with writing(build) as con:
        factors.write_decisions(con)
        work_in_factors(con)
    building.build_layer(build, "core")
    with writing(build) as con:
        write_thresholds(con)
        con.execute("delete from quarantine")


@contextmanager
def trial(build: Path) -> Iterator[Connection]:
    """A connection whose changes are undone."""
    with writing(build) as con:
        con.execute("begin")
        yield con
        con.execute("rollback")


def put(con: Connection, table: str, rows: Rows, feed: str, first_row: int = 1) -> None:
    """Rows of a staging or core table, each at a place of its own, ``times`` over; what is not told is null."""
    rows = [row for row in rows for _ in range(row.get("times", 1))]
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for number, row in enumerate(rows, first_row):
        place = {"delivery_id": "d", "sheet": "s", "row_no": number}
        _insert(con, table, {"seq": 1, **place, **row})
        if (
            table.startswith("stg_")
            and con.execute(f"select 1 from raw_{feed} where row_no = $1", [number]).fetchone() is None
        ):
            _insert(con, f"raw_{feed}", {**{k: str(v) for k, v in row.items() if v is not None}, **place})
    if con.execute("select 1 from deliveries").fetchone() is None:
        _insert(
            con,
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


def _insert(con: Connection, table: str, row: Mapping[str, Any]) -> None:
    known = {name for name, *_ in con.execute(f"describe {table}").fetchall()}
    own = {name: value for name, value in row.items() if name in known}
    names = ", ".join(f'"{name}"' for name in own)
    con.execute(
        f"insert into {table} ({names}) values ({', '.join(f'${n}' for n in range(1, len(own) + 1))})",
        list(own.values()),
    )
