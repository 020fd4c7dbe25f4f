"""Paper is taken away by who may export, within the scope, and written down; a contest is sent by who may edit."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from pypdf import PdfReader

from dash_app.app import create_app
from service.people.installation import People
from service.people.settings import SignIn
from service.reader import Service
from warehouse.casebook.book import Book
from warehouse.casebook.folds import contest
from warehouse.home import Home
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("default-deny")

PDF = b"%PDF-1.7 an audited report" + bytes(2_000_000)
"""Larger than what a callback may send."""


@pytest.fixture
def own_home(copy_of_home: Callable[[], Home]) -> Home:
    """A copy of the release, to which contests are sent."""
    return copy_of_home()


@pytest.fixture
def app(own_home: Home, people: People, set_up: SignIn, app: Dash) -> Dash:
    """The release of the sample, asked by people of an installation of their own."""
    return create_app(Service(own_home), set_up)


@pytest.fixture
def firms(own_home: Home) -> list[str]:
    """Firms whose revenue of last year was read from one cell of a service feed."""
    rows = Published(own_home).rows(
        "select firm_id from core_firm__facts inner join parameter using (day) where revenue_fen_y0 > 0"
        " and firm_id in (select firm_id from mart_firm__history group by 1 having count(*) > 3) order by 1 limit 3"
    )
    return [row["firm_id"] for row in rows]


@pytest.mark.parametrize("path", ["/sheet/{firm}.pdf?lang=en", "/pack.pdf"])
def test_paper_is_sent_and_written_down(visitor: Any, people: People, firms: list[str], path: str) -> None:
    visitor.sign_in("李娜")
    answer = visitor.get(path.format(firm=firms[0]))

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert PdfReader(io.BytesIO(answer.data)).trailer["/Root"]["/Lang"].startswith("en" if "lang" in path else "zh")
    (entry,) = people.accesses.entries(kind="exported")
    assert entry["who"] == "李娜"
    assert entry["subject"] == (f"sheet:{firms[0]}" if "sheet" in path else "pack:")
    assert entry["content"]["sha256"] == hashlib.sha256(answer.data).hexdigest()


def test_who_may_not_export_gets_no_paper(visitor: Any, people: People, firms: list[str]) -> None:
    people.accounts.change("李娜", role="incubator", scope="incubator:云栖孵化器", by="王伟", why="调整")
    visitor.sign_in("李娜")

    for path in (f"/sheet/{firms[0]}.pdf", "/pack.pdf"):
        assert visitor.get(path).status_code == 403
    assert people.accesses.entries(kind="exported") == []


def test_a_firm_out_of_the_scope_has_no_sheet_and_no_contest(
    visitor: Any, people: People, own_home: Home, firms: list[str]
) -> None:
    people.accounts.change("李娜", role=None, scope="own", by="王伟", why="分工")
    visitor.sign_in("李娜")

    answer = visitor.get(f"/sheet/{firms[0]}.pdf")
    assert answer.status_code == 404
    assert answer.text.splitlines() == [f"没有这家企业：{firms[0]}", f"there is no such firm: {firms[0]}"]
    assert _sent(visitor, firms[0], act="send").status_code == 400
    assert Book(own_home).rows(contest.TABLE) == []


def test_a_contest_shows_what_it_changes_and_is_kept_once_with_its_proof(
    visitor: Any, people: People, own_home: Home, firms: list[str]
) -> None:
    visitor.sign_in("李娜")
    would = _sent(visitor, firms[0], act="preview").json
    assert len(would["lines"]) >= 2
    assert not would["is_kept"]
    assert Book(own_home).rows(contest.TABLE) == []

    refused = _sent(visitor, firms[0], act="send", proof=(io.BytesIO(b"MZ a program"), "审计.pdf"))
    assert (refused.status_code, refused.json["is_refused"]) == (400, True)
    for _ in range(2):
        kept = _sent(visitor, firms[0], act="send", proof=(io.BytesIO(PDF), "../../审计报告.pdf")).json
        assert kept["is_kept"]
    (row,) = Book(own_home).rows(contest.TABLE)
    assert (row["firm_id"], row["raised_by"], row["raised_why"]) == (firms[0], "李娜", "漏报分部")
    assert [(proof["name"], proof["type"]) for proof in row["proofs"]] == [("审计报告.pdf", "pdf")]
    edits = [entry for entry in people.accesses.entries(kind="edited") if entry["content"] == {"act": "contest"}]
    assert {entry["subject"] for entry in edits} == {f"case:{firms[0]}"}


def _sent(visitor: Any, firm_id: str, **fields: Any) -> Any:
    form = {"fact": "revenue_y0", "claimed": "99999万元", "why": "漏报分部", "request": "0123456789", **fields}
    visitor.get("/")  # sets the token of the pages
    cookie = visitor.client.get_cookie("_csrf_token", domain="127.0.0.1")
    headers = {"Host": "127.0.0.1", "X-CSRFToken": cookie.value}
    return visitor.client.post(f"/contest/{firm_id}", data=form, content_type="multipart/form-data", headers=headers)
