"""The layout of the page over all zones: a view of the address, of the zones in the scope of who looks."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from dash_app.components.lists import choices, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.components.still import Still
from dash_app.pages.zones import firms as listed
from dash_app.pages.zones.figures import cohort_table, comparison_table, ladder_table, matrix_table, zones_table
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from dash_app.zone_routes import ZONES
from service.reader import BadInput
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
    lang = session.lang
    counted = asked.comparison() if asked.has_figures else []
    parts = [
        listed.search(session),
        section(
            word("zones", lang),
            zones_table(asked.zones(), counted, _classes(asked, session), session),
            html.P(word("order", lang), className="quiet"),
        ),
    ]
    if not asked.has_figures:
        return parts
    note = html.P(word("small_hidden", lang), className="quiet")
    return [*parts, section(word("ladder_by_class", lang), _ladder(asked, session), note)]


def _ladder(asked: ZonesQueries, session: Session) -> Still:
    return ladder_table(asked.ladder(), _classes(asked, session), session.lang)


def _classes(asked: ZonesQueries, session: Session) -> dict[str, str]:
    """The names of the classes of zones in the language of the page, by their codes."""
    return {code: name[session.lang] for code, name in asked.classes().items()}


def _comparison(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, rows = session.lang, asked.comparison()
    kinds = {row["change"]: row[f"change_{lang}"] for row in rows}
    change = session.address.get("change", "")
    change = change if change in kinds else next(iter(kinds))
    names, classes = {row["code"]: row[lang] for row in asked.zones()}, _classes(asked, session)
    kept = [row for row in rows if row["change"] == change]
    return [
        choices(word("change", lang), list(kinds.items()), "change", change, session, PATH),
        html.P(word("comparison_note", lang), className="quiet"),
        *(
            section(f"{word('class', lang)} {classes[peers]}", comparison_table(of_class, names, lang))
            for peers, of_class in _by(kept, "peers").items()
        ),
    ]


def _matrix(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, rows = session.lang, asked.transitions()
    classes = {
        code: name for code, name in _classes(asked, session).items() if any(row["peers"] == code for row in rows)
    }
    options = {"": word("all_zones_together", lang)} | classes
    peers = session.address.get("peers", "")
    kept = [row for row in rows if row["peers"] == (peers if peers in options and peers else None)]
    days = f"{kept[0]['previous_day']} → {kept[0]['day']}" if kept else ""
    return [
        choices(word("class", lang), list(options.items()), "peers", peers, session, PATH),
        section(
            f"{word('matrix', lang)} {days}",
            html.P(word("of_row", lang), className="quiet"),
            matrix_table(kept, lang) if kept else state("empty", word("nothing_counted", lang)),
        ),
        *_left_out(asked, session),
    ]


def _cohorts(asked: ZonesQueries, session: Session) -> list[Any]:
    lang, rows = session.lang, asked.cohorts()
    if not rows:
        return [state("empty", word("nothing_counted", lang)), *_left_out(asked, session)]
    starts = {_start(row): _start_name(row, session) for row in rows}
    start = _chosen(session, "start", starts)
    titles = {row["designation"]: row[lang] for row in rows if _start(row) == start}
    title = _chosen(session, "designation", titles)
    kept = [row for row in rows if (_start(row), row["designation"]) == (start, title)]
    return [
        choices(word("cohorts_by", lang), list(starts.items()), "start", start, session, PATH),
        choices(word("title", lang), list(titles.items()), "designation", title, session, PATH),
        section(word("cohorts", lang), html.P(word("cohort_note", lang), className="quiet"), cohort_table(kept, lang)),
        *_left_out(asked, session),
    ]


def _start(row: Mapping[str, Any]) -> str:
    return f"{row['level']}:{row['first_designation'] or ''}"


def _start_name(row: Mapping[str, Any], session: Session) -> str:
    kind = value_word("cohort_kind", row["level"], session.lang)
    return f"{kind}: {row[f'first_{session.lang}']}" if row["first_designation"] else kind


def _chosen(session: Session, name: str, options: Mapping[str, str]) -> str:
    value = session.address.get(name, "")
    return value if value in options else next(iter(options))


def _left_out(asked: ZonesQueries, session: Session) -> list[Any]:
    """The zones that compare other days than most, which matrices and cohorts leave out."""
    lang = session.lang
    names = [f"{row[lang]}（{row['previous_day']} → {row['day']}）" for row in asked.not_comparable()]
    return [state("unknown", f"{word('left_out', lang)} {'; '.join(names)}")] if names else []


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
