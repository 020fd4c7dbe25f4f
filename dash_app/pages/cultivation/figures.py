"""The pool as a board, a column for each state, and as a list; with filters and the steps of each member."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dash_app import ids
from dash_app.components.downloads import downloads
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import scrollable_table
from dash_app.components.sections import aria_label, scrollable, section
from dash_app.components.still import still
from dash_app.components.things import case_link, line
from dash_app.components.values import day
from dash_app.components.work_rows import FILTERS, wanted_of
from dash_app.pages.cultivation.frame import facet, href
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.casework.board import Board, MemberFilters

word = words_of("cultivation")
DUE = ("late", "month", "quarter")
"""The choices of the filter of what is due."""
CARDS = 20
"""Cards of a column before the link to the list."""
MEMBER = ("designation", "pool_state", "next_step", "due", "owner")


def pool(view: str, board: Board, session: Session, may_edit: bool) -> list[Any]:
    """The filters, and the members as a board or as a list."""
    lang = session.lang
    every = board.members()
    members = board.chosen(every, wanted_of(session))
    filters = _filters(every, board, session)
    if not members:
        return [filters, html.P(word("no_members", lang), className="state-empty")]
    if view == "list":
        return [filters, _listed(members, session)]
    return [filters, _board(members, board, session, may_edit)]


def _filters(members: Sequence[Row], board: Board, session: Session) -> html.Div:
    lang = session.lang
    states = Counter(row["state"] for row in members)
    titles = Counter((row["designation"], row[f"designation_{lang}"]) for row in members)
    owners = Counter(row["acting"] for row in members if row["acting"])
    in_states = [(state["state"], state[lang], states[state["state"]]) for state in board.states()]
    for_titles = [(key, text, count) for (key, text), count in sorted(titles.items())]
    due = {name: len(board.chosen(members, MemberFilters(due=name))) for name in DUE}
    parts = [
        facet("state", word("pool_state", lang), in_states, session),
        facet("designation", word("designation", lang), for_titles, session),
        facet("owner", word("owner", lang), [(name, name, count) for name, count in sorted(owners.items())], session),
        facet("due", word("due", lang), [(name, word(name, lang), count) for name, count in due.items()], session),
    ]
    is_on = any(session.address.get(name) for name in FILTERS)
    clear = [dcc.Link(word("clear", lang), href=href(session, **dict.fromkeys(FILTERS, "")))] if is_on else []
    return html.Div(
        [*parts, *clear, downloads("members", session)],
        className="work-filters",
        role="group",
        **aria_label(word("filters", lang)),
    )


def _board(members: Sequence[Row], board: Board, session: Session, may_edit: bool) -> html.Div:
    lang = session.lang
    columns, shown = [], []
    for state in board.states():
        own = [row for row in members if row["state"] == state["state"]]
        shown += own[:CARDS]
        columns.append((state, own))
    steps = board.steps(shown)
    drawn = [_column(state, own, steps, session, may_edit) for state, own in columns]
    return scrollable(html.Div(drawn, className="work-board"), word("board", lang))


def _column(
    state: Row, own: Sequence[Row], steps: Mapping[str, Sequence[Row]], session: Session, may_edit: bool
) -> Any:
    lang = session.lang
    cards = [_card(row, steps[row["firm_id"]], session, may_edit) for row in own[:CARDS]]
    rest = len(own) - CARDS
    more = dcc.Link(
        f"{word('more', lang)} {rest} {word('more_unit', lang)}", href=href(session, view="list", state=state["state"])
    )
    heading = html.H2([f"{state[lang]} ", html.Span(str(len(own)), className="quiet")], className="work-state")
    body = [html.Ul([html.Li(card) for card in cards], className="work-cards")] if cards else []
    return html.Div(
        [heading, *body, *([html.P(more)] if rest > 0 else [])], className="work-column" + ("" if own else " is-empty")
    )


def _card(row: Row, steps: Sequence[Row], session: Session, may_edit: bool) -> html.Div:
    lang = session.lang
    waiting = [step for step in steps if not step["can_be_given"]]
    ready = [step for step in steps if step["can_be_given"]]
    due = html.Div(
        f"{word('due', lang)} {day(row['due_on'])} {row[f'next_{lang}'] or ''}",
        className="work-due" + (" is-late" if row["is_late"] else ""),
    )
    why = [
        html.Details(
            [
                html.Summary(word("why_not", lang)),
                html.Ul([html.Li(f"{step[lang]}：{_reasons(step, lang)}") for step in waiting]),
            ],
            className="work-why",
        )
    ]
    owned = html.Div(f"{row[f'designation_{lang}']} · {row['acting'] or word('nobody', lang)}", className="quiet")
    return html.Div(
        [
            still(firm_link(row["firm_id"], row["name"], session), owned, *([due] if row["due_on"] else [])),
            *([html.Div([_button(row, step, lang) for step in ready], className="work-steps")] if may_edit else []),
            *([still(*why)] if waiting else []),
        ],
        className="work-card",
    )


def _button(row: Row, step: Row, lang: Lang) -> html.Button:
    waits = bool(step["reasons"])
    label = aria_label(f"{step[lang]} {row['name']}")
    sign = "… " if waits else ""
    button_id = ids.pool_step(row["firm_id"], step["step"])
    return html.Button(
        f"{sign}{step[lang]}", id=button_id, className="work-step" + (" waits" if waits else ""), **label
    )


def _reasons(step: Row, lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(reason[lang] for reason in step["reasons"])


def _listed(rows: Sequence[Row], session: Session) -> Any:
    lang = session.lang
    lines = [
        line([
            case_link(row, session), row[f"designation_{lang}"], row[f"state_{lang}"], row[f"next_{lang}"] or "–",
            f"{day(row['due_on'])}{' ✗ ' + word('late', lang) if row['is_late'] else ''}", row["acting"] or "–",
        ])
        for row in rows
    ]  # fmt: skip
    heads = [word("firm", lang), *(word(name, lang) for name in MEMBER)]
    return section(f"{word('members', lang)} {len(rows)}", scrollable_table(word("members", lang), heads, lines))
