"""An English page has English units, names parks, and links its figures: every page is drawn and its texts are read."""

import json
import re
from collections.abc import Iterator
from importlib import import_module

import flask
import pytest
from plotly.utils import PlotlyJSONEncoder

from dash_app import routing
from dash_app.pages.movers.facets import named
from dash_app.session import Session, set_scope
from service.queries.movers.mover_list import Choice
from service.reader import Service
from service.scope import single_user
from service.wording.rendering import park_name
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("two-languages")

UNIT = re.compile(
    r"[\d%)）]\s*(?:[千百]?万|亿)?(?:元|美元|欧元|人|家|项|件|年|月|日|天|个百分点|分)(?![\u4e00-\u9fff])"
    r"|[(（/]\s*(?:[千百]?万元|亿元|元|年|家|人|件|项)\s*(?:[)）/]|$)|万元|亿元|个百分点"
)
"""A Chinese unit: after a figure, or by itself between brackets; not within a name or a clause."""
AS_DELIVERED = re.compile(r"\d元$")
"""A value of a delivered file, which stands as it was filed."""
STATES = {
    "movers": {"firm": "{firm}", "rows": "titles", "columns": "incubator,revenue,growth,rd_share,staff"},
    "flows": {"view": "groups", "by": "park"},
    "targets": {"view": "monitoring", "measure": "rd_share", "year": "2025"},
    "what_if": {"edition": "gazelle/CN/2022", "t.revenue_growth": "15%"},
    "rules": {"edition": "hnte/CN/2016"},
    "data": {"part": "units"},
}
"""Addresses of pages besides those that each opens with."""


@pytest.fixture(scope="module")
def service(released: Home) -> Service:
    return Service(released)


def texts_of(service: Service, route: routing.Route, firm: str, address: dict[str, str]) -> Iterator[str]:
    """Every text of a page in English, of its still parts too, without markup."""
    session = Session({name: value.format(firm=firm) for name, value in address.items()}, "en", single_user())
    parameters = route.parameters(route.path(**({"firm_id": firm} if "{firm_id}" in route.pattern else {}))) or {}
    with flask.Flask("test").test_request_context(), service.release(single_user()) as release:
        set_scope(single_user())
        drawn = import_module(route.module).layout(release, session, **parameters)
        content = json.loads(json.dumps(drawn, cls=PlotlyJSONEncoder))
    for text in _texts(content):
        yield from filter(None, (part.strip() for part in re.split(r"<[^>]*>", text)))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(child)


@pytest.mark.rule("two-languages", "one language at a time: English pages are English to the unit")
@pytest.mark.parametrize("route", routing.ROUTES, ids=lambda route: route.name)
def test_no_english_page_has_a_chinese_unit(service: Service, published: Published, route: routing.Route) -> None:
    (row,) = published.rows("select firm_id from core_firm__held where designation = 'gazelle' order by 1 limit 1")
    addresses = [{}, STATES[route.name]] if route.name in STATES else [{}]

    shown = [text for address in addresses for text in texts_of(service, route, row["firm_id"], address)]

    assert len(shown) > 5
    assert [text for text in shown if UNIT.search(text) and not AS_DELIVERED.search(text)] == []


@pytest.mark.parametrize(
    "text", ["at least 1000 万元", "15 年 · GB/T 41464", "100 人", "Revenue (万元)", "3 家", "元/年"]
)
def test_a_chinese_unit_is_recognised(text: str) -> None:
    assert UNIT.search(text)


def test_a_park_is_shown_by_its_name(service: Service, published: Published) -> None:
    (row,) = published.rows("select division_code as code from core_firm where division_code is not null limit 1")
    name = park_name(row["code"], "zh")

    assert re.fullmatch(r"[\u4e00-\u9fff]+", name), name
    assert named("park", Choice(row["code"], None, None, 1), "zh") == name
    shown = [
        text
        for page, address in (("flows", {"view": "groups", "by": "park"}), ("movers", {}), ("admin", {}))
        for text in texts_of(service, next(route for route in routing.ROUTES if route.name == page), "", address)
    ]
    english = park_name(row["code"], "en")
    assert re.fullmatch(r"[A-Z][a-z']+( [A-Z][a-z]+)*", english), english
    assert english in " ".join(shown)
    assert row["code"] not in shown
    assert (park_name("990199", "zh"), park_name(None, "en")) == ("990199", "–")
