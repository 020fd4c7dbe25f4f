"""The list of the movers as a table that a narrow screen shows as cards: a row a firm, or a row a firm and title."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash_app.components import elements
from dash_app.components.badges import HIDDEN, SIGNS
from dash_app.components.changes import changed
from dash_app.components.firm_link import to_firm
from dash_app.components.sections import aria_label
from dash_app.components.still import GO, KEEPS_PLACE, Written
from dash_app.components.values import count, day, money, percent
from dash_app.pages.movers.state import COLUMNS, State
from dash_app.rows import Row
from dash_app.session import Session
from dash_app.wording.loader import Lang, value_word, words_of
from service.queries.movers.mover_list import sortable

word = words_of("movers")


def listed(rows: Sequence[Row], state: State, session: Session) -> Written:
    """The table of some rows; a heading is the link that sorts by its column."""
    columns = [*COLUMNS, *state.further]
    heads = [_head(name, state, session) for name in columns]
    body = [elements.Tr([_cell(name, row, session) for name in columns]) for row in rows]
    return elements.Table(
        [elements.Caption(word("caption", session.lang)), elements.Thead(elements.Tr(heads)), elements.Tbody(body)],
        className=f"movers further-{len(state.further)}",
    )


def _head(name: str, state: State, session: Session) -> Written:
    text, by = word(name, session.lang), state.sort.removeprefix("-")
    if name not in sortable():
        return elements.Th(text, scope="col", className=f"of-{name}")
    is_falling = state.sort.startswith("-")
    next_sort = {"": name, name: f"-{name}", f"-{name}": ""}.get(state.sort, name)
    sign = ("▼" if is_falling else "▲") if by == name else ""
    order: dict[str, Any] = {"aria-sort": "descending" if is_falling else "ascending"} if by == name else {}
    link = elements.A(
        [text, elements.Span(sign, className="sorted", **HIDDEN)],
        href=state.href(session, sort=next_sort),
        **KEEPS_PLACE,
    )
    return elements.Th(link, scope="col", className=f"of-{name}", **order)


def _cell(name: str, row: Row, session: Session) -> Written:
    content = CELLS[name](row, session)
    labelled: dict[str, Any] = {"data-label": word(name, session.lang)}
    if name == "name":
        return elements.Th(content, scope="row", className="of-name")
    return elements.Td(content, className=f"of-{name}", **labelled)


def _held(row: Row, session: Session) -> str:
    lang = session.lang
    if "title" not in row:
        return row[f"titles_{lang}"] or "–"
    return f"{row[f'title_{lang}']} · {word('is_held' if row['is_held'] else 'not_held', lang)}"


def _met(row: Row, session: Session) -> str:
    if "title" in row:
        return value_word("outcome", row["outcome"], session.lang)
    return row[f"met_{session.lang}"] or "–"


def _signal(row: Row, session: Session) -> list[Any]:
    """The first signal with its whole reason, and the others by name."""
    signals, lang = row["signals"], session.lang
    if not signals:
        return ["–"]
    first, *others = signals
    also = [elements.Span(text, className="badge signal also") for text in signal_names(others, lang)]
    return [
        elements.Span(first[f"signal_{lang}"], className="badge signal"),
        f" {first[f'reason_{lang}']}",
        elements.Div([word("also", lang), *also], className="others") if also else None,
    ]


def signal_names(signals: Sequence[Row], lang: Lang) -> list[str]:
    """Each signal with the title that it is about: a firm may have it of several."""
    return [f"{signal[f'signal_{lang}']} {signal[f'designation_{lang}'] or ''}".strip() for signal in signals]


def _due(row: Row, session: Session) -> list[Any]:
    lang = session.lang
    due_on, what = (row["valid_to"], None) if "title" in row else (row["due_on"], row[f"due_{lang}"])
    if due_on is None:
        return ["–"]
    return [elements.Div(day(due_on), className="figure"), elements.Div(what, className="quiet") if what else None]


def _owner(row: Row, session: Session) -> Any:
    acting = row["acting"] or row["officer"]
    return acting or elements.Span(word("nobody", session.lang), className="quiet")


def _of(column: str, shown: Callable[[Any], str]) -> Callable[[Row, Session], str]:
    return lambda row, _: shown(row[column])


def _revenue(row: Row, session: Session) -> str:
    return money(row["revenue_y0_fen"], session.lang)


def _change(row: Row, session: Session) -> Written:
    sign = elements.Span(SIGNS.get(row["change"], ""), **HIDDEN)
    return elements.Span([sign, " ", changed(row, session.lang)], className=f"badge move-{row['change']}")


CELLS: Mapping[str, Callable[[Row, Session], Any]] = {
    "name": lambda row, session: elements.A(row["name"], **to_firm(row["firm_id"], session)),
    "held": _held,
    "met": _met,
    "change": _change,
    "signal": _signal,
    "next": lambda row, session: row[f"next_{session.lang}"] or "–",
    "due_on": _due,
    "owner": _owner,
    "incubator": lambda row, _: row["incubator"] or "–",
    "revenue": _revenue,
    "growth": _of("revenue_growth_1y_pct", percent),
    "rd_share": _of("rd_share_y0_pct", percent),
    "staff": _of("staff_end_y0", count),
}
"""What stands in each column."""


def pages(rows: int, of_page: int, state: State, session: Session) -> Written | None:
    """The links to the pages before and after, and which rows these are."""
    last = -(-rows // of_page)
    if last <= 1:
        return None
    lang, here = session.lang, min(state.page, last)
    start = (here - 1) * of_page
    which = f"{count(start + 1)}–{count(min(start + of_page, rows))} / {count(rows)}"
    steps = [("first", 1), ("before", here - 1), ("after", here + 1), ("last", last)]
    return elements.Nav(
        [_step(name, page, here, last, state, session) for name, page in steps[:2]]
        + [elements.Span(which, className="figure")]
        + [_step(name, page, here, last, state, session) for name, page in steps[2:]],
        className="pages",
        **aria_label(word("pages", lang)),
    )


def _step(name: str, page: int, here: int, last: int, state: State, session: Session) -> Any:
    text = word(name, session.lang)
    if page == here or not 1 <= page <= last:
        return elements.Span(text, className="quiet")
    return elements.A(text, href=state.href(session, page=page), **GO)
