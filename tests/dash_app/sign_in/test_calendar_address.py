"""A calendar program reads at a secret address, the firms of its owner of that moment; nobody else reads anything."""

import re
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from dash import Dash
from icalendar import Calendar

from dash_app.server.log import BoundedFormatter
from service.casework.casework import CaseForm
from service.decisions import assignments
from service.decisions.signed import Signed
from service.people.installation import People
from service.reader import Service
from service.scope import Scope
from warehouse.release.releases import Published

pytestmark = [pytest.mark.pages, pytest.mark.rule("default-deny")]
NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
HOST = {"Host": "127.0.0.1"}
CREATE, REVOKE = "/account/calendar", "/account/calendar/revoke"


def address_in(page: str) -> str:
    return re.findall(r"http://127.0.0.1(/calendar/[\w-]+\.ics)", page)[0]


def test_an_address_is_made_and_revoked_on_the_page(visitor: Any, other: Any, people: People) -> None:
    visitor.sign_in("李娜")
    page = visitor.post(CREATE, form="/account").text
    path = address_in(page)
    assert other.get(path).status_code == 503, "let in; there is no release"
    shown = visitor.get("/account").text
    assert path not in shown
    assert "最近读取 2026-06-30" in shown
    (token,) = people.calendars.of("李娜")

    assert other.get(path.replace(".ics", "x.ics")).status_code == 404
    assert other.post(path, {}, form="/login").status_code in (401, 404, 405)
    visitor.post(REVOKE, {"token": token.token_id}, form="/account")
    assert {other.get(path).status_code for _ in range(32)} == {404}, "a program that asks on pauses nobody"

    with visitor.client.session_transaction(headers=HOST) as session:
        session["fs_paa"] -= 3600
    answer = visitor.post(CREATE, form="/account")
    assert "/verify" in answer.location, "the password is asked for again"
    visitor.client.post("/logout", headers=HOST)
    assert other.sign_in("王伟").status_code == 302
    assert other.post(CREATE, form="/account").status_code == 403, "an administrator sees no firm"
    assert CREATE not in other.get("/account").text


def test_guesses_are_paused_and_never_written_down(visitor: Any, people: People, app: Dash) -> None:
    part, token = people.calendars.create("李娜")
    path = f"/calendar/{part}.ics"
    for _ in range(5):
        assert visitor.get(f"/calendar/{token.token_id}-guess.ics").status_code == 404
    paused = visitor.get(path)
    assert (paused.status_code, paused.headers["Retry-After"]) == (429, "30"), "also the right one, as at sign-in"
    part, _ = people.calendars.create("李娜")
    app.server.config["PROPAGATE_EXCEPTIONS"] = False
    bounded: Any = next(
        handler for handler in app.server.logger.handlers if isinstance(handler.formatter, BoundedFormatter)
    )
    log = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounded, "stream", log)
        patch.setattr("dash_app.downloads.calendar_feed._answer", lambda *_, **__: 1 / 0)
        assert visitor.get(f"/calendar/{part}.ics").status_code == 500
    written = log.getvalue()
    assert "ZeroDivisionError" in written
    assert "/calendar/…" in written
    assert part not in written
    assert part not in str(people.accesses.entries())


def test_the_calendar_has_the_own_firms_within_the_present_scope(with_accounts: Any, published: Published) -> None:
    people: People = with_accounts.app.server.extensions["tidu"]
    client = with_accounts.app.server.test_client()
    rows = published.rows(
        "select due.firm_id, firm.division_code as park from mart_firm__due as due inner join core_firm as firm"
        " using (firm_id) where due.start_by > '2026-07-01' and due.start_by <> due.due_on and due_on < '2027-06-01'"
        " order by firm_id"
    )
    first = rows[0]
    second = next(row for row in rows if row["park"] != first["park"])
    for row in (first, second):
        assignments.assign(people.home, row["firm_id"], assignments.Officers("officer"), Signed("root", "分派", NOW))
    promise = {"visited_on": "2026-06-29", "kind": "call", "note": "回访", "next_on": "2026-09-01", "why": "回访"}
    officer = Scope("officer", "officer", "zone")
    with Service(people.home, lambda: NOW).release(officer) as release:
        release.casework(officer).do(first["firm_id"], CaseForm("visit", promise, "a-form-of-a-visit"))
    part, _ = people.calendars.create("officer")

    def events() -> dict[str, set[str]]:
        answer = client.get(f"/calendar/{part}.ics", headers=HOST)
        assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (
            200,
            "text/calendar",
            "no-store",
        )
        by_firm: dict[str, set[str]] = {}
        for event in Calendar.from_ical(answer.data).walk("VEVENT"):
            firm = next(row["firm_id"] for row in (first, second) if row["firm_id"] in event["UID"])
            by_firm.setdefault(firm, set()).add(event["UID"].partition("-")[0])
        return by_firm

    own = events()
    assert own.keys() == {first["firm_id"], second["firm_id"]}
    assert own[first["firm_id"]] == {first["firm_id"], "start", "next_visit"}, "dues, days to start, promises"
    people.accounts.change("officer", role=None, scope=f"park:{second['park']}", by="root", why="换岗")
    assert events().keys() == {second["firm_id"]}
    people.accounts.change("officer", role="incubator", scope="incubator:x", by="root", why="换岗")
    assert client.get(f"/calendar/{part}.ics", headers=HOST).status_code == 404, "may not export"
    people.accounts.change("officer", role="officer", scope="zone", by="root", why="返岗")
    assert len(events()) == 2
    (entry,) = people.accesses.entries(kind="exported", limit=1)
    assert entry["subject"] == "calendar"
    assert part.partition("-")[0] in str(entry)
    people.accounts.set_active("officer", False, by="root", why="离职")
    assert client.get(f"/calendar/{part}.ics", headers=HOST).status_code == 404
