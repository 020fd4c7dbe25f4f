"""Cases as known by a run: the rows of their folds, from the events up to its sequence, as tables for the models."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from warehouse.casebook.events import Event
from warehouse.database.build import Build
from warehouse.rows import Row

if TYPE_CHECKING:
    import polars as pl

TABLES: Mapping[str, Mapping[str, str]] = {
    "case_application": {
        "firm_id": "String", "number": "String", "designation": "String", "state": "String", "filed_on": "Date",
    },
    "case_contest": {
        "firm_id": "String", "number": "String", "fact": "String", "claimed": "String", "raised_on": "Date",
        "due_on": "Date",
    },
    "case_owner": {"firm_id": "String", "owner": "String", "deputy": "String", "acting": "String"},
    "case_member": {
        "firm_id": "String", "designation": "String", "state": "String", "phase": "String", "entries": "Int64",
        "entered_on": "Date", "left_on": "Date", "due_step": "String", "due_on": "Date",
    },
    "case_service": {
        "firm_id": "String", "first_seq": "Int64", "service": "String", "given_on": "Date", "designation": "String",
        "condition_id": "String", "outcome": "String", "outcome_on": "Date",
    },
}  # fmt: skip
"""The tables, with the types of their columns: filed applications, contests that are open, owners on a day, who is or
was in the pool, and services given."""


def write_cases(build: Build, events: Iterable[Event], day: date) -> None:
    """Write the tables, from events in their order; who acts for a firm is that of the day."""
    from warehouse.casebook.folds import application, assignment, contest, leave, membership, service

    folded = _rows(events)
    leaves = folded[leave.PREFIX]
    rows: dict[str, list[Row]] = {
        "case_application": [row for row in folded[application.PREFIX] if row["filed_on"]],
        "case_contest": [row for row in folded[contest.PREFIX] if row["state"] == "open"],
        "case_owner": [{**row, "acting": leave.acting(row, leaves, day)} for row in folded[assignment.PREFIX]],
        "case_member": folded[membership.PREFIX],
        "case_service": folded[service.PREFIX],
    }
    for table, columns in TABLES.items():
        build.put(table, _frame(rows[table], columns))


def _rows(events: Iterable[Event]) -> dict[str, list[Row]]:
    """The folded rows by the prefix of their streams, in the order of their streams.

    Each with its number, the seq of its first event, and the phase that its newest event states, if any.
    """
    from warehouse.casebook.events import in_force
    from warehouse.casebook.folds import fold_of

    streams: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        streams[event.stream].append(event)
    folded: dict[str, list[Row]] = defaultdict(list)
    for stream, own in sorted(streams.items()):
        fold = fold_of(stream)
        kept = in_force(own) if fold else []
        row = fold.fold(kept) if fold else None
        if fold and row is not None:
            about = {"number": stream.removeprefix(fold.PREFIX), "first_seq": kept[0].seq}
            folded[fold.PREFIX].append({**about, "phase": kept[-1].content.get("phase"), **row})
    return folded


def _frame(rows: Iterable[Row], columns: Mapping[str, str]) -> "pl.DataFrame":
    import polars as pl

    texts = [{name: None if row[name] is None else str(row[name]) for name in columns} for row in rows]
    frame = pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(
        pl.col(name).str.to_date() if kind == "Date" else pl.col(name).cast(getattr(pl, kind))
        for name, kind in columns.items()
    )
