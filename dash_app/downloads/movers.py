"""The list of movers, a row a firm or a row a firm and title, as the state in the address has it."""

from collections.abc import Iterator
from typing import Any

from dash_app import routing
from dash_app.components.changes import changed
from dash_app.downloads.listed import ListFile, Told, text
from dash_app.pages.movers.state import State
from dash_app.session import Session
from dash_app.wording.loader import value_word
from service.queries.records import Part
from service.reader import ReleaseQueries

PAGE = "movers"
AND = {"zh": "、", "en": ", "}
AT_ONCE = 5_000
"""A file is read in parts of so many rows, so that memory stays flat."""


def _rows(release: ReleaseQueries, session: Session) -> Iterator[dict[str, Any]]:
    state, start = State.of(session.address), 0
    listed = release.mover_list(state.rows)
    while rows := listed.page(state.asked, state.sort, Part(AT_ONCE, start)):
        yield from (_told(row, session) for row in rows)
        start += AT_ONCE


def _told(mover: dict[str, Any], session: Session) -> dict[str, Any]:
    lang, signals = session.lang, mover["signals"]
    return {
        **mover,
        "changed": changed(mover, lang),
        "signals_told": AND[lang].join(dict.fromkeys(signal[f"signal_{lang}"] for signal in signals)),
        "reasons": "\n".join(signal[f"reason_{lang}"] or "" for signal in signals),
        "answer": value_word("outcome", mover.get("outcome"), lang),
        "is_held_word": text("yes" if mover.get("is_held") else "no", lang),
    }


def _filters(release: ReleaseQueries, session: Session) -> Told:
    """The filters in words, in the order of the page."""
    lang, state = session.lang, State.of(session.address)
    facets = release.mover_list(state.rows).facets(state.asked)
    told = []
    for name, value in state.chosen.items():
        names = {choice.value: getattr(choice, lang) or choice.value for choice in facets.get(name, ())}
        parts = value.split(",") if name in ("change", "signal") else [value]
        told.append((text(name, lang), AND[lang].join(names.get(part, part) for part in parts)))
    return told


LISTS = {name: ListFile(routing.AT_WORK, PAGE, _rows, _filters) for name in ("movers", "titles")}
