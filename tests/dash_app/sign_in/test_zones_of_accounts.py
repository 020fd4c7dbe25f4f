"""Accounts of an installation reach the zones of their scope, and cannot tell others from none."""

import csv
import io
import json
import re
from typing import Any

import pytest
from many_zones import HOST, OTHER, OUTSIDER, ZONE_CODE, Zones
from werkzeug.test import Client

from dash_app import installation as many
from dash_app.routing import CALLBACKS
from dash_app.zone_routes import MINISTRY
from warehouse.release.releases import Published
from warehouse.zones import registry

pytestmark = [pytest.mark.pages, pytest.mark.rule("default-deny")]

ADDRESS = re.compile(r"(?:href|action|src)\W{1,6}?(/[^\"\\\\ &]*)")
UNSIGNED = (
    "/",
    "/movers?q=a",
    "/calendar/x.ics",
    "/calendar.ics",
    "/download/movers.csv",
    "/contest/x",
    CALLBACKS,
    "/nothing",
)
OF_THE_INSTALLATION = {"/", "/account"}
SHOW = {
    "output": "..page.children...drawn.data..",
    "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
    "state": [{"id": "drawn", "property": "data", "value": None}],
    "changedPropIds": ["url.search"],
}


def drawn(zones: Zones, role: str, path: str, search: str = "", base: str = "") -> str:
    """What the callback that draws a page answers."""
    answer = sent(zones, role, path, search, base)
    assert answer.status_code == 200
    return json.dumps(answer.json, ensure_ascii=False)


def sent(zones: Zones, role: str, path: str, search: str = "", base: str = "") -> Any:
    """The answer to the callback that draws a page."""
    client, headers = zones.visitors[role]
    cookie = client.get_cookie("_csrf_token", domain="127.0.0.1")
    inputs = [
        {"id": "url", "property": "pathname", "value": f"{base}{path}"},
        {"id": "url", "property": "search", "value": search},
    ]
    brought = headers | ({"X-CSRFToken": cookie.value} if cookie else {})
    return client.post(f"{base}{CALLBACKS}", json={**SHOW, "inputs": inputs}, headers=brought)


def without_marks(document: str) -> str:
    """A document of Dash without what it marks each of its answers with."""
    return re.sub(r'"end_id":"[^"]+"', "", document)


def test_a_zone_out_of_the_scope_is_as_one_that_there_is_not(installation: Zones) -> None:
    client, headers = installation.visitors[OUTSIDER]
    for path in ("/", "/movers", "/firm/9133", "/api/v1/firms", "/download/movers.csv", "/admin", "/login"):
        hidden, none = (client.get(f"/z/{code}{path}", headers=headers) for code in (ZONE_CODE, "none"))
        assert without_marks(hidden.text) == without_marks(none.text), path
        assert hidden.status_code == none.status_code == 404
    asked = [
        (client.get, "/api/v1/firms"),
        (client.post, "/api/v1/firms"),
        (client.post, "/api/v1/cases/x/visits"),
        (Client(installation.site).get, "/api/v1/firms"),
        *((getattr(Client(installation.site), how), path) for how in ("get", "post") for path in UNSIGNED),
    ]
    for ask, path in asked:
        hidden, none = (ask(f"/z/{code}{path}", headers=headers) for code in (ZONE_CODE, "none"))
        body = hidden.text.replace(f"/z/{ZONE_CODE}/", "/z/none/").replace(f"%2Fz%2F{ZONE_CODE}%2F", "%2Fz%2Fnone%2F")
        assert (hidden.status_code, body) == (none.status_code, none.text), (ask, path)
    assert sent(installation, OUTSIDER, "/movers", base=f"/z/{ZONE_CODE}").status_code == 404
    assert client.get(f"/z/{OTHER}/movers", headers=headers).status_code == 200


def test_sign_in_leads_back_into_the_zone(installation: Zones) -> None:
    client = Client(installation.site)
    asked = client.get(f"/z/{ZONE_CODE}/movers?q=a", headers=HOST)
    assert asked.status_code == 302
    form = client.get(asked.location, headers=HOST)
    (token,) = re.findall(r'name="csrf_token" value="([^"]+)"', form.text)
    (back,) = re.findall(r'name="next" value="([^"]+)"', form.text)
    data = {"csrf_token": token, "username": "director", "password": "a sentence that nobody guesses", "next": back}

    answer = client.post("/login", data=data, headers=HOST)

    assert answer.location == f"/z/{ZONE_CODE}/movers?q=a"
    assert client.get(answer.location, headers=HOST).status_code == 200


def test_every_address_on_the_pages_of_a_zone_stays_in_it(installation: Zones, in_a_zone: Any) -> None:
    firm, astray = in_a_zone.firm, {}
    for route in in_a_zone.table.pages:
        path = route.path(**({"firm_id": firm} if "{firm_id}" in route.pattern else {}))
        answer = drawn(installation, "statistician", path, f"?firm={firm}", in_a_zone.base)
        addresses = set(ADDRESS.findall(answer))
        assert any(address.startswith(f"{in_a_zone.base}/") for address in addresses), path
        out = {address for address in addresses if not address.startswith(f"{in_a_zone.base}/")} - OF_THE_INSTALLATION
        if out or f"{in_a_zone.base}/account" in addresses:
            astray[path] = out

    assert astray == {}
    described = in_a_zone.get("director", "/api/v1/openapi.json").json
    assert described["servers"] == [{"url": f"{in_a_zone.base}/api/v1"}]
    scripts = ADDRESS.findall(in_a_zone.get("statistician", "/").text)
    assert scripts
    assert all(address.startswith(f"{in_a_zone.base}/") for address in scripts)


