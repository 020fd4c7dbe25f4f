"""A file is taken away by who may export, soon after the password, within the scope; who, what and when is kept."""

import csv
import hashlib
import io
from typing import Any

import pytest
from dash import Dash

from dash_app.app import create_app
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.home import Home

pytestmark = pytest.mark.rule("default-deny")

MOVERS = "/download/movers.csv"


@pytest.fixture
def app(released: Home, people: People, set_up: SignIn, app: Dash) -> Dash:
    """The release of the sample, asked by people of an installation of their own."""
    return create_app(Service(released), set_up)


def lines(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def test_who_may_not_export_is_refused_and_it_is_written_down(visitor: Any, people: People) -> None:
    visitor.sign_in("王伟")
    assert visitor.get(MOVERS).status_code == 403

    (denied,) = people.accesses.entries(kind="denied")
    assert (denied["who"], denied["subject"]) == ("王伟", MOVERS)
    assert people.accesses.entries(kind="exported") == []


def test_a_file_is_written_down_with_its_filters_and_hash_and_ends_at_the_scope(visitor: Any, people: People) -> None:
    visitor.sign_in("李娜")
    answer = visitor.get(f"{MOVERS}?change=same&lang=en&sort=-revenue")

    (entry,) = people.accesses.entries(kind="exported")
    assert (entry["who"], entry["subject"]) == ("李娜", "list:movers")
    assert entry["content"] == {
        "format": "csv",
        "run": answer.headers["X-Tidu-Run"],
        "filters": {"change": "same"},
        "rows": len(lines(answer)),
        "sha256": hashlib.sha256(answer.data).hexdigest(),
    }
    assert entry["content"]["rows"] > 0
    people.accounts.change("李娜", role=None, scope="own", by="王伟", why="分工")
    assert lines(visitor.get(MOVERS)) == []


def test_an_incubator_exports_nothing(visitor: Any, people: People) -> None:
    people.accounts.change("李娜", role="incubator", scope="incubator:云栖孵化器", by="王伟", why="调整")
    visitor.sign_in("李娜")

    answer = visitor.get(MOVERS)
    assert answer.status_code == 403
    zh, en = answer.text.splitlines()
    assert zh == "您的角色不能导出这个名单"
    assert en == "your role does not export this list"


def test_the_password_is_asked_for_again_and_the_file_follows(visitor: Any) -> None:
    visitor.sign_in("李娜")
    with visitor.client.session_transaction(base_url="http://127.0.0.1") as session:
        session["fs_paa"] -= 16 * 60
    path = f"{MOVERS}?change=up"
    verify = visitor.get(path).location

    assert verify.startswith("/verify?next=/download/movers.csv")
    after = visitor.post(verify, {"password": "a sentence that nobody guesses"}).location
    assert after == path
    assert lines(visitor.get(after))
