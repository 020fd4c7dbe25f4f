"""A month as a grid, Monday to Sunday, with what lies on each day; the table of a day or of the month beneath."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dash import dcc, html

from dash_app.components.downloads import downloads
from dash_app.components.firm_link import firm_link
from dash_app.components.lists import scrollable_table
from dash_app.components.sections import scrollable, section
from dash_app.components.still import still
from dash_app.components.things import line
from dash_app.components.work_rows import firms_of, month_rows
from dash_app.pages.cultivation.frame import facet, href
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.casework import Casework
from service.casework.month import AT_MOST, last_of, month_of, weeks
from service.scope import LOCAL

word = words_of("cultivation")
FEED, ACCOUNT = "/calendar.ics", "/account"
KINDS = ("due", "start", "window", "visit", "task")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""What a day has, in the order in which it is shown."""


def month(work: Casework, session: Session) -> list[Any]:
    """The month of the address, of everybody or of the own firms of the user."""
    lang, today = session.lang, work.today
    first = month_of(session.address.get("month", ""), today)
    counts = work.month().counts(first, firms_of(work, session))
    chosen = session.day("day")
    rows = month_rows(work, session)
    return [
        facet("whose", word("whose", lang), [("mine", word("mine", lang), len(work.day().own_firms()))], session),
        html.Div(_steps(first, session), className="work-months"),
        still(scrollable(_grid(first, counts, today, chosen, session), word("calendar", lang))),
        _listed(rows, f"{chosen or first.strftime('%Y-%m')}", session),
    ]


def _steps(first: date, session: Session) -> list[Any]:
    lang = session.lang
    before, after = first - timedelta(days=1), last_of(first) + timedelta(days=1)
    links = [("before", before), ("after", after)]
    steps = [
        dcc.Link(word(name, lang), href=href(session, month=f"{on:%Y-%m}", day=""), className="chip")
        for name, on in links
    ]
    return [steps[0], html.Strong(f"{first:%Y-%m}"), steps[1], *_feed(session)]


def _feed(session: Session) -> list[html.A]:
    """The link to the calendar file, for who may export; of the own firms where those are shown."""
    if not session.scope.may("export"):
        return []
    kept = {name: value for name, value in session.address.items() if name == "whose"}
    links = [html.A(word("feed", session.lang), href=session.href(FEED, kept))]
    if session.scope.role != LOCAL:  # without accounts a calendar program on this machine may read the file itself
        links.append(html.A(word("subscribe", session.lang), href=session.of_installation.href(ACCOUNT)))
    return links


def _grid(first: date, counts: Mapping[date, Counter[str]], today: date, chosen: date | None, session: Session) -> Any:
    heads = [html.Th(value_word("weekday", name, session.lang), scope="col") for name in WEEKDAYS]
    rows = [
        html.Tr([_cell(on, on.month == first.month, counts.get(on, Counter()), today, chosen, session) for on in week])
        for week in weeks(first)
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="work-month")


def _cell(
    on: date, is_inside: bool, counted: Counter[str], today: date, chosen: date | None, session: Session
) -> html.Td:
    lang = session.lang
    names = ["is-today" if on == today else "", "is-chosen" if on == chosen else "", "" if is_inside else "is-outside"]
    lines = [
        html.Div(f"{word(kind, lang)} {counted[kind]}", className=f"work-{kind}") for kind in KINDS if counted[kind]
    ]
    number: Any = html.Span(str(on.day))
    if counted:
        number = dcc.Link(str(on.day), href=href(session, day="" if on == chosen else on.isoformat()))
    return html.Td([number, *lines], className=" ".join(filter(None, names)))


def _listed(rows: Sequence[Row], title: str, session: Session) -> Any:
    lang = session.lang
    if not rows:
        return section(title, html.P(word("nothing_then", lang), className="state-empty"))
    lines = [
        line([
            str(row["falls_on"]), word(row["kind"], lang), firm_link(row["firm_id"], row["name"], session),
            _what(row, lang), row["acting"] or "–",
        ])
        for row in rows
    ]  # fmt: skip
    note = [html.P(word("only_first", lang), className="quiet")] if len(rows) >= AT_MOST else []
    heads = [word(name, lang) for name in ("falls_on", "what_kind", "firm", "what", "acting")]
    return section(
        f"{title} · {len(rows):,}", downloads("calendar", session), *note, scrollable_table(title, heads, lines)
    )


def _what(row: Row, lang: Lang) -> str:
    return str(row.get("what") or f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}")
