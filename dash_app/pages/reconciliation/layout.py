"""The layout of reconciliation: the three sides by rung, or the bridge between two releases."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import html

from dash_app import ids, routing
from dash_app.components.downloads import downloads
from dash_app.components.lists import choices, pager, part_of, refused, state
from dash_app.components.page import page
from dash_app.components.sections import section
from dash_app.components.values import firms_counted
from dash_app.pages.reconciliation import bridge as bridge_parts
from dash_app.pages.reconciliation.figures import PATH, firms_table, matrix, status_table
from dash_app.pages.reconciliation.state import (
    BRIDGE,
    VIEWS,
    cell_of,
    ends_of,
    measure_of,
    rung_of,
    view_of,
)
from dash_app.session import Session
from dash_app.wording.loader import value_word, words_of
from service.errors import BadInput
from service.queries.zone.ledger_bridge import DAYS, MEASURES, Ends
from service.queries.zone.reconciliation import Reconciliation
from service.reader import ReleaseQueries

word = words_of("reconciliation")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; its view, rung, cell, order and releases are in the address."""
    lang = session.lang
    views = [(view, value_word("reconciliation_view", view, lang)) for view in VIEWS]
    try:
        body = _bridge(release, session) if view_of(session) == BRIDGE else _statuses(release, session)
    except BadInput as error:
        body = [refused(error, lang)]
    children = [
        html.H1(routing.RECONCILIATION.title(lang)),
        html.P(word("lead", lang), className="quiet"),
        choices(word("view", lang), views, "view", view_of(session), session, PATH),
        *body,
    ]
    return page(children, session, release.freshness())


def _statuses(release: ReleaseQueries, session: Session) -> list[Any]:
    asked, lang = release.reconciliation(), session.lang
    counts, rungs = asked.counts(), asked.rungs()
    designation = rung_of(session, counts)
    if not counts:
        return [state("empty", word("no_firms", lang))]
    cell = cell_of(session, designation)
    firms = asked.firms(cell, session.address.get("sort", ""), part_of(session))
    title = next((rung[lang] for rung in rungs if rung["designation"] == designation), designation)
    chosen = [
        value_word("reconciled", cell.status, lang) if cell.status else "",
        value_word("certified", cell.certified, lang) if cell.certified else "",
        value_word("claimed", cell.claimed, lang) if cell.claimed else "",
        value_word("computed", cell.computed, lang) if cell.computed else "",
    ]
    heading = " · ".join([title, *filter(None, chosen), firms_counted(firms.total, lang)])
    return [
        section(
            word("by_rung", lang), status_table(counts, rungs, designation, session), downloads("statuses", session)
        ),
        section(f"{title}: {word('matrix', lang)}", matrix(counts, designation, session)),
        section(
            heading,
            firms_table(firms.rows, session) if firms.rows else state("empty", word("no_such_firm", lang)),
            pager(firms.total, session, PATH),
            downloads("reconciliation", session),
            id=ids.MATCHING,
        ),
    ]


def _bridge(release: ReleaseQueries, session: Session) -> list[Any]:
    asked, lang = release.reconciliation(), session.lang
    designation, measure, step = rung_of(session, asked.counts()), measure_of(session), session.address.get("step", "")
    rungs = [(rung["designation"], rung[lang]) for rung in asked.rungs()]
    measures = [(name, value_word("measure", name, lang)) for name in MEASURES]
    head = [
        choices(word("rung", lang), rungs, "designation", designation, session, PATH),
        choices(word("measure", lang), measures, "measure", measure, session, PATH),
        _releases(asked, ends_of(session), session),
    ]
    try:
        bridge = asked.bridge(ends_of(session))
    except BadInput as error:
        return [*head, refused(error, lang)]
    steps = bridge.waterfall(measure, designation)
    between = f"{bridge.from_day} → {bridge.to_day}"
    firms = bridge.firms(measure, designation, step, part_of(session))
    named = value_word("step", step, lang) if step else word("every_cause", lang)
    return [
        *head,
        section(
            f"{word('waterfall', lang)} {between}",
            bridge_parts.waterfall(steps, session),
            bridge_parts.steps_table(steps, step, session),
            downloads("ledger_steps", session),
        ),
        section(
            f"{named} · {firms_counted(firms.total, lang)}",
            bridge_parts.moved_table(firms.rows, session),
            pager(firms.total, session, PATH),
            downloads("ledger_firms", session),
            id=ids.MATCHING,
        ),
    ]


def _releases(asked: Reconciliation, ends: Ends, session: Session) -> html.Div:
    """From which release to which; the two days of one release are the last choice."""
    lang = session.lang
    runs = [{"value": run["run_id"], "label": f"{run['day']} · {run['run_id']}"} for run in asked.runs()]
    earlier: Sequence[dict[str, str]] = [
        {"value": "", "label": word("release_before", lang)},
        {"value": DAYS, "label": word("two_days", lang)},
        *runs,
    ]
    return html.Div(
        [
            dmc.Select(
                id=ids.BRIDGE_SINCE, label=word("since", lang), data=earlier, value=ends.since, allowDeselect=False
            ),
            dmc.Select(
                id=ids.BRIDGE_UNTIL,
                label=word("until", lang),
                data=runs,
                value=ends.until or (runs[0]["value"] if runs else None),
                allowDeselect=False,
            ),
        ],
        className="controls",
    )
