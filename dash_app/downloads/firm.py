"""The lists of the page of a firm: conditions of every edition, figures by year, what is due, lists, what happened."""

from collections.abc import Callable, Iterable
from typing import Any

from dash_app import routing
from dash_app.downloads.listed import ListFile, Worded, text
from dash_app.session import Session
from service.queries.firm.firm_page import FirmFile
from service.reader import ReleaseQueries
from service.wording.rendering import show_gap, source_text

PAGE = "firm"
Rows = list[dict[str, Any]]


def _of_firm(
    make: Callable[[FirmFile, Session], Iterable[dict[str, Any]]],
) -> Callable[[ReleaseQueries, Session], Rows]:
    """The rows of the firm that the address names; none for one out of the scope."""

    def rows(release: ReleaseQueries, session: Session) -> Rows:
        file = release.firm(session.address.get(routing.OF_FIRM, ""))
        if file is None:
            return []
        about = {"firm_id": file.profile["firm_id"], "name": file.profile["name"]}
        return [{**row, **about} for row in make(file, session)]

    return rows


def _sources(row: dict[str, Any], session: Session) -> str:
    return "\n".join(source_text(source, session.lang) for source in row["sources"])


def _conditions(file: FirmFile, session: Session) -> Iterable[dict[str, Any]]:
    lang = session.lang
    for verdict in file.verdicts:
        for row in file.sourced(verdict["edition_id"]):
            gap = show_gap(row["gap"], row["gap_unit"], lang) if row["gap"] else ""
            worded = {"gap_text": gap, "source": _sources(row, session), "verdict": verdict["outcome"]}
            yield {**row, **worded, "title_zh": verdict["title_zh"], "title_en": verdict["title_en"]}


def _years(file: FirmFile, session: Session) -> Iterable[dict[str, Any]]:
    return ({**row, "source": _sources(row, session)} for row in file.history)


def _titles(file: FirmFile, session: Session) -> Iterable[dict[str, Any]]:
    return ({**row, "source": source_text(row["source"], session.lang)} for row in file.titles)


def _contests(release: ReleaseQueries, session: Session) -> Rows:
    """Open and ended ones; what each proof is called, and what was decided why."""
    firm_id = session.address.get(routing.OF_FIRM, "")
    rows = release.casework(session.scope).contesting().rows(with_ended=True)
    return [
        {**row, "proofs": "、".join(proof["name"] for proof in row["proofs"])}
        for row in rows
        if row["firm_id"] == firm_id
    ]


def _filters(_: ReleaseQueries, session: Session) -> Worded:
    return [(text("firm", session.lang), session.address.get(routing.OF_FIRM, ""))]


LISTS = {
    "firm_conditions": ListFile(routing.AT_WORK, PAGE, _of_firm(_conditions), _filters),
    "firm_years": ListFile(routing.AT_WORK, PAGE, _of_firm(_years), _filters),
    "firm_titles": ListFile(routing.AT_WORK, PAGE, _of_firm(_titles), _filters),
    "firm_contests": ListFile(routing.AT_WORK, PAGE, _contests, _filters),
    "firm_due": ListFile(routing.AT_WORK, PAGE, _of_firm(lambda file, _: file.due), _filters),
}
