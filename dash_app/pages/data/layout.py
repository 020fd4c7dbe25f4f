"""The layout of data: one part of it at a time, each with an address of its own."""

from collections.abc import Callable, Mapping
from typing import Any

from dash import html

from dash_app import ids, routing
from dash_app.components.page import page
from dash_app.components.still import Still
from dash_app.components.values import count
from dash_app.pages.data.decided import decided
from dash_app.pages.data.feeds import feeds
from dash_app.pages.data.names import names
from dash_app.pages.data.quarantine import quarantine
from dash_app.pages.data.releases import releases
from dash_app.pages.data.suppliers import suppliers
from dash_app.pages.data.totals import totals
from dash_app.pages.data.units import units
from dash_app.pages.data.view import View, chip, chips, empty
from dash_app.session import Session
from service.reader import ReleaseQueries

PARTS: Mapping[str, Callable[[View], list[Any]]] = {
    "feeds": feeds,
    "quarantine": quarantine,
    "units": units,
    "names": names,
    "suppliers": suppliers,
    "totals": totals,
    "releases": releases,
    "decided": decided,
}
"""The parts of the page, by the parameter ``part``."""
FIRST = "feeds"
COUNTED = {"feeds": "feeds_late"}
"""Parts of which not all rows are counted, with the word for those that are."""


def layout(release: ReleaseQueries, session: Session) -> html.Div:
    """The page with the part that the address names."""
    title = html.H1(routing.DATA.title(session.lang))
    notice = html.Div(id=ids.DATA_NOTICE, role="status")
    body = html.Div(data_body(release, session), id=ids.DATA_BODY)
    return page([title, notice, body], session, release.freshness())


def data_body(release: ReleaseQueries, session: Session) -> list[Any]:
    """Tabs with what waits in each, and the part; for narrower scopes than the zone a sentence instead."""
    view = View(release.data(), session, release.data_work(session.scope).may_edit)
    if not view.data.is_of_zone:
        return [empty(view.word("zone_only"), "forbidden")]
    chosen = view.asked("part") if view.asked("part") in PARTS else FIRST
    return [_tabs(view, chosen), *PARTS[chosen](view)]


def _tabs(view: View, chosen: str) -> Still:
    waiting = {**view.data.counts(), "decided": sum(row["waits"] for row in view.data.decided())}
    links = [
        chip(f"{view.word(COUNTED.get(part, part))} {count(waiting[part])}" if waiting.get(part) else view.word(part),
             view.href({"part": part}), part == chosen)
        for part in PARTS
    ]  # fmt: skip
    return chips(links, view.word("parts"))
