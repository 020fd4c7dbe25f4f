"""Everything of one firm's case: who owns it, what is open, visits with their promises, contests, and what is due."""

from datetime import date

from service.display import display
from service.queries.cases.case_lists import STILL_OPEN, CaseFilters, listed
from service.queries.cases.due import due
from service.queries.cases.owners import owners
from service.queries.cases.pool import member
from service.queries.firm.firm_lookup import find_firm
from service.queries.firm.services import given_to
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event, name_of
from warehouse.casebook.folds import application, assignment, contest, membership, request, service, task, visit
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

_OF_A_FIRM = tuple(fold.PREFIX for fold in (application, assignment, contest, request, service, task, visit))


def case(home: Home, firm_words: str, today: date, *, with_ended: bool = False) -> Row:
    """The case of a firm; ``with_ended`` also what is over. Raises ``BadInput`` where no firm, or several are meant."""
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        run = release.rows("select run_id, day from desk_run__summary")[0]
    firm_id = str(firm["firm_id"])
    owned = [row for row in owners(home, today) if row["firm_id"] == firm_id]
    wanted = CaseFilters(firm=firm_id, with_ended=with_ended)
    things = {f"{thing}s": listed(home, thing, today, wanted) for thing in STILL_OPEN}
    return {
        "firm": {name: firm[name] for name in ("firm_id", "name", "status", "incubator")},
        **run,
        "today": today,
        "owner": owned[0] if owned else None,
        **things,
        "visits": visits(home, firm_id),
        "pool": member(home, firm_id, today),
        "services": given_to(home, firm_id),
        "due": due(home, display().ahead_days["case"], firm=firm_id).rows,
    }


def visits_of(home: Home, firm_words: str) -> list[Row]:
    """As ``visits``, of the firm that these words name; raises ``BadInput``."""
    with Published(home).at_once() as release:
        firm_id = str(find_firm(release, firm_words)["firm_id"])
    return visits(home, firm_id)


def visits(home: Home, firm_id: str | None = None) -> list[Row]:
    """The visits to a firm, or to all where none is named, the newest first, with the promises of both sides."""
    rows = Book(home).rows(visit.TABLE, *([visit.TABLE.c.firm_id == firm_id] if firm_id is not None else []))
    newest = sorted(rows, key=lambda row: (row["visited_on"], row["seq"]), reverse=True)
    return [{"number": name_of(row["stream"]), **row} for row in newest]


def history(home: Home, firm_words: str) -> list[Row]:
    """Every event of a firm's case in order: seq, when, who, what, why, and whether it was withdrawn, by whom, when.

    ``is_newest``: nothing of its thing came after it, so that it can be withdrawn; ``about`` is what was typed;
    ``word`` what the event is called: its kind, but for calls.
    """
    with Published(home).at_once() as release:
        firm_id = str(find_firm(release, firm_words)["firm_id"])
    own = [event for event in Book(home).events() if _is_about(event, firm_id)]
    withdrawn = {event.withdraws: event for event in own if event.withdraws is not None}
    standing = [event for event in own if event.withdraws is None and event.seq not in withdrawn]
    newest = {event.stream: event.seq for event in standing}
    return [
        {
            "seq": event.seq,
            "at": event.at,
            "by": event.by,
            "kind": event.kind,
            "word": visit.BY_TELEPHONE if event.content.get("is_call") else event.kind,
            "number": event.name,
            "why": event.why,
            "withdraws": event.withdraws,
            "is_withdrawn": event.seq in withdrawn,
            "withdrawn_by": withdrawn[event.seq].by if event.seq in withdrawn else None,
            "withdrawn_at": withdrawn[event.seq].at if event.seq in withdrawn else None,
            "withdrawn_why": withdrawn[event.seq].why if event.seq in withdrawn else None,
            "is_newest": newest.get(event.stream) == event.seq,
            "about": event.content.get("note") or event.content.get("what"),
        }
        for event in own
    ]


def _is_about(event: Event, firm_id: str) -> bool:
    if event.stream == f"{membership.PREFIX}{firm_id}":
        return True
    return event.stream.startswith(_OF_A_FIRM) and event.content.get("firm") == firm_id
