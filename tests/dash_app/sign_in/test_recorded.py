"""Views of a firm go into the list of accesses, by whoever looks; a scope is asked of each page and callback."""

from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash

from dash_app.app import create_app
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft
from warehouse.casebook.folds.assignment import MADE
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("default-deny")


@pytest.fixture
def app(released: Home, people: People, set_up: SignIn, app: Dash) -> Dash:
    """The release of the sample, asked by people of an installation of their own."""
    return create_app(Service(released), set_up)


def shown(visitor: Any, path: str) -> str:
    body = {**visitor.show, "inputs": [{**visitor.show["inputs"][0], "value": path}, visitor.show["inputs"][1]]}
    answer = visitor.callback(body)
    assert answer.status_code == 200
    return str(answer.json)


def test_a_view_of_a_firm_is_written_down_with_who_looked(visitor: Any, people: People, released: Home) -> None:
    firm, _ = Published(released).rows("select firm_id, name from mart_movers__firms order by firm_id limit 2")
    visitor.sign_in("李娜")
    assert firm["name"] in shown(visitor, f"/firm/{firm['firm_id']}")
    shown(visitor, "/")

    newest, *_ = people.accesses.entries(kind="viewed")
    assert (newest["who"], newest["role"], newest["subject"]) == ("李娜", "officer", f"firm:{firm['firm_id']}")
    assert len(people.accesses.entries(kind="viewed")) == 1
    assert people.accesses.verify()[1] is None


def test_who_may_not_see_firms_sees_none_and_nothing_is_written_down(
    visitor: Any, people: People, released: Home
) -> None:
    (firm,) = Published(released).rows("select firm_id, name from mart_movers__firms order by firm_id limit 1")
    visitor.sign_in("王伟")

    assert firm["name"] not in shown(visitor, f"/firm/{firm['firm_id']}")
    assert firm["name"] not in shown(visitor, "/")
    assert people.accesses.entries(kind="viewed") == []


def test_own_firms_are_seen_and_no_others(visitor: Any, people: People, released: Home) -> None:
    mine, other = Published(released).rows("select firm_id, name from mart_movers__firms order by firm_id limit 2")
    people.accounts.change("李娜", role=None, scope="own", by="王伟", why="分工")
    content = {"firm": mine["firm_id"], "owner": "李娜", "deputy": None, "since": "2026-06-30"}
    draft = Draft(f"assignment:{mine['firm_id']}", MADE, content, "分工")
    Book(people.home).append([draft], by="王伟", now=people.clock())
    visitor.sign_in("李娜")

    assert mine["name"] in shown(visitor, f"/firm/{mine['firm_id']}")
    assert other["name"] not in shown(visitor, f"/firm/{other['firm_id']}")


def test_an_edit_is_written_down_and_one_that_was_refused_is_not(
    people: People, set_up: SignIn, copy_of_home: Callable[[], Home], visitor: Any
) -> None:
    home = copy_of_home()
    (firm,) = Published(home).rows("select firm_id from mart_movers__firms order by firm_id limit 1")
    editor = type(visitor)(create_app(Service(home), set_up).server.test_client())
    editor.sign_in("李娜")

    assert editor.callback(_request_of(firm["firm_id"], "12345678", "")).status_code == 200
    assert people.accesses.entries(kind="edited") == []
    assert editor.callback(_request_of(firm["firm_id"], "12345679", "需要贷款")).status_code == 200
    (edited,) = people.accesses.entries(kind="edited")
    assert (edited["who"], edited["subject"], edited["content"]) == (
        "李娜", f"case:{firm['firm_id']}", {"act": "request"}
    )  # fmt: skip


def _request_of(firm_id: str, request: str, what: str) -> dict[str, Any]:
    """The callback that sends the form of a request of a firm."""
    send = {"act": "request", "number": "", "part": "send"}
    fields = [
        {"act": "request", "field": name, "number": "", "part": "field"} for name in ("what", "topic", "raised_on")
    ]
    values = [what, "融资", "2026-06-30"]
    return {
        "output": "..case-notice.children...case-body.children..",
        "outputs": [{"id": "case-notice", "property": "children"}, {"id": "case-body", "property": "children"}],
        "inputs": [[{"id": send, "property": "n_clicks", "value": 1}]],
        "state": [
            [{"id": field, "property": "value", "value": value} for field, value in zip(fields, values, strict=True)],
            [{"id": field, "property": "id", "value": field} for field in fields],
            {"id": "case-drawn", "property": "data", "value": {"firm_id": firm_id, "request": request, "versions": {}}},
            {"id": "url", "property": "search", "value": ""},
        ],
        "changedPropIds": ['{"act":"request","number":"","part":"send"}.n_clicks'],
    }
