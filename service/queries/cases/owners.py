"""Who owns which firm, who acts on a day, and which firms nobody owns."""

from collections.abc import Sequence
from datetime import date

from warehouse.casebook.book import Book
from warehouse.casebook.folds import assignment, leave
from warehouse.casebook.folds.leave import acting
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

_LIVING = (
    "select firm_id, mover.name, mover.division_code, mover.industry_code, mover.incubator"
    " from desk_movers__firms as mover inner join desk_firm using (firm_id)"
    " where desk_firm.is_living is not false order by firm_id"
)


def living_firms(home: Home) -> list[Row]:
    """The firms of the current release that exist: firm_id, name, division_code, industry_code, incubator."""
    return Published(home).rows(_LIVING)


def owners(home: Home, day: date, *, owner: str | None = None) -> list[Row]:
    """The firms with an owner, of one of them where named: firm_id, owner, deputy, since, rule, acting, version.

    ``acting`` works on the firm on the day; None where the owner and both deputies are on leave.
    """
    book, fields = Book(home), assignment.TABLE.c
    where = () if owner is None else (fields.owner == owner,)
    leaves = book.rows(leave.TABLE)
    rows = sorted(book.rows(assignment.TABLE, *where), key=lambda row: str(row["firm_id"]))
    return [{**row, "acting": acting(row, leaves, day)} for row in rows]


def with_names(home: Home, rows: Sequence[Row]) -> list[Row]:
    """The rows of ``owners``, each with the name of its firm in the current release."""
    query = "select firm_id, name from desk_firm where list_contains($1::varchar[], firm_id)"
    named = {row["firm_id"]: row["name"] for row in Published(home).rows(query, [[row["firm_id"] for row in rows]])}
    return [{"name": named.get(row["firm_id"]), **row} for row in rows]


def without_owner(home: Home) -> list[Row]:
    """Living firms without an owner, in the columns of ``living_firms``."""
    owned = {row["firm_id"] for row in Book(home).rows(assignment.TABLE)}
    return [row for row in living_firms(home) if row["firm_id"] not in owned]


def on_leave(home: Home, day: date) -> list[Row]:
    """The periods of leave that have not ended by a day: officer, first_on, last_on, deputy."""
    periods = [
        {"officer": row["officer"], **period}
        for row in Book(home).rows(leave.TABLE)
        for period in row["periods"]
        if period["last_on"] >= day.isoformat()
    ]
    return sorted(periods, key=lambda period: (period["first_on"], period["officer"]))
