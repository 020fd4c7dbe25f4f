"""A row of today: the firm, a sentence with figure and line, the next step, the button that records a contact."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dash_app import ids
from dash_app.components.firm_link import firm_link
from dash_app.components.sections import aria_label, section
from dash_app.components.still import still
from dash_app.components.values import day
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, words_of
from service.display import display
from service.wording.rendering import Counted

word = words_of("today")
TILES = ("held", "gained", "lost", "renewing", "not_applied", "at_risk")
"""The figures of a director, in their order."""


class Rows:
    """Makes the rows of a page; each button has a number of its own."""

    def __init__(self, session: Session, contacted: Mapping[str, Row], may_edit: bool) -> None:
        self._session, self._contacted, self._may_edit = session, contacted, may_edit
        self._drawn = 0

    def item(
        self, row: Row, sentence: str, about: str, *, do: Any = None, mark: Any = None, badge: str = ""
    ) -> html.Li:
        """A row; ``about`` is kept with the contact, ``do`` is the next step or the question."""
        lang, firm_id = self._session.lang, row["firm_id"]
        head: list[Any] = [firm_link(firm_id, row["name"], self._session)]
        head += [html.Span(badge, className="badge today-badge")] if badge else []
        head += [mark] if mark else []
        contact = self._contacted.get(firm_id)
        text = still(
            html.Div(head, className="today-head"),
            html.Div(sentence, className="today-sentence"),
            *([html.Div(do, className="today-do")] if do else []),
            *([html.Div(_contact(contact, lang), className="today-contacted")] if contact else []),
        )
        return html.Li([text, *self._button(firm_id, row["name"], about)], className="today-item")

    def _button(self, firm_id: str, name: str, about: str) -> list[html.Button]:
        if not self._may_edit:
            return []
        self._drawn += 1
        label = aria_label(f"{word('do', self._session.lang)} {name} {about}")
        button_id = ids.contact(self._drawn, firm_id, about)
        return [html.Button(word("do", self._session.lang), id=button_id, className="today-button", **label)]


def listed(items: Sequence[html.Li], lang: Lang) -> Any:
    """Rows as a list, or the word that there are none."""
    if not items:
        return html.P(word("nothing", lang), className="state-empty")
    return html.Ul(list(items), className="today-list")


def columns(first: Sequence[Any], beside: Sequence[Any]) -> html.Div:
    """Two columns, which lie beneath each other on a narrow screen."""
    parts = [html.Div(list(first), className="today-first"), html.Div(list(beside), className="today-beside")]
    return html.Div(parts, className="today-columns")


def block(title: str, total: int, *children: Any, lang: Lang, unit: str = "unit_items", hint: str = "") -> Any:
    """A block with how many it counts, of the ``unit`` that the words of today have under that name."""
    note = [html.P(hint, className="quiet today-hint")] if hint else []
    return section(f"{title} · {counted(total, unit, lang)}", *note, *children)


def counted(number: int, unit: str, lang: Lang) -> str:
    """As in ``3 家`` or ``1 firm``: the singular for one."""
    return word(unit, lang).format(n=Counted(number))


def more(total: int, shown: int, href: str, what: str, lang: Lang) -> list[Any]:
    """The link to all rows of a kind where some are beyond its ceiling."""
    if total <= shown:
        return []
    return [html.P(dcc.Link(word("more", lang).format(what=what, n=Counted(total - shown)), href=href))]


def days(left: int | None, lang: Lang) -> Any:
    """Working days left, by a word and a mark where they are few or past."""
    if left is None:
        return None
    name = "left_days" if left > 0 else "days_past" if left < 0 else "last_day"
    urgency = "is-past" if left < 0 else "is-urgent" if left <= display().urgent_working_days else ""
    return html.Span(word(name, lang).format(n=Counted(abs(left))), className=f"today-days {urgency}".strip())


def _contact(contact: Row, lang: Lang) -> str:
    last = f"{word('contacted_on', lang)} {contact['last_on']} · " if contact["last_on"] else ""
    return f"✓ {last}{word('next_on', lang)} {contact['next_on']}"


def planned(row: Row, lang: Lang) -> str:
    """Day to start and due day of what is due, in words."""
    note = "" if row["is_calendar_known"] else f" ※ {word('calendar_unknown', lang)}"
    return f"{word('start_by', lang)} {day(row['start_by'])} · {word('due_on', lang)} {day(row['due_on'])}{note}"
