"""Whether two warehouses say the same, row for row."""

from pathlib import Path

from warehouse.database.build import Snapshot
from warehouse.models import graph

OF_THE_RUN = {"mart_run__summary"}
"""Tables with the time of a run, and so differ between any two."""
AGAINST_THE_LAST = frozenset({"mart_run__comparisons", "mart_run__gate", "mart_zone__ledger"})
"""Tables that compare a run with the release before it, which differ where that is another one."""
OF_THE_CLOCK = {"mart_run__freshness": "newest_received_at", "core_firm__vintages": "received_at"}
"""Columns with the time a file came, which differs where the same file was handed to two homes."""


def differing(first: Path, second: Path, besides: frozenset[str] = frozenset()) -> list[str]:
    """The tables, but for ``besides``, in which the two do not hold the same rows."""
    names = (
        {table for layer in ("core", "facts", "ladder", "movement", "marts") for table in graph.tables(layer)}
        - OF_THE_RUN
        - besides
    )
    names |= {
        "core_tiers__verdicts",
        "core_tiers__findings",
        "core_tiers__earlier",
        "core_tiers__earlier_margins",
        "core_tiers__missing",
        "quarantine",
        "accounts",
    }
    with Snapshot.open(first) as here, Snapshot.open(second) as there:
        names -= empty(here) & empty(there)
        return [name for name in sorted(names) if _rows(here, name) != _rows(there, name)]


def empty(con: Snapshot) -> set[str]:
    """The tables without a row, half of them: to plan a query of each takes longer than to ask for all at once."""
    return set(con.column("select table_name from duckdb_tables() where estimated_size = 0"))


def _rows(con: Snapshot, table: str) -> list[str]:
    left_out = f"exclude ({OF_THE_CLOCK[table]})" if table in OF_THE_CLOCK else ""
    return sorted(map(repr, con.execute(f"select * {left_out} from {table}").fetchall()))
