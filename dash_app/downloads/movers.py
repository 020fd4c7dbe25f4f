"""The list of movers, a row a firm or a row a firm and title, as its page shows it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from dash_app import routing
from dash_app.components.changes import changed
from dash_app.components.values import joined
from dash_app.downloads.listed import ListFile, Worded, text
from dash_app.pages.movers.facets import shown
from dash_app.pages.movers.figures import signal_names
from dash_app.pages.movers.state import State
from dash_app.session import Session
from dash_app.wording.loader import value_word
from service.queries.movers.mover_filters import Rows
from service.reader import ReleaseQueries

PAGE = "movers"


def _rows(release: ReleaseQueries, session: Session, rows: Rows) -> Iterator[dict[str, Any]]:
    state, lang = State.of(session.address), session.lang
    for mover in release.mover_list(rows).every(state.filters, state.sort):
        signals = mover["signals"]
        yield {
            **mover,
            "changed": changed(mover, lang),
            "signal_names": joined(signal_names(signals, lang), lang) if signals else "",
            "reasons": "\n".join(signal[f"reason_{lang}"] or "" for signal in signals),
            "holds": text("yes" if mover.get("is_held") else "no", lang),
            "answer": value_word("outcome", mover.get("outcome"), lang),
        }


def _filters(release: ReleaseQueries, session: Session, rows: Rows) -> Worded:
    """The filters in words, in the order of the page."""
    state, lang = State.of(session.address), session.lang
    choices = release.mover_list(rows).facets(state.filters)
    return [(text(field, lang), shown(field, value, choices, lang)) for field, value in state.chosen.items()]


def _list(rows: Rows) -> ListFile:
    return ListFile(routing.AT_WORK, PAGE, partial(_rows, rows=rows), partial(_filters, rows=rows))


LISTS = {"movers": _list("firms"), "movers-titles": _list("titles")}
