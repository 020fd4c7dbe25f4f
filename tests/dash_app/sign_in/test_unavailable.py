"""A casebook that is locked or damaged lets nobody in, shows why, and leaves what was typed on its page."""

import sqlite3
from typing import Any

import pytest

from service.people.installation import People

pytestmark = pytest.mark.rule("default-deny")


def test_a_page_and_a_callback_are_told_and_nobody_is_let_in(visitor: Any, other: Any, people: People) -> None:
    visitor.sign_in("李娜")
    with sqlite3.connect(people.home.casebook) as con:
        con.execute("pragma wal_checkpoint(truncate)")
        con.execute("alter table account rename to away")

    page = visitor.get("/account")
    assert page.status_code == 503
    assert "决定簿无法读写" in page.text
    assert str(people.home.root) not in page.text
    assert "cannot be read or written" in visitor.get("/account?lang=en").text
    notice = visitor.callback()
    assert notice.json["response"] == {}
    assert "没有保存" in str(notice.json["sideUpdate"])
    assert other.sign_in("李娜").status_code == 503

    with sqlite3.connect(people.home.casebook) as con:
        con.execute("alter table away rename to account")
    assert "李娜" in visitor.get("/account").text
    assert visitor.callback().json["sideUpdate"] == {"session-notice": {"children": None}}


def test_a_sign_in_that_cannot_be_written_down_is_none(visitor: Any, people: People) -> None:
    with sqlite3.connect(people.home.casebook) as con:
        con.execute("alter table access rename to away")

    assert visitor.sign_in("李娜").status_code == 503
    assert visitor.get("/account").location.startswith("/login")
