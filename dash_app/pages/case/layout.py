"""The layout of a case: who owns the firm, forms, what is open about it, pool, visits, what is due, history."""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.things import THINGS, things
from dash_app.pages.case.contest import contest_fold
from dash_app.pages.case.contests import CONTEST, contests
from dash_app.pages.case.figures import due, history, pool, visits
from dash_app.pages.case.forms import forms
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.casework import Casework
from service.reader import ReleaseQueries

word = words_of("case")


def layout(release: ReleaseQueries, session: Session, firm_id: str) -> html.Div:
    """The page of a case, or the notice that there is no such firm."""
    lang = session.lang
    title = routing.CULTIVATION.title(lang)
    back = dcc.Link(f"← {title}", href=session.href(routing.CULTIVATION.path()), className="back")
    body = case_body(release.casework(session.scope), session, firm_id)
    if body is None:
        body = [html.H1(word("no_firm", lang)), html.P(word("no_firm_hint", lang))]
    notice = html.Div(id=ids.CASE_NOTICE, role="status")
    changed = html.Button(
        id=ids.CASE_CHANGED, hidden=True
    )  # the form of a contest, which is sent with files, presses it
    return page([back, notice, html.Div(body, id=ids.CASE_BODY), changed], session, release.freshness())


def case_body(work: Casework, session: Session, firm_id: str) -> list[Any] | None:
    """Everything of a case; None where there is no such firm in the scope."""
    lang, case = session.lang, work.case(firm_id)
    if case is None:
        return None
    steps = work.steps(firm_id, case["pool"])
    opened = [
        things(kind, case[several], lang)
        for kind, several in THINGS.items()
        if case[several] and kind != CONTEST  # which have a table of their own
    ]
    contested = [row for row in work.contesting().rows(with_ended=True) if row["firm_id"] == firm_id]
    worded = [
        *(opened or ([] if case["contests"] else [html.P(word("nothing_open", lang), className="state-empty")])),
        contests(contested, firm_id, case["firm"]["incubator"], session),
        *(due(case["due"], lang) if case["due"] else []),
        pool(case["pool"], steps, lang),
        *(visits(case["visits"], lang) if case["visits"] else []),
        *history(case["history"], lang),
    ]
    own = _forms(case, steps, work, session) if work.may_edit else []
    return [
        html.H1(case["firm"]["name"]),
        html.P([f"{firm_id} · ", _owner(case["owner"], lang), " · ", _link(firm_id, session)]),
        html.Div([html.Div(worded), *([html.Div(own)] if own else [])], className="case-columns"),
    ]


def _link(firm_id: str, session: Session) -> dcc.Link:
    return dcc.Link(routing.FIRM.title(session.lang), href=session.href(routing.FIRM.path(firm_id=firm_id)))


def _forms(case: Row, steps: Sequence[Row], work: Casework, session: Session) -> list[Any]:
    """The forms, and what they were drawn with: a number against double clicks, the version of each thing."""
    firm_id, request = case["firm"]["firm_id"], token_hex(8)
    versions = {row["number"]: row["version"] for several in THINGS.values() for row in case[several]}
    versions["pool"] = case["pool_version"]
    drawn = {"firm_id": firm_id, "request": request, "versions": versions}
    study = work.study(firm_id)
    contest = contest_fold(firm_id, study.contestable() if study else [], request, session)
    return [dcc.Store(id=ids.CASE_DRAWN, data=drawn), forms(case, steps, work.titles(), contest, session.lang)]


def _owner(owner: Row | None, lang: Lang) -> str:
    if owner is None:
        return word("no_owner", lang)
    deputy = f" · {word('deputy', lang)} {owner['deputy']}" if owner["deputy"] else ""
    return f"{word('owner', lang)} {owner['owner']}{deputy}"
