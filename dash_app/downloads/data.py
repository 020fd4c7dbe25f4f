"""The lists of the page of data: feeds, what waits for a person, suppliers, totals, releases, decisions."""

from collections.abc import Callable, Iterable

from dash_app import routing
from dash_app.components.values import industry
from dash_app.downloads.listed import ListFile, as_written
from dash_app.rows import NewRow
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.queries.data import DataQueries
from service.queries.data.quarantine import RowFilters
from service.queries.release.records import Slice
from service.reader import ReleaseQueries

PAGE = "data"
word = words_of("data")
EVERY = Slice(1_000_000_000, 0)
Ask = Callable[[DataQueries, Session], Iterable[NewRow]]


def _listed(ask: Ask) -> ListFile:
    def rows(release: ReleaseQueries, session: Session) -> Iterable[NewRow]:
        return ask(release.data(), session)

    return ListFile(routing.DATA.roles, PAGE, rows, as_written)


def _feeds(data: DataQueries, session: Session) -> Iterable[NewRow]:
    state = session.address.get("state", "")
    for row in data.feeds():
        if state in ("", row["state"]):
            yield {**row, "state_word": value_word("feed_state", row["state"], session.lang),
                   "cadence": value_word("every", row["every"], session.lang)}  # fmt: skip


def _quarantine(data: DataQueries, session: Session) -> Iterable[NewRow]:
    """The rows that the address asks for, one it names alone; each with firm, code, and the supplier's words."""
    address = session.address.get("row", "")
    rows = data.findings_on(address) if address else data.waiting(RowFilters.of(session.address), EVERY).rows
    for row in rows:
        field = word("money_unit", session.lang) if row["field"] == "money_unit" else row["field_word"]
        yield {**row, "field_word": field, "treated": value_word("severity", row["severity"], session.lang),
               "sent_by": row["supplier"] if session.lang == "zh" else row["supplier_en"]}  # fmt: skip


def _units(data: DataQueries, session: Session) -> Iterable[NewRow]:
    for row in data.units(session.address.get("q", ""), EVERY).rows:
        yield {**row, "factor": None if row["power"] is None else f"×10^{row['power']}"}


def _names(data: DataQueries, session: Session) -> Iterable[NewRow]:
    """A line a name, its candidates in one cell, the likest first."""
    for row in data.names(session.address.get("q", ""), session.address.get("reason", ""), EVERY).rows:
        candidates = "\n".join(f"{firm['name']} {firm['firm_id']}" for firm in row["candidates"])
        yield {**row, "why_open": value_word("unjoined", row["match_method"], session.lang), "may_mean": candidates}


def _suppliers(data: DataQueries, session: Session) -> Iterable[NewRow]:
    for row in data.suppliers():
        worst = "\n".join(f"{rule} {text}" for rule, text in row[f"worst_{session.lang}"])
        share = 100 * row["rows_quarantined"] / row["rows_read"] if row["rows_read"] else None
        yield {**row, "worst_rules": worst, "share": share,
               "sent_by": row["supplier"] if session.lang == "zh" else row["supplier_en"]}  # fmt: skip


def _period(data: DataQueries, session: Session) -> str:
    periods = data.periods()
    asked = session.address.get("period", "")
    return asked if asked in periods else next(iter(periods), "")


def _monthly(data: DataQueries, session: Session) -> Iterable[NewRow]:
    period = _period(data, session)
    lang = session.lang
    named = {"all": word("all_industries", lang), "": word("no_industry", lang)}
    for row in data.totals(period)[0]:
        yield {**row, "period": period, "named": named.get(row["industry"]) or industry(row["industry"], lang)}


def _yearly(data: DataQueries, session: Session) -> Iterable[NewRow]:
    period = _period(data, session)
    for row in data.totals(period)[1]:
        name = row["zh"] if session.lang == "zh" and row["zh"] else row["indicator"]
        yield {**row, "period": period, "named": name, "total_fen": None, **(_money(row) if row["is_money"] else {})}


def _money(row: NewRow) -> NewRow:
    """An amount has a column, and its unit with it."""
    return {"total_fen": row["total"], "total": None, "unit_filed": None}


def _releases(data: DataQueries, _: Session) -> Iterable[NewRow]:
    counts = ("firms", "rows_read", "rows_quarantined", "rows_not_data")
    names = ("day", "previous_day", "published_at", "follows", *counts)
    return [{**dict.fromkeys(names), **row} for row in data.releases(EVERY).rows]


def _decided(data: DataQueries, session: Session) -> Iterable[NewRow]:
    only_waiting = session.address.get("state") == "waits"
    for row in data.decided():
        if row["waits"] or not only_waiting:
            yield {**row, "kind_word": value_word("data_kind", row["kind"], session.lang)}


LISTS = {
    "feeds": _listed(_feeds),
    "refused": _listed(lambda data, _: data.refused()),
    "quarantine": _listed(_quarantine),
    "units": _listed(_units),
    "names": _listed(_names),
    "suppliers": _listed(_suppliers),
    "totals": _listed(_monthly),
    "survey": _listed(_yearly),
    "releases": _listed(_releases),
    "decided": _listed(_decided),
}
