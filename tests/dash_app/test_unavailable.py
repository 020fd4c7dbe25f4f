"""Without sign-in too, a callback that meets a release or casebook that cannot be used says so on its page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from dash_app.app import create_app
from service.errors import CasebookFailed, NoRelease, NoUsableRelease, ReleaseUnreadable, WarehouseError
from service.reader import ReleaseQueries, Service
from service.scope import Scope
from warehouse.home import Home

pytestmark = pytest.mark.rule("way-out", "Dash shows nothing of a callback that fails: its answer opens a notice.")

HEADERS = {"Host": "127.0.0.1", "Referer": "http://127.0.0.1/firm/none?lang=en"}
BELOW = {
    "output": "firm-below.children",
    "outputs": {"id": "firm-below", "property": "children"},
    "inputs": [{"id": "firm-below", "property": "id", "value": "firm-below"}],
    "state": [
        {"id": "url", "property": "pathname", "value": "/firm/none"},
        {"id": "url", "property": "search", "value": "?lang=en"},
    ],
    "changedPropIds": ["firm-below.id"],
}
"""The callback of what stands below the first view of a firm, which asks the release."""


@pytest.fixture
def client(released: Home) -> FlaskClient:
    return create_app(Service(released)).server.test_client()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ReleaseUnreadable("坏了", "it is damaged"), "it is damaged"),
        (CasebookFailed("锁着", "it is locked", place="/home/x"), "it is locked"),
        (NoRelease("还没有", "nothing has been published yet"), "nothing has been published yet"),
        (NoUsableRelease("见 /home/x", "see /home/x"), "restore it from a backup"),
    ],
)
def test_a_callback_that_meets_what_cannot_be_used_opens_a_notice_that_the_next_one_closes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: WarehouseError, reason: str
) -> None:
    @contextmanager
    def failing(service: Service, scope: Scope) -> Iterator[ReleaseQueries]:
        raise error
        yield

    with monkeypatch.context() as patch:
        patch.setattr(Service, "release", failing)
        refused = client.post("/_dash-update-component", json=BELOW, headers=HEADERS)
    after = client.post("/_dash-update-component", json=BELOW, headers=HEADERS)
    later = client.post("/_dash-update-component", json=BELOW, headers=HEADERS)

    assert (refused.status_code, refused.json["response"]) == (200, {})
    assert "This was not saved" in str(refused.json["sideUpdate"])
    assert reason in str(refused.json["sideUpdate"])
    assert "/home/x" not in refused.text
    assert after.json["sideUpdate"] == {"session-notice": {"children": None}}
    assert "sideUpdate" not in later.json