def test_the_ministry_sees_counts_and_no_firm_unless_its_zone_shares_it(
    installation: Zones, in_a_zone: Any, published: Published
) -> None:
    names = {row["name"] for row in published.rows("select name from core_firm")}
    seen = {
        view: drawn(installation, MINISTRY, "/", f"?view={view}")
        for view in ("list", "comparison", "matrix", "cohorts", "firms", "moves")
    }
    (firms,) = published.rows("select sum(firms)::bigint as firms from mart_movers__totals where total = 'change'")

    assert f"{firms['firms']:,}" in seen["list"]
    assert [view for view, text in seen.items() if any(name in text for name in names)] == []
    assert "/z/" not in seen["list"]
    search = f"?view=firms&q={in_a_zone.firm}"
    assert "持有" not in drawn(installation, MINISTRY, "/", search)
    assert f"/z/{ZONE_CODE}/firm/{in_a_zone.firm}" in drawn(installation, "officer", "/", search)

    path = installation.home.root / registry.FILE
    written = path.read_text("utf-8")
    path.write_text(written.replace("owner: o}", "owner: o, shares_firms: true}"), "utf-8")
    shared = drawn(installation, MINISTRY, "/", search)
    path.write_text(written, "utf-8")
    assert "持有" in shared
    assert "/z/" not in shared
    newest = installation.people.accesses.entries(who=MINISTRY, kind="viewed", limit=1)
    assert [entry["subject"] for entry in newest] == [f"firm:{in_a_zone.firm}"]


def test_tables_are_taken_away_by_who_sees_them_and_it_is_recorded(
    installation: Zones, above_zones: Any, published: Published
) -> None:
    def status(role: str, name: str) -> int:
        client, headers = installation.visitors[role]
        return int(client.get(f"/download/{name}.csv", headers=headers).status_code)

    figures, firms = "zones_ladder", "zones_firms"
    asked = {role: (status(role, figures), status(role, firms)) for role in (MINISTRY, "officer", OUTSIDER, "director")}
    assert asked == {MINISTRY: (200, 403), "officer": (200, 200), OUTSIDER: (503, 503), "director": (200, 200)}
    assert {status(role, figures) for role in ("incubator", "administrator")} == {403}
    page = drawn(installation, MINISTRY, "/")
    assert page.count("/download/zones_ladder.csv") == 1
    assert "/download/" not in drawn(installation, "incubator", "/") + drawn(installation, OUTSIDER, "/")

    (zone, other) = csv.DictReader(
        io.StringIO(above_zones.get(MINISTRY, "/download/zones.csv").data.decode("utf-8-sig"))
    )
    totals = published.rows("select kind, firms from mart_movers__totals where total = 'change'")
    assert int(zone["企业"]) == sum(row["firms"] for row in totals)
    assert (zone["代码"], other["代码"], other["企业"], other["注"]) == (ZONE_CODE, OTHER, "", "没有数")
    (entry,) = installation.people.accesses.entries(who=MINISTRY, kind="exported", limit=1)
    (run,) = published.rows("select run_id from mart_run__summary")
    assert entry["subject"] == "list:zones"
    assert entry["content"]["runs"] == {ZONE_CODE: run["run_id"]}
    assert entry["content"]["rows"] == 2
    (denied,) = installation.people.accesses.entries(who=MINISTRY, kind="denied", limit=1)
    assert denied["subject"] == f"/download/{firms}.csv"


def test_who_belongs_to_a_part_of_a_zone_gets_no_figures_above_it(installation: Zones) -> None:
    page = drawn(installation, "incubator", "/")

    assert f"/z/{ZONE_CODE}/" in page
    assert "各类的梯度" not in page
    assert drawn(installation, "incubator", "/", "?view=comparison").count("state-forbidden") == 1


def test_what_is_done_in_a_zone_is_recorded_with_it(installation: Zones, in_a_zone: Any) -> None:
    drawn(installation, "director", f"/firm/{in_a_zone.firm}", base=in_a_zone.base)

    newest = installation.people.accesses.entries(who="director", kind="viewed", limit=1)
    assert [entry["subject"] for entry in newest] == [f"{ZONE_CODE}/firm:{in_a_zone.firm}"]


def test_a_calendar_address_reads_a_zone_of_the_scope(installation: Zones) -> None:
    client = Client(installation.site)
    read = {}
    for name in ("officer", OUTSIDER):
        part, _ = installation.people.calendars.create(name)
        read[name] = client.get(f"/z/{ZONE_CODE}/calendar/{part}.ics", headers=HOST).status_code
    assert read == {"officer": 200, OUTSIDER: 404}


def test_few_zones_are_kept_and_one_that_was_removed_is_gone(
    installation: Zones, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST", 1)
    site = installation.site
    assert site.zone(OTHER) is site.zone(OTHER)
    assert site.zone(ZONE_CODE) is not None
    assert list(site._zones) == [ZONE_CODE]

    path = installation.home.root / registry.FILE
    written = path.read_text("utf-8")
    path.write_text("zones: [", "utf-8")
    broken = drawn(installation, "director", "/")
    path.write_text("zones: []\n", "utf-8")
    gone = site.zone(ZONE_CODE)
    path.write_text(written, "utf-8")
    assert "zones.yml" in broken
    assert gone is None
    assert site.zone(ZONE_CODE) is not None
