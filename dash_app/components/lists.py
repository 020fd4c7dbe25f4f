"""Parts of pages whose whole state is their address: choices, pages of a list, tables that scroll, empty states."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash import dcc, html

from dash_app.components.sections import aria_label, scrollable, table
from dash_app.components.still import Still, still
from dash_app.components.values import count
from dash_app.session import Session
from dash_app.wording.loader import SHARED, Lang, words_of
from service.errors import BadInput
from service.queries.release.records import Slice

word = words_of(SHARED)
PAGE_ROWS = 50
EVERY_ROW = Slice(10_000_000, 0)
"""A whole list, for a file of it."""


def with_changes(session: Session, path: str, **changes: str) -> str:
    """The present address with other parameters; an empty one is left out, and a changed list begins on page one."""
    return session.href(path, _changed(session, changes))


def search_with(session: Session, **changes: str) -> str:
    """The query of ``with_changes``, for a callback that changes the address of the page that is open."""
    return f"?{session.query(_changed(session, changes))}"


def _changed(session: Session, changes: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in session.address.items() if name not in ("lang", "page")}
    return {name: value for name, value in {**kept, **changes}.items() if value}


def part_of(session: Session) -> Slice:
    """The rows of a list that the address shows."""
    return Slice(PAGE_ROWS, (_page(session) - 1) * PAGE_ROWS)


def _page(session: Session) -> int:
    words = session.address.get("page", "1")
    return max(1, min(int(words), 10_000)) if words.isascii() and words.isdigit() else 1


def choices(
    name: str, options: Iterable[tuple[str, str]], field: str, chosen: str, session: Session, path: str
) -> Still:
    """Links under a name, one of which is chosen: each is the present address with another value of ``field``."""
    links = [
        html.A(label, href=with_changes(session, path, **{field: value}), **_link(value == chosen))
        for value, label in options
    ]
    return still(html.Nav([html.Span(name, className="quiet choice"), *links], className="chips", **aria_label(name)))


def _link(is_chosen: bool) -> Any:
    chosen = {"className": "chip chosen", "aria-current": "true"}
    return {"data-go": "", **(chosen if is_chosen else {"className": "chip"})}


def scrollable_table(name: str, heads: Iterable[Any], rows: Sequence[html.Tr], **attributes: Any) -> Still:
    """A table that scrolls within the page where it is wide, reached by keyboard under its name."""
    return still(scrollable(table(heads, rows, **attributes), name))


def line(head: Any, cells: Iterable[Any], **attributes: Any) -> html.Tr:
    """A row under its own heading; a number is set as a figure."""
    return html.Tr([html.Th(head, scope="row"), *map(_cell, cells)], **attributes)


def _cell(content: Any) -> html.Td:
    return content if isinstance(content, html.Td) else html.Td(content)


def figure_cell(content: Any) -> html.Td:
    """A cell whose digits stand under each other."""
    return html.Td(content, className="figure")


def counted_link(firms: int | None, href: str, lang: Lang) -> Any:
    """A number of firms as the link to them; zero is none, and a hidden one is marked."""
    if firms is None:
        return html.Span(word("hidden", lang), className="state-unknown")
    return dcc.Link(count(firms), href=href, className="count") if firms else html.Span("0", className="state-zero")


def pager(total: int, session: Session, path: str) -> Still | None:
    """The way through a list of several pages; None for one."""
    page, pages, lang = _page(session), -(-total // PAGE_ROWS), session.lang
    if pages <= 1:
        return None
    ways = [(word("previous", lang), page - 1), (word("next_page", lang), page + 1)]
    links = [
        dcc.Link(name, href=with_changes(session, path, page=str(to)), className="chip")
        for name, to in ways
        if 1 <= to <= pages
    ]
    where = html.Span(f"{word('page_number', lang)} {page} / {pages}", className="quiet")
    return still(html.Nav([where, *links], className="chips pager", **aria_label(word("list_pages", lang))))


def state(kind: str, text: str) -> html.P:
    """Why there is nothing: ``kind`` is empty, unknown, forbidden or closed."""
    return html.P(text, className=f"state state-{kind}")


def refused(error: BadInput, lang: Lang) -> html.P:
    """What an address asks for that there is not, and the way out."""
    text = error.zh if lang == "zh" else error.en
    return html.P(f"{word('refused', lang)}: {text}", className="refused", role="alert")
