"""The answer sheet of a firm: which facts it contested, what was decided and why, and which run counts it."""

from datetime import date
from typing import Any

from service.queries.case_lists import Wanted, listed
from service.queries.cells import figure_of
from tiers.schema.facts import label
from warehouse.casebook.book import Book
from warehouse.casebook.folds import contest
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT, address
from warehouse.release.releases import Published

Row = dict[str, Any]


def sheet(home: Home, firm: str, today: date) -> Row:
    """Every contest of a firm with its fact in words, its source, the decision, and whether the release counts it.

    Names nobody: who decided is in the casebook. Raises ``BadInput`` where the firm contested nothing.
    """
    rows = listed(home, "contest", today, Wanted(firm=firm, with_ended=True))
    if not rows:
        raise BadInput(f"{firm} 没有提出过异议", f"{firm} has contested nothing")
    with Published(home).at_once() as release:
        run = release.rows("select run_id, day from desk_run__summary")[0]
        counted = {row["statement_id"] for row in release.rows("select statement_id from correction")}
    corrections = _corrections(home)
    return {
        "firm_id": rows[0]["firm_id"],
        "name": rows[0]["name"],
        **run,
        "contests": [_answer(row, corrections.get(row["cell"]), counted) for row in rows],
    }


def _corrections(home: Home) -> dict[str, int]:
    """The newest standing correction of each cell, by the cell."""
    events = Book(home).events(kinds=[CORRECT])
    withdrawn = {event.withdraws for event in events}
    standing = [event for event in events if event.withdraws is None and event.seq not in withdrawn]
    return {event.stream.partition(":")[2]: event.seq for event in standing}


def _answer(row: Row, correction: int | None, counted: set[int]) -> Row:
    cell = address(row["cell"])
    names = (
        "number", "claimed", "value_before", "value", "raised_on", "due_on", "state", "state_zh", "state_en",
        "decided_on", "decided_why", "effects", "proofs", "run_id",
    )  # fmt: skip
    is_accepted = row["state"] == contest.STATES[contest.ACCEPTED]
    return {
        **{name: row[name] for name in names},
        "fact": row["fact"],
        "fact_zh": label(row["fact"], "zh"),
        "fact_en": label(row["fact"], "en"),
        "unit": figure_of(row["fact"], "").fact.unit,
        "delivery_id": cell.delivery_id,
        "sheet": cell.sheet,
        "row_no": cell.row_no,
        "field": "/".join(cell.rest),
        "correction": correction if is_accepted else None,
        "is_counted": is_accepted and correction in counted,
    }
