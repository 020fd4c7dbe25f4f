"""What every view of cultivation has: the tabs, links that filter, fields of a form, the button that sends it."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from dash_app import ids, routing
from dash_app.components.sections import aria_label
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of

word = words_of("cultivation")
VIEWS = ("board", "list", "calendar", "cases", "enter", "owners", "contests")
TITLES = {"contests": "contests_view"}
LINE, TEXT, DAY = "line", "text", "day"


def view_of(session: Session) -> str:
    """The view that the address names, the board where it names none."""
    view = session.address.get("view", "")
    return view if view in VIEWS else VIEWS[0]


def href(session: Session, **parameters: str) -> str:
    """The address of this page with some parameters changed; an empty one is left out."""
    kept = {name: value for name, value in session.address.items() if name != "lang"}
    changed = {name: value for name, value in {**kept, **parameters}.items() if value}
    return session.href(routing.CULTIVATION.path(), changed)


def tabs(view: str, session: Session) -> html.Nav:
    """The views, the present one marked."""
    lang = session.lang
    links = [
        dcc.Link(
            word(TITLES.get(name, name), lang),
            href=session.href(routing.CULTIVATION.path(), {"view": name}),
            className="work-tab" + (" chosen" if name == view else ""),
        )
        for name in VIEWS
    ]
    return html.Nav(links, className="work-tabs", **aria_label(word("view", lang)))


def facet(name: str, title: str, choices: Sequence[tuple[str, str, int]], session: Session) -> html.Div:
    """A filter as links: value, word and how many; the chosen one is taken off by another click."""
    chosen = session.address.get(name, "")
    links = [
        dcc.Link(
            [f"{text} ", html.B(str(count))],
            href=href(session, **{name: "" if value == chosen else value}),
            className="chip" + (" chosen" if value == chosen else ""),
        )
        for value, text, count in choices
    ]
    heading = html.Span(title, className="work-facet quiet")
    return html.Div([heading, *links] if links else [], className="chips work-chips")


def fields(act: str, named: Mapping[str, str], lang: Lang, filled: Mapping[str, str] | None = None) -> list[Any]:
    """The fields of a form, each with how it is typed."""
    return [field(act, name, word(name, lang), kind, (filled or {}).get(name, "")) for name, kind in named.items()]


def field(act: str, name: str, label: str, kind: str = LINE, value: str = "", number: str = "") -> Any:
    """An input by ``kind``: line, text of several lines, or date."""
    common: dict[str, Any] = {"id": ids.work_field(act, name, number), "label": label, "value": value}
    if kind == TEXT:
        return dmc.Textarea(**common, autosize=True, minRows=2)
    day = {"attributes": {"input": {"type": "date"}}} if kind == DAY else {}
    return dmc.TextInput(**common, **day)


def send(act: str, text: str, number: str = "", **options: Any) -> dmc.Button:
    """The button that sends the form of an act, and of what it is about."""
    return dmc.Button(text, id=ids.work(act, number), **options)
