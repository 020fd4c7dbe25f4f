"""Lists of the work on cases across firms: tasks, requests, applications and contests, each with the days left."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from service.case_rules import case_rules
from service.queries.cases.case_words import in_both
from service.queries.cases.owners import owners
from service.queries.firm.firm_lookup import find_firm
from warehouse.casebook.book import Book
from warehouse.casebook.events import name_of
from warehouse.casebook.folds import application, contest, request, task
from warehouse.home import Home
from warehouse.models.working_days import is_known, left
from warehouse.release.releases import Published
from warehouse.rows import Row

STILL_OPEN = {
    "task": (task, ("open",)),
    "request": (request, ("open", "answered")),
    "application": (application, application.UNDECIDED),
    "contest": (contest, ("open",)),
}
"""What is listed, and the states that still ask for action."""
DUE = {"task": "due_on", "request": "due_on", "application": "closes_on", "contest": "due_on"}


@dataclass(frozen=True)
class CaseFilters:
    """Which rows: of one firm, of one officer (who owns the firm, acts for it, or was given the task), also ended."""

    firm: str | None = None
    officer: str | None = None
    with_ended: bool = False


def listed(home: Home, thing: str, today: date, wanted: CaseFilters) -> list[Row]:
    """The rows of a thing, first what is due first: each with its firm, ``about`` and state in words, and days_left.

    ``days_left`` are working days up to the due day, negative where it is past; None once nothing is left to do.
    ``is_calendar_known``: the make-up working days of the year of the due day are published.
    """
    fold, states = STILL_OPEN[thing]
    published = Published(home)
    with published.at_once() as release:
        firm_id = str(find_firm(release, wanted.firm)["firm_id"]) if wanted.firm else None
        place = release.rows("select place from desk_run__summary")[0]["place"]
        rows = _rows(Book(home), fold, firm_id, () if wanted.with_ended else states)
        named = names(release.rows, {row["firm_id"] for row in rows})
    acting = {row["firm_id"]: row["acting"] for row in owners(home, today)}
    described = [_described(row, thing, place, today, named, acting) for row in rows]
    chosen = [row for row in described if wanted.officer in (None, row["acting"], row.get("officer"))]
    return sorted(chosen, key=lambda row: (row[DUE[thing]] is None, row[DUE[thing]] or "", row["seq"]))


def open_of(home: Home, firms: Collection[str], today: date) -> list[Row]:
    """Everything that is open about some firms, by what it is: a hand-over, first what is due first."""
    rows = [{"thing": thing, **row} for thing in STILL_OPEN for row in listed(home, thing, today, CaseFilters())]
    return [row for row in rows if row["firm_id"] in firms]


def names(rows: Callable[..., list[Row]], firms: Iterable[str]) -> dict[str, str]:
    """The names of firms by their ids."""
    query = "select firm_id, name from desk_firm where list_contains($1::varchar[], firm_id)"
    return {row["firm_id"]: row["name"] for row in rows(query, [sorted(firms)])}


def _rows(book: Book, fold: ModuleType, firm_id: str | None, states: Collection[str]) -> list[Row]:
    fields = fold.TABLE.c
    where = [fields.firm_id == firm_id] if firm_id else []
    return book.rows(fold.TABLE, *where, *([fields.state.in_(list(states))] if states else []))


def _described(
    row: Row,
    thing: str,
    place: str,
    today: date,
    named: Mapping[str, str],
    acting: Mapping[str, str | None],
) -> Row:
    is_open, due_on = row["state"] in STILL_OPEN[thing][1], row[DUE[thing]]
    state = case_rules().states[row["state"]]
    due = date.fromisoformat(due_on) if is_open and due_on else None
    return {
        **in_both(row),
        "number": name_of(row["stream"]),
        "name": named.get(row["firm_id"], row["firm_id"]),
        "acting": row.get("officer") or acting.get(row["firm_id"]),
        "state_zh": state.zh,
        "state_en": state.en,
        "days_left": left(place, today, due) if due else None,
        "is_calendar_known": due is None or is_known(place, due),
        **{name: value for name, value in row.items() if name != "stream"},
    }
