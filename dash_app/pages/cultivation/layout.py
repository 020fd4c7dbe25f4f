"""The layout of cultivation: everything open, of whoever asks or of all, and the members of the pool."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Dash, dcc, html

from dash_app import routing
from dash_app.components.page import page
from dash_app.components.sections import aria_label, section, table
from dash_app.components.things import case_link, line, things_of_firms, today
from dash_app.components.values import day
from dash_app.session import Session
from dash_app.wording.loader import words_of
from service.reader import ReleaseQueries, Service

word = words_of("cultivation")
Row = Mapping[str, Any]
MEMBER = ("firm", "designation", "state", "next_step", "due_on")


def register(app: Dash, service: Service) -> None:
    """Nothing on the page changes without a new address."""


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page; ``whose=mine`` in the address keeps what is the own work of who asks."""
    lang, is_mine = session.lang, session.address.get("whose") == "mine"
    work = release.casework(session.scope)
    opened = work.open(today(), session.scope.who if is_mine else None)
    sections = [things_of_firms(kind, rows, session) for kind, rows in opened.items() if rows]
    chips = [
        _chip(word("everybody", lang), {}, not is_mine, session),
        _chip(word("mine", lang), {"whose": "mine"}, is_mine, session),
    ]
    return page(
        [
            html.H1(routing.CULTIVATION.title(lang)),
            html.Nav(chips, className="chips", **aria_label(word("whose", lang))),
            *(sections or [html.P(word("nothing_open", lang))]),
            _members(work.members(today()), session),
        ],
        session,
        release.freshness(),
    )


def _chip(name: str, parameters: Mapping[str, str], is_chosen: bool, session: Session) -> dcc.Link:
    href = session.href(routing.CULTIVATION.path(), parameters)
    return dcc.Link(name, href=href, className="chip" + (" chosen" if is_chosen else ""))


def _members(rows: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    if not rows:
        return html.P(word("no_members", lang), className="quiet")
    lines = [
        line([
            case_link(row, session), row[f"designation_{lang}"], row[f"state_{lang}"], row[f"due_{lang}"] or "–",
            day(row["due_on"]),
        ])
        for row in rows
    ]  # fmt: skip
    heads = [word(name, lang) for name in MEMBER]
    return section(f"{word('members', lang)} {len(rows)}", html.Div(table(heads, lines), className="wide"))
