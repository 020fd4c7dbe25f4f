"""A site over a copy of the release, firms to work on, and who sends acts."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from http_acts import Sender

from dash_app.app import create_app
from service.reader import Service
from warehouse.home import Home
from warehouse.release.releases import Published


@pytest.fixture(scope="module")
def worked_on(copy_of_home: Callable[[], Home]) -> Home:
    return copy_of_home()


@pytest.fixture(scope="module")
def writing_client(worked_on: Home) -> FlaskClient:
    return create_app(Service(worked_on)).server.test_client()


@pytest.fixture(scope="module")
def firms(worked_on: Home) -> list[str]:
    """Firms of known revenue that may still become high-tech enterprises; each test takes its own."""
    rows = Published(worked_on).rows(
        "select firm_id from mart_firm__verdicts where designation = 'hnte' and is_selected and not is_closed"
        " and firm_id in (select firm_id from core_firm__facts inner join parameter using (day)"
        " where revenue_fen_y0 is not null and is_on_dishonesty_list = false)"
        " and firm_id not in (select firm_id from core_firm__held) order by firm_id"
    )
    return [row["firm_id"] for row in rows]


@pytest.fixture
def firm(firms: list[str]) -> str:
    return firms.pop()


@pytest.fixture(scope="module")
def send(writing_client: FlaskClient) -> Sender:
    return Sender(writing_client)
