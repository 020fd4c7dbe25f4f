"""The layout of the page over all zones: a view of the address, of the zones in the scope of the user."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from dash_app.components.downloads import downloads
from dash_app.components.lists import choices, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.pages.zones import firms as listed
from dash_app.pages.zones import state as chosen
from dash_app.pages.zones.figures import (
    changes_table,
    cohort_table,
    comparison_table,
    ladder_table,
    matrix_table,
    zones_table,
)
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from dash_app.zone_routes import ZONES
from service.errors import BadInput
from service.zones import ZonesQueries

word = words_of("zones")
PATH = ZONES.path()
LIST, COMPARISON, MATRIX, COHORTS, FIRMS, MOVES = VIEWS = ("list", "comparison", "matrix", "cohorts", "firms", "moves")


def layout(release: ZonesQueries, session: Session) -> html.Div:
    """The page; its view is in the address."""
    lang = session.lang
    view = session.address.get("view", LIST)
    view = view if view in VIEWS else LIST
    options = [(name, value_word("zones_view", name, lang)) for name in VIEWS]
    head = [html.H1(ZONES.title(lang)), choices(word("view", lang), options, "view", view, _bare(session), PATH)]
    try:
        body = _body(view, release, session)
    except BadInput as error:
        body = [refused(error, lang)]
    return page([*head, *body], session, None)


def _bare(session: Session) -> Session:
    """The session without what one view alone asks for."""
    return Session({}, session.lang, session.scope, session.path, session.base)


def _body(view: str, asked: ZonesQueries, session: Session) -> list[Any]:
    lang = session.lang
    if not asked.is_usable:
        return [state("unknown", word("unusable", lang))]
    if not asked.zones():
        return [state("forbidden", word("no_zone", lang))]
    if view in (LIST, FIRMS):
        return _zones(asked, session) if view == LIST else listed.firms(asked, session, part_of(session))
    if not asked.counts:
        return [state("forbidden", word("no_figures", lang))]
    if not asked.has_figures:
        return [state("empty", word("none_published", lang))]
    return _FIGURES[view](asked, session)


def _zones(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, classes = session.lang, chosen.class_names(asked, session)
    counted = asked.comparison() if asked.has_figures else []
    table = zones_table(asked.zones(), counted, classes, session)
    order = html.P(word("order", lang), className="quiet")
    parts = [listed.search(session), section(word("zones", lang), *_file("zones", asked, session), table, order)]
    if not asked.has_figures:
        return parts
    note = html.P(word("small_hidden", lang), className="quiet")
    overlap = html.P(word("overlap", lang), className="quiet")
    ladder = ladder_table(asked.ladder(), classes, lang)
    changes = changes_table(asked.changes(), lang)
    return [
        *parts,
        section(word("ladder_by_class", lang), *_file("zones_ladder", asked, session), ladder, overlap, note),
        section(word("changes_of_all", lang), *_file("zones_changes", asked, session), changes, note),
    ]


def _file(name: str, asked: ZonesQueries, session: Session) -> list[Any]:
    """The links to a table as a file, where its figures are shown."""
    return [downloads(name, session)] if asked.has_figures else []


def _comparison(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, shown = session.lang, chosen.compared(asked, session)
    names, classes = chosen.zone_names(asked, session), chosen.class_names(asked, session)
    return [
        choices(word("change", lang), shown.options.items(), "change", shown.value, session, PATH),
        *_file("zones_comparison", asked, session),
        html.P(word("comparison_note", lang), className="quiet"),
        *(
            section(classes[peers], comparison_table(of_class, classes[peers], names, lang))
            for peers, of_class in _by(shown.rows, "peers").items()
        ),
    ]


def _matrix(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, shown = session.lang, chosen.matrix(asked, session)
    rows = shown.rows
    days = f"{rows[0]['previous_day']} → {rows[0]['day']}" if rows else ""
    return [
        choices(word("class", lang), shown.options.items(), "peers", shown.value, session, PATH),
        section(
            f"{word('matrix', lang)} {days}",
            *_file("zones_matrix", asked, session),
            html.P(word("of_row", lang), className="quiet"),
            matrix_table(rows, lang) if rows else state("empty", word("nothing_counted", lang)),
        ),
        *_left_out(asked, session),
    ]


def _cohorts(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, (start, title) = session.lang, chosen.cohorts(asked, session)
    if not title.rows:
        return [state("empty", word("nothing_counted", lang)), *_left_out(asked, session)]
    return [
        choices(word("cohorts_by", lang), start.options.items(), "start", start.value, session, PATH),
        choices(word("title", lang), title.options.items(), "designation", title.value, session, PATH),
        section(
            word("cohorts", lang),
            *_file("zones_cohorts", asked, session),
            html.P(word("cohort_note", lang), className="quiet"),
            cohort_table(title.rows, lang),
        ),
        *_left_out(asked, session),
    ]


def _left_out(asked: ZonesQueries, session: Session) -> list[Any]:
    """The zones that compare other days than most, which matrices and cohorts leave out."""
    lang = session.lang
    names = [
        word("zone_days", lang).format(zone=row[lang], since=row["previous_day"], until=row["day"])
        for row in asked.not_comparable()
    ]
    return [state("unknown", word("left_out", lang).format(zones="; ".join(names)))] if names else []


def _by(rows: list[dict[str, Any]], name: str) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(row[name], []).append(row)
    return grouped


_FIGURES: Mapping[str, Callable[[ZonesQueries, Session], list[Any]]] = {
    COMPARISON: _comparison,
    MATRIX: _matrix,
    COHORTS: _cohorts,
    MOVES: listed.moves,
}
