"""The layout of targets: the bridges to what is not yet due, or the monitoring of every year."""

from typing import Any

from dash import html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.lists import choices, pager, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.components.values import firms_counted
from dash_app.pages.targets.figures import (
    PATH,
    TOTAL,
    bars_table,
    bridge_chart,
    firms_table,
    target_source,
    targets_table,
)
from dash_app.pages.targets.monitoring import behind_table, monitoring_table
from dash_app.pages.targets.reproduction import reproduction
from dash_app.pages.targets.state import (
    MONITORING,
    VIEWS,
    asked,
    bar_firms,
    monitored,
    open_targets,
    target_of,
    view_of,
)
from dash_app.pages.targets.target_form import setting
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.errors import BadInput
from service.queries.release.commands import bar_command, monitoring_command
from service.reader import ReleaseQueries

word = words_of("targets")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; its view, target and bar are in the address."""
    lang = session.lang
    views = [(name, value_word("targets_view", name, lang)) for name in VIEWS]
    children = [
        html.H1(routing.TARGETS.title(lang)),
        choices(word("view", lang), views, "view", view_of(session), session, PATH),
        html.Div(id=ids.TARGETS_NOTICE),
        html.Div(targets_body(release, session), id=ids.TARGETS_BODY),
    ]
    return page(children, session, release.freshness())


def targets_body(release: ReleaseQueries, session: Session) -> list[Any]:
    """What the address shows, drawn anew once a target was set."""
    try:
        return _monitoring(release, session) if view_of(session) == MONITORING else _bridges(release, session)
    except BadInput as error:
        return [refused(error, session.lang)]


def _bridges(release: ReleaseQueries, session: Session) -> list[Any]:
    lang = session.lang
    targets, bridges = open_targets(release), release.targets().bridges()
    target, work = target_of(session, targets), release.target_work(session.scope)
    if target is None:
        return [state("empty", word("no_targets", lang)), *setting(work, None, session, is_open=True)]
    firms = bar_firms(release, session, part_of(session))
    bar = session.address.get("bar", "")
    bars = [row for row in bridges if (row["measure"], row["year"]) == (target["measure"], target["year"])]
    named = next((row[f"bar_{lang}"] for row in bars if row["bar"] == bar), word("closes_the_gap", lang))
    title = f"{target[lang]} {target['year']}"
    heading = f"{title} · {named} · {firms_counted(firms.total, lang)}"
    table = firms_table(firms.rows, session) if firms.rows else state("empty", word("no_firms", lang))
    since = [html.P(word("entered_since", lang), className="quiet")] if release.targets().entered else []
    return [
        *since,
        *(_zone(release, bridges, bars, target, title, session) if bars else _own(targets, target, session)),
        *setting(work, target, session),
        section(heading, table, pager(firms.total, session, PATH), downloads("target_firms", session), id=ids.MATCHING),
    ]


def _zone(
    release: ReleaseQueries,
    bridges: list[dict[str, Any]],
    bars: list[dict[str, Any]],
    target: dict[str, Any],
    title: str,
    session: Session,
) -> list[Any]:
    lang = session.lang
    note = html.P(word("bridge_note", lang), className="quiet")
    return [
        section(word("targets", lang), targets_table(bridges, target, session)),
        section(
            f"{word('bridge', lang)}: {title}",
            note,
            bridge_chart(bars, lang),
            bars_table(bars, session),
            target_source(target, lang),
            reproduction(
                bar_command(target["measure"], target["year"], session.address.get("bar") or TOTAL), release, lang
            ),
            downloads("bridges", session),
        ),
    ]


def _own(targets: list[dict[str, Any]], target: dict[str, Any], session: Session) -> list[Any]:
    """In a narrower scope there is no sum against the target of the zone: only whose firms may count."""
    lang = session.lang
    measures = {row["measure"]: row[lang] for row in targets}
    return [
        state("forbidden", word("zone_only", lang)),
        choices(word("measure", lang), list(measures.items()), "measure", target["measure"], session, PATH),
    ]


def _monitoring(release: ReleaseQueries, session: Session) -> list[Any]:
    lang = session.lang
    rows = release.targets().monitoring()
    if not rows:
        is_zone = session.scope.kind == "zone"
        return [state("empty", word("no_targets", lang)) if is_zone else state("forbidden", word("zone_only", lang))]
    measure, year = asked(session)
    behind = monitored(release, session, part_of(session))
    body = [section(word("monitoring", lang), monitoring_table(rows, session), downloads("monitoring", session))]
    chosen = next((row for row in rows if (row["measure"], row["year"]) == (measure, year)), None)
    if chosen is None:
        return [*body, html.P(word("click_a_number", lang), className="quiet")]
    heading = f"{chosen[lang]} {year} · {firms_counted(behind.total, lang)}"
    origin = html.P(f"{word('document', lang)} {chosen['document'] or '–'} · {word('run', lang)} {chosen['run_id']}")
    return [
        *body,
        section(
            heading,
            origin,
            reproduction(monitoring_command(measure, year), release, lang),
            behind_table(behind.rows, chosen["measure_kind"], session),
            pager(behind.total, session, PATH),
            downloads("monitored_firms", session),
            id=ids.MATCHING,
        ),
    ]
