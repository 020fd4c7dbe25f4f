"""The layout of cultivation: everything open, of whoever asks or of all, and the members of the pool."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Dash, dcc, html

from dash_app import routing
from dash_app.components.page import page
from dash_app.components.sections import aria_label, section, table
from dash_app.components.values import day
from dash_app.pages.case.layout import things, today, word
from dash_app.session import Session
from service.reader import ReleaseQueries, Service

Row = Mapping[str, Any]
WHOSE = "whose"
MEMBER = ("firm", "designation", "state", "next_step", "due_on")


def register(app: Dash, service: Service) -> None:
    """Nothing on this page changes without a new address."""


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``whose=mine`` in the address keeps what is the own work of who asks."""
    lang, is_mine = session.lang, session.address.get(WHOSE) == "mine"
    work = release.casework(session.scope)
    opened = work.open(today(), session.scope.who if is_mine else None)
    sections = [things(f"{name}s", rows, lang, with_firm=_linking(session)) for name, rows in opened.items() if rows]
    return page(
        [
            html.H1(routing.CULTIVATION.title(lang)),
            html.Nav(
                [_chip("all", not is_mine, session), _chip("mine", is_mine, session)],
                className="chips",
                **aria_label(word("which", lang)),
            ),
            *(sections or [html.P(word("nothing_open", lang))]),
            _members(work.members(today()), session),
        ],
        session,
        release.freshness(),
    )


def _chip(whose: str, is_chosen: bool, session: Session) -> dcc.Link:
    parameters = [*(["lang=en"] if session.lang == "en" else []), *([f"{WHOSE}=mine"] if whose == "mine" else [])]
    path = routing.CULTIVATION.path() + ("?" + "&".join(parameters) if parameters else "")
    return dcc.Link(word(whose, session.lang), href=path, className="chip" + (" chosen" if is_chosen else ""))


def _linking(session: Session) -> Any:
    def link(row: Row) -> dcc.Link:
        return dcc.Link(row["name"], href=session.href(routing.CASE.path(firm_id=row["firm_id"])))

    return link


def _members(rows: Sequence[Row], session: Session) -> Any:
    lang, link = session.lang, _linking(session)
    if not rows:
        return html.P(word("no_members", lang), className="quiet")
    lines = [
        html.Tr(
            [
                html.Td(link(row)),
                html.Td(row[f"designation_{lang}"]),
                html.Td(row[f"state_{lang}"]),
                html.Td(row[f"due_{lang}"] or "–"),
                html.Td(day(row["due_on"])),
            ]
        )
        for row in rows
    ]
    heads = [word(name, lang) for name in MEMBER]
    return section(f"{word('members', lang)} {len(rows)}", html.Div(table(heads, lines), className="wide"))
