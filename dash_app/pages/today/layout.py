"""The layout of today: by the role of the user, or by the view that the user of this machine chooses."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.sections import aria_label
from dash_app.components.values import firms_counted
from dash_app.components.work_rows import whole_of
from dash_app.pages.today.figures import alerts, work
from dash_app.pages.today.zone import doubts, overview
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.case_rules import case_rules
from service.reader import ReleaseQueries
from service.scope import LOCAL
from service.today import AT_INCUBATOR, AT_OFFICE, Today

word = words_of("today")
VIEWS = ("officer", "director", "statistician", "incubator")


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``view`` in the address chooses a role's view on this machine, ``whole=1`` all firms of the scope."""
    lang = session.lang
    if not session.scope.may("see"):
        notice = [
            html.P(word("no_firms", lang)),
            dcc.Link(word("to_admin", lang), href=session.href(routing.ADMIN.path())),
        ]
        return page(
            [html.H1(routing.TODAY.title(lang)), html.Div(notice, className="state-forbidden")],
            session,
            release.freshness(),
        )
    return page(
        [
            html.Div(id=ids.TODAY_NOTICE, role="status"),
            html.Div(today_body(release, session), id=ids.TODAY_BODY),
            dcc.Store(id=ids.TODAY_DRAWN, data={"request": token_hex(8)}),
            dcc.Store(id=ids.TODAY_CONTACT),
            _contact_form(session),
        ],
        session,
        release.freshness(),
    )


def today_body(release: ReleaseQueries, session: Session) -> list[Any]:
    """Everything but the form, which stays as it was typed when this is drawn anew."""
    today = release.today(session.scope)
    view = _view(session)
    return [
        html.H1([routing.TODAY.title(session.lang), html.Span(f" {today.day.today}", className="today-day")]),
        *(_views(view, session) if session.scope.role == LOCAL else []),
        *alerts(today.alerts(), session),
        *_content(view, today, session),
    ]


def _view(session: Session) -> str:
    if session.scope.role != LOCAL:
        return session.scope.role
    chosen = session.address.get("view", "")
    return chosen if chosen in VIEWS else VIEWS[0]


def _content(view: str, today: Today, session: Session) -> list[Any]:
    if view == "director":
        return overview(today.overview(), session)
    if view == "statistician":
        return [doubts(today.doubts(), session)]
    whole = whole_of(session)
    is_incubator = view == "incubator"
    matching = today.work(AT_INCUBATOR if is_incubator else AT_OFFICE, True if is_incubator else whole)
    chips = [] if is_incubator else _whose(matching.is_mine, matching.own, session)
    return [*chips, work(matching, session, session.scope.may("edit"))]


def _whose(is_mine: bool, own: int, session: Session) -> list[Any]:
    lang = session.lang
    mine = f"{word('mine', lang)} {firms_counted(own, lang)}"
    chips = [
        _chip(mine, {"whole": "0"}, is_mine, session),
        _chip(word("whole", lang), {"whole": "1"}, not is_mine, session),
    ]
    return [html.Nav(chips, className="chips", **aria_label(word("of_whom", lang)))]


def _views(view: str, session: Session) -> list[Any]:
    chips = [_chip(word(name, session.lang), {"view": name}, name == view, session) for name in VIEWS]
    return [html.Nav(chips, className="chips", **aria_label(word("view", session.lang)))]


def _chip(name: str, parameters: Mapping[str, str], is_chosen: bool, session: Session) -> dcc.Link:
    kept = {key: value for key, value in session.address.items() if key in ("view", "whole")}
    href = session.href(routing.TODAY.path(), {**kept, **parameters})
    return dcc.Link(name, href=href, className="chip" + (" chosen" if is_chosen else ""))


def _contact_form(session: Session) -> dmc.Modal:
    """The form of a contact: outcome, day, save; the other fields need not be filled in."""
    lang = session.lang
    outcomes = dmc.Stack(
        [dmc.Radio(getattr(words, lang), value=name) for name, words in case_rules().contacts.items()], gap=8
    )
    day = {"attributes": {"input": {"type": "date"}}}
    fields = [
        html.P(id=ids.TODAY_ABOUT, className="today-about"),
        dmc.RadioGroup(outcomes, id=ids.TODAY_OUTCOME, label=word("outcome", lang)),
        dmc.TextInput(id=ids.TODAY_NEXT, label=word("next_day", lang), description=word("next_hint", lang), **day),
        dmc.Textarea(id=ids.TODAY_NOTE, label=word("note", lang), autosize=True, minRows=2),
        html.Div(id=ids.TODAY_REFUSED),
        dmc.Button(word("save", lang), id=ids.TODAY_SAVE),
    ]
    return dmc.Modal(
        dmc.Stack(fields, gap="sm"),
        id=ids.TODAY_FORM,
        title=word("contact", lang),
        opened=False,
        className="today-form",
        closeButtonProps=aria_label("×"),
    )
