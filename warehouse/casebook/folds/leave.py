"""Leave of an officer: periods, each with the deputy who acts meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from warehouse.casebook.events import Event
from warehouse.casebook.folds.changes import fold_table
from warehouse.rows import Row

PREFIX = "leave:"
TAKEN, ENDED = "leave.taken", "leave.ended"

TABLE = fold_table(
    "leave",
    sa.Column("officer", sa.Text, nullable=False),
    sa.Column("periods", sa.JSON, nullable=False),
)


def fold(events: Sequence[Event]) -> Row | None:
    """The officer's periods of leave: seq of the event that began it, first_on, last_on, deputy."""
    periods: list[Row] = []
    for event in events:
        if event.kind == TAKEN:
            days = {name: event.content[name] for name in ("first_on", "last_on", "deputy")}
            periods.append({"seq": event.seq, **days})
        else:
            periods = [_shortened(period, event) for period in periods]
    return {"officer": events[0].content["officer"], "periods": periods} if events else None


def _shortened(period: Row, event: Event) -> Row:
    return {**period, "last_on": event.content["last_on"]} if period["seq"] == event.content["taken"] else period


def acting(assignment: Mapping[str, str | None], leaves: Iterable[Row], day: date) -> str | None:
    """Who works on a firm on a day: the owner, on leave the deputy of the leave, then that of the firm.

    None where the owner and both deputies are on leave.
    """
    away = {row["officer"]: period["deputy"] for row in leaves if (period := _period_on(row, day))}
    owner, deputy = assignment["owner"], assignment["deputy"]
    in_line = (owner, away.get(owner), deputy)
    return next((officer for officer in in_line if officer and officer not in away), None)


def _period_on(row: Row, day: date) -> Row | None:
    """The period that holds on a day; of two, the one stated last."""
    on = day.isoformat()
    return next((period for period in reversed(row["periods"]) if period["first_on"] <= on <= period["last_on"]), None)
