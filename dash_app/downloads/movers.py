"""The list of movers."""

from collections.abc import Iterator
from typing import Any

from dash_app import routing
from dash_app.components.changes import changed
from dash_app.downloads.listed import ListFile, Told, text
from dash_app.session import Session
from service.queries.movers import Filters, order_of
from service.reader import ReleaseQueries

PAGE = "movers"
AND = {"zh": "、", "en": ", "}


def _rows(release: ReleaseQueries, session: Session) -> Iterator[dict[str, Any]]:
    lang, order = session.lang, order_of(session.address.get("sort", ""))
    for mover in release.files().movers(Filters.of(session.address), order):
        signals = mover["signals"]
        yield {
            **mover,
            "changed": changed(mover, lang),
            "signals_told": AND[lang].join(dict.fromkeys(signal[f"signal_{lang}"] for signal in signals)),
            "reasons": "\n".join(signal[f"reason_{lang}"] or "" for signal in signals),
        }


def _filters(release: ReleaseQueries, session: Session) -> Told:
    """The filters in words, in the order of the page."""
    lang, filters = session.lang, Filters.of(session.address)
    names = {row["kind"]: row[lang] for row in release.mover_totals(Filters())}
    names |= {title["designation"]: title[lang] for title in release.mover_choices().titles}
    told = []
    for name, value in vars(filters).items():
        parts = [value] if name in ("q", "incubator", "owner") else value.split(",")
        told += [(text(name, lang), AND[lang].join(names.get(part, part) for part in parts))] if value else []
    return told


LISTS = {"movers": ListFile(routing.AT_WORK, PAGE, _rows, _filters)}
