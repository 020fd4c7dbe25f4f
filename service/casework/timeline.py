"""What happened to a firm, from lists and from its case in one row of time: the newest first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from service.queries.cases.case import history, visits
from service.queries.cases.case_lists import STILL_OPEN, CaseFilters, listed
from service.queries.firm.filings import changes_of, filings_of
from service.queries.firm.services import given_to
from service.queries.release.provenance import own_sources, with_sources
from service.wording.shown_moments import local_day
from warehouse.casebook.events import name_of
from warehouse.casebook.folds import application, contest, request, service, task, visit
from warehouse.home import Home
from warehouse.release.releases import Published
from warehouse.rows import Row

Words = dict[str, str]
_TITLES = (
    "select *, coalesce(granted_on, valid_from) as happened_on from desk_firm__titles"
    " where firm_key = firm_key($1) and firm_id = $1"
)
_PREFIXES = tuple(f"{fold.PREFIX.rstrip(':')}." for fold in (application, contest, request, service, task, visit))


def timeline(home: Home, firm_id: str) -> list[Row]:
    """A row an event: ``on``, ``kind``, ``event`` (both with words of the page), ``what``, ``by`` and ``source``.

    Kinds: title (a row of a list; ``what`` is a pair of words), filing, change, case. What was withdrawn has
    ``withdrawn_by`` and ``withdrawn_on``. ``contest`` is the number of the one that an event is about.
    """
    with Published(home).at_once() as release:
        titles = with_sources(release, release.rows(_TITLES, [firm_id]))
        filings, changes = filings_of(release, firm_id), changes_of(release, firm_id)
    rows = [*map(_title, titles), *map(_filing, filings), *map(_change, changes), *_of_case(home, firm_id)]
    return sorted(rows, key=lambda row: (row["on"] or date.min, row["seq"]), reverse=True)


def _row(on: date | None, kind: str, event: str, **parts: Any) -> Row:
    empty = dict.fromkeys(("zh", "en", "what", "by", "source", "contest", "withdrawn_by")) | {"seq": 0, "sources": []}
    return {"on": on, "kind": kind, "event": event, **empty, **parts}


def _title(row: Mapping[str, Any]) -> Row:
    detail = " · ".join(
        str(part) for part in (row["certificate_no"], row["valid_to"] and f"→ {row['valid_to']}") if part
    )
    words = {"zh": row["zh"], "en": row["en"], "what": detail or None, **own_sources(row)}
    return _row(row["happened_on"], "title", row["event"], **words)


def _filing(row: Mapping[str, Any]) -> Row:
    return _row(row["filed_on"], "filing", row["filing"], what=str(row["year"]), **own_sources(row))


def _change(row: Mapping[str, Any]) -> Row:
    return _row(row["changed_on"], "change", row["change_kind"], what=row["change"], **own_sources(row))


def _of_case(home: Home, firm_id: str) -> Iterable[Row]:
    """The events of the case, each with what it is about, by the number of its thing."""
    about = _abouts(home, firm_id)
    for event in history(home, firm_id):
        if event["withdraws"]:
            continue
        withdrawn_at = event["withdrawn_at"]
        words = about.get(event["number"], {}) if event["kind"].startswith(_PREFIXES) else {}
        what = None if any(words.values()) else event["about"] or event["why"]
        yield _row(
            local_day(event["at"]), "case", event["word"], what=what, **words,
            by=event["by"], seq=event["seq"], withdrawn_by=event["withdrawn_by"],
            withdrawn_on=local_day(withdrawn_at) if withdrawn_at else None,
            contest=event["number"] if event["kind"].startswith(contest.PREFIX.rstrip(":")) else None,
        )  # fmt: skip


def _abouts(home: Home, firm_id: str) -> dict[str, Words]:
    wanted, day = CaseFilters(firm=firm_id, with_ended=True), date.max
    things = {row["number"]: _words(row, "about") for thing in STILL_OPEN for row in listed(home, thing, day, wanted)}
    visited = {row["number"]: {"zh": row["note"], "en": row["note"]} for row in visits(home, firm_id)}
    given = {name_of(row["stream"]): _words(row, "service") for row in given_to(home, firm_id)}
    return {**things, **visited, **given}


def _words(row: Mapping[str, Any], name: str) -> Words:
    return {lang: row[f"{name}_{lang}"] for lang in ("zh", "en")}
