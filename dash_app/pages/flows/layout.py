"""The layout of flows: the matrix, groups side by side, cohorts, or stays in a rung."""

from collections.abc import Callable, Mapping
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids, routing
from dash_app.components.charts import graph
from dash_app.components.downloads import downloads
from dash_app.components.lists import choices, pager, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.components.still import Still
from dash_app.components.values import firms_counted
from dash_app.pages.flows import curves
from dash_app.pages.flows.figures import (
    PATH,
    bands_list,
    ends_in_words,
    firms_table,
    groups_table,
    matrix_table,
    small_groups,
    strata_in_words,
)
from dash_app.pages.flows.sankey import is_beside, moves, sankey
from dash_app.pages.flows.state import (
    COHORTS,
    GROUPS,
    MATRIX,
    STAYS,
    VIEWS,
    between,
    is_of_a_cell,
    is_outside,
    listed,
    matrix,
    stays,
    title_of,
    view_of,
)
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.errors import BadInput
from service.queries.zone.time_in_rung import KINDS, OUTSIDE
from service.queries.zone.zone_flows import GROUPS as GROUPINGS
from service.reader import ReleaseQueries

word = words_of("flows")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; its view, days, title and cell are in the address."""
    lang, view = session.lang, view_of(session)
    views = [(name, value_word("flows_view", name, lang)) for name in VIEWS]
    try:
        body = _VIEWS[view](release, session)
    except BadInput as error:
        body = [refused(error, lang)]
    children = [
        html.H1(routing.FLOWS.title(lang)),
        choices(word("view", lang), views, "view", view, session, PATH),
        *body,
    ]
    return page(children, session, release.freshness())


def _matrix(release: ReleaseQueries, session: Session) -> list[Any]:
    lang = session.lang
    days, rows = between(release, session), matrix(release, session)
    beside = sum(row["firms"] or 0 for row in rows if is_beside(row))
    title = f"{days.since} → {days.until}"
    note = html.P(f"{word('beside', lang)} {firms_counted(beside, lang)}", className="quiet")
    drawing: Any = state("empty", word("no_moves", lang))
    if any(moves(rows)):
        drawing = graph(sankey(rows, lang), f"{word('diagram', lang)} {title}", lang, id=ids.FLOWS_CHART)
    return [
        *_days(release, session),
        _outside(session),
        section(f"{word('diagram', lang)} {title}", note, drawing, *_bands(rows, session)),
        section(
            word("matrix", lang),
            html.P(word("of_row", lang), className="quiet"),
            matrix_table(rows, session),
            downloads("flows_matrix", session),
        ),
        *_firms(release, session, rows),
    ]


def _bands(rows: list[dict[str, Any]], session: Session) -> list[Any]:
    """The bands of the diagram as links, for keyboards and screen readers; none for a reader without names."""
    if is_outside(session) or not any(moves(rows)):
        return []
    hint = html.P(word("click_a_band", session.lang), className="quiet")
    return [hint, bands_list(moves(rows), session)]


def _firms(release: ReleaseQueries, session: Session, rows: list[dict[str, Any]]) -> list[Any]:
    lang = session.lang
    if is_outside(session):
        return [state("closed", word("no_names_outside", lang))]
    if not is_of_a_cell(session):
        return [html.P(word("click_a_number", lang), className="quiet")]
    names = {row[f"{side}_state"]: row[f"{side}_{lang}"] for row in rows for side in ("from", "to")}
    firms = listed(release, session, part_of(session))
    ends = [ends_in_words(session.address.get(side, ""), names, lang) for side in ("from", "to")]
    heading = f"{ends[0]} → {ends[1]} · {firms_counted(firms.total, lang)}"
    body = firms_table(firms.rows, names, session) if firms.rows else state("empty", word("no_firms", lang))
    way = pager(firms.total, session, PATH)
    return [section(heading, body, way, downloads("flows_firms", session), id=ids.MATCHING)]


def _groups(release: ReleaseQueries, session: Session) -> list[Any]:
    lang, asked = session.lang, release.flows()
    days = between(release, session)
    group = session.address.get("by", next(iter(GROUPINGS)))
    rows, fewest = asked.by_group(days, group), asked.group_firms_min()
    options = [(name, value_word("flows_group", name, lang)) for name in GROUPINGS]
    return [
        *_days(release, session),
        choices(word("group_by", lang), options, "by", group, session, PATH),
        section(
            f"{word('groups', lang)} {days.since} → {days.until}",
            html.P(word("one_axis", lang), className="quiet"),
            groups_table(rows, group, fewest, session) if rows else state("empty", word("no_firms", lang)),
            html.P(small_groups(rows, group, fewest, lang), className="quiet"),
            downloads("flows_groups", session),
        ),
    ]


def _cohorts(release: ReleaseQueries, session: Session) -> list[Any]:
    lang, asked = session.lang, release.flows()
    title = title_of(session, asked.titles())
    kind = session.address.get("kind", KINDS[0])
    kinds = [(name, value_word("cohort_kind", name, lang)) for name in KINDS]
    rows = asked.cohorts(kind, title, outside=is_outside(session))
    head = [
        _titles(release, title, session),
        choices(word("cohorts_by", lang), kinds, "kind", kind, session, PATH),
        _outside(session),
    ]
    if not rows:
        return [*head, _why_none(session)]
    drawing = curves.cohort_chart(rows, lang)
    note = html.P(word("cohort_note", lang), className="quiet")
    return [
        *head,
        section(word("cohorts", lang), note, drawing, curves.cohort_table(rows, lang), downloads("cohorts", session)),
    ]


def _stays(release: ReleaseQueries, session: Session) -> list[Any]:
    lang, asked = session.lang, release.flows()
    title = title_of(session, asked.titles())
    level = session.address.get("level", OUTSIDE[0])
    levels = [(row["level"], row[lang]) for row in asked.levels()]
    answer = asked.survival(title, level, outside=is_outside(session))
    names = strata_in_words(asked.strata(lang), lang)
    listed_stays = stays(release, session, part_of(session))
    head = [
        _titles(release, title, session),
        choices(word("like_by", lang), levels, "level", level, session, PATH),
        _outside(session),
    ]
    drawn = _curves(answer, names, session) if answer["curves"] else _why_none(session)
    if is_outside(session):
        return [*head, drawn]
    firms = curves.stays_table(listed_stays.rows, names, session)
    heading = f"{word('stays', lang)} · {firms_counted(listed_stays.total, lang)}"
    body = firms if listed_stays.rows else state("empty", word("no_firms", lang))
    way = pager(listed_stays.total, session, PATH)
    return [*head, drawn, section(heading, body, way, downloads("stays", session), id=ids.MATCHING)]


def _curves(answer: Mapping[str, Any], names: Mapping[str, str], session: Session) -> Any:
    lang = session.lang
    return section(
        word("staying", lang),
        html.P(word("stay_note", lang), className="quiet"),
        curves.stay_panels(answer, names, lang),
        curves.stay_table(answer, names, lang),
        downloads("survival", session),
    )


def _why_none(session: Session) -> html.P:
    """Curves are of the whole zone; in a narrower scope there are none to show."""
    if session.scope.kind != "zone":
        return state("forbidden", word("zone_only", session.lang))
    return state("unknown", word("too_few", session.lang))


def _titles(release: ReleaseQueries, chosen: str, session: Session) -> Still:
    options = [(title["designation"], title[session.lang]) for title in release.flows().titles()]
    return choices(word("title", session.lang), options, "designation", chosen, session, PATH)


def _outside(session: Session) -> Still:
    options = [("", word("inside", session.lang)), ("1", word("outside", session.lang))]
    chosen = "1" if is_outside(session) else ""
    return choices(word("whom", session.lang), options, "outside", chosen, session, PATH)


def _days(release: ReleaseQueries, session: Session) -> list[Any]:
    lang = session.lang
    days, known = between(release, session), release.flows().days()
    options = [{"value": str(row["day"]), "label": _day_name(row, lang)} for row in known]
    return [
        html.Div(
            [
                dmc.Select(
                    id=ids.FLOWS_SINCE, label=word("since", lang), data=options, value=str(days.since),
                    allowDeselect=False,
                ),
                dmc.Select(
                    id=ids.FLOWS_UNTIL, label=word("until", lang), data=options, value=str(days.until),
                    allowDeselect=False,
                ),
            ],
            className="controls",
        )
    ]  # fmt: skip


def _day_name(row: Mapping[str, Any], lang: Lang) -> str:
    return str(row["day"]) if row["is_covered"] else f"{row['day']} · {word('not_covered', lang)}"


_VIEWS: dict[str, Callable[[ReleaseQueries, Session], list[Any]]] = {
    MATRIX: _matrix,
    GROUPS: _groups,
    COHORTS: _cohorts,
    STAYS: _stays,
}
