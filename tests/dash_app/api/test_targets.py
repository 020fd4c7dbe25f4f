"""Targets over HTTP equal those of the page of targets."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from dash_app.api_routes import PREFIX
from dash_app.app import create_app
from service.queries.zone.targets import bridge_in, monitoring_in
from service.reader import Service
from warehouse.home import Home

pytestmark = pytest.mark.rule("answers-agree")

HOST = {"Host": "127.0.0.1"}


@pytest.fixture(scope="module")
def client(released: Home) -> FlaskClient:
    return create_app(Service(released)).server.test_client()


def test_a_target_has_the_bars_of_its_bridge_and_the_value_of_its_year(client: FlaskClient, desk: Any) -> None:
    bars: dict[tuple[str, int], dict[str, float]] = {}
    for row in bridge_in(desk):
        bars.setdefault((row["measure"], row["year"]), {})[row["bar"]] = row["expected"]
    values = {(row["measure"], row["year"]): row["value"] for row in monitoring_in(desk)}
    rows = client.get(f"{PREFIX}/targets?limit=1000", headers=HOST).get_json()["rows"]

    bars_shown = {(row["measure"], row["year"]): {bar["bar"]: bar["expected"] for bar in row["bars"]} for row in rows}
    assert {target: shown for target, shown in bars_shown.items() if shown} == bars
    assert {(row["measure"], row["year"]): row["value"] for row in rows} == {key: values.get(key) for key in bars_shown}
    first = rows[0]
    of_year = client.get(
        f"{PREFIX}/targets", query_string={"measure": first["measure"], "year": first["year"]}, headers=HOST
    )
    assert of_year.get_json()["rows"] == [first]
