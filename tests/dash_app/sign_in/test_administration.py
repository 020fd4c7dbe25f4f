"""Rights are changed by an administrator who has just given the password; each change is an event and an access."""

from typing import Any

import pytest

from service.administration import Administration
from service.errors import BadInput
from service.people.installation import People
from service.scope import Scope
from warehouse.casebook.book import Book

pytestmark = pytest.mark.rule("default-deny")

ACTS = "..admin-notice.children...admin-body.children.."


def body_of(act: str, **fields: str) -> dict[str, Any]:
    """The callback that sends a form of the administration."""
    button = {"act": act, "part": "office-act"}
    named = [{"act": act, "field": name, "part": "office-field"} for name in fields]
    return {
        "output": ACTS,
        "outputs": [{"id": "admin-notice", "property": "children"}, {"id": "admin-body", "property": "children"}],
        "inputs": [[{"id": button, "property": "n_clicks", "value": 1}]],
        "state": [
            [
                {"id": part, "property": "value", "value": value}
                for part, value in zip(named, fields.values(), strict=True)
            ],
            [{"id": part, "property": "id", "value": part} for part in named],
            {"id": "url", "property": "search", "value": ""},
        ],
        "changedPropIds": ['{"act":"%s","part":"office-act"}.n_clicks' % act],  # noqa: UP031 - braces of JSON
    }


def test_an_account_is_made_and_its_link_sets_a_password(visitor: Any, other: Any, people: People) -> None:
    visitor.sign_in("王伟")
    answer = visitor.callback(body_of("create", name="赵敏", role="director", scope="zone", why="到任"))

    assert answer.status_code == 200
    secret = str(answer.json).partition("/reset/")[2].partition("'")[0]
    assert other.get(f"/reset/{secret}").status_code == 200
    (made,) = [event for event in Book(people.home).events() if event.stream == "account:赵敏"]
    assert (made.kind, made.by, made.why) == ("account.created", "王伟", "到任")
    (edited,) = people.accesses.entries(kind="edited")
    assert (edited["who"], edited["subject"], edited["content"]) == ("王伟", "office:create", {"of": "赵敏"})
    assert secret not in str(people.accesses.entries()), "no secret is written down"


def test_rights_change_and_sessions_end_at_once(visitor: Any, other: Any, people: People) -> None:
    visitor.sign_in("王伟")
    other.sign_in("李娜")
    assert visitor.callback(body_of("change", account="李娜", role="statistician", why="转岗")).status_code == 200
    changed = people.accounts.named("李娜")
    assert changed is not None
    assert changed.role == "statistician"
    assert other.get("/account").status_code == 200
    visitor.callback(body_of("end_sessions", account="李娜", why="设备遗失"))
    assert other.get("/account").status_code == 302
    ended = Book(people.home).events(stream="account:李娜")[-1]
    assert (ended.kind, ended.by, ended.why) == ("account.sessions_ended", "王伟", "设备遗失")
    visitor.callback(body_of("disable", account="李娜", why="离职"))
    disabled = people.accounts.named("李娜")
    assert disabled is not None
    assert not disabled.is_active


def test_a_token_is_shown_once_and_revoked(visitor: Any, people: People) -> None:
    visitor.sign_in("王伟")
    answer = str(visitor.callback(body_of("token_create", name="数据中台", scope="zone", days="9", why="取数")).json)

    secret = "tidu_" + answer.partition("tidu_")[2].partition("'")[0]
    token = people.tokens.of_secret(secret)
    assert token is not None
    assert secret not in str(visitor.callback(body_of("token_revoke", token=token.token_id, why="停用")).json)
    assert people.tokens.of_secret(secret) is None


@pytest.mark.parametrize(
    ("act", "fields", "shown"),
    [
        ("disable", {"account": "王伟", "why": "试"}, "不能改动自己的账户"),
        ("change", {"account": "王伟", "role": "officer", "why": "试"}, "不能改动自己的账户"),
        ("create", {"name": "赵敏", "role": "king", "why": "试"}, "角色 king"),
        ("create", {"name": "赵敏", "role": "officer"}, "请写明理由"),
        ("token_create", {"name": "x", "scope": "zone", "days": "-1", "why": "试"}, "有效天数须为"),
        ("link", {"account": "没有", "why": "试"}, "没有账户"),
    ],
)
def test_what_is_refused_says_why_and_changes_nothing(
    visitor: Any, people: People, act: str, fields: dict[str, str], shown: str
) -> None:
    visitor.sign_in("王伟")
    before = Book(people.home).head()
    answer = visitor.callback(body_of(act, **fields))

    assert answer.status_code == 200
    assert shown in str(answer.json)
    assert Book(people.home).head() == before


def test_the_password_is_asked_for_before_a_change_of_rights(visitor: Any, people: People) -> None:
    visitor.sign_in("王伟")
    with visitor.client.session_transaction(base_url="http://127.0.0.1") as session:
        session["fs_paa"] -= 16 * 60
    before = Book(people.home).head()
    answer = visitor.callback(body_of("disable", account="李娜", why="离职"))

    assert answer.status_code == 200
    assert "/verify" in str(answer.json)
    assert answer.json["response"] == {}
    assert Book(people.home).head() == before


def test_nobody_else_administers(visitor: Any, people: People) -> None:
    visitor.sign_in("李娜")

    assert visitor.callback(body_of("disable", account="王伟", why="试")).status_code == 403
    for role in ("officer", "statistician", "director"):
        with pytest.raises(BadInput, match="不能管理账户"):
            Administration(people.home, Scope("x", role, "zone"), people.clock)
