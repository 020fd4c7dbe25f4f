"""A table above the zones is taken away as the page shows it: filtered, small cells hidden, nothing that runs."""

import csv
import io
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from zone_marts import BEFORE, Zones

from dash_app.downloads.listed import described
from dash_app.downloads.zones import OF_ZONES
from dash_app.installation import create_above
from service.zones import ZonesService

pytestmark = pytest.mark.rule("disclosure")

HOST = {"Host": "127.0.0.1"}
HOSTILE = '=HYPERLINK("http://x")'
MOVED = "91330108MA2B0000X1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Of a class a and b, of which a firm moved; c alone in its class; d compares other days."""
    zones = Zones(tmp_path_factory.mktemp("zones"))
    moved = {"none→none": 50, "none→tech_sme": 2, "tech_sme→none": 4, "tech_sme→tech_sme": 30}
    zones.add("a", shares=True, held=10, moved=moved, firms={MOVED: "gone", **_firms("A", same=8, new=3)},
              titles={MOVED: date(2020, 12, 1)})  # fmt: skip
    zones.add("b", shares=True, held=2, moved={"none→none": 9}, firms={MOVED: "new", **_firms("B", same=3, new=5)})
    zones.add("c", "young", held=7, moved={"none→none": 20}, firms={HOSTILE: "same", **_firms("C", same=4)})
    zones.add("d", "young", days=(BEFORE, date(2026, 3, 31)), held=5, moved={"none→none": 7})
    service = ZonesService(zones.home, lambda: datetime(2026, 7, 1, tzinfo=UTC))
    return create_above(service).server.test_client()


def _firms(code: str, **changes: int) -> dict[str, str]:
    return {f"{code}{change}{number}": change for change, firms in changes.items() for number in range(firms)}


def lines(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def get(client: FlaskClient, name: str, **address: str) -> TestResponse:
    return client.get(f"/download/{name}?{urlencode(address)}", headers=HOST)


def test_tables_have_the_numbers_of_the_page_and_hide_its_small_cells(client: FlaskClient) -> None:
    ladder = lines(get(client, "zones_ladder.csv", lang="en"))
    assert [(row["Class"], row["Zones"], row["Held"], row["Note"]) for row in ladder] == [
        ("all", "4", "24", ""), ("mature", "2", "12", ""), ("young", "2", "12", "")]  # fmt: skip

    compared = {
        change: [(row["代码"], row["家数"], row["企业"], row["占比（%）"][:4], row["同类合计（%）"][:4], row["注"])
                 for row in lines(get(client, "zones_comparison.csv", change=change, view="comparison"))][:2]
        for change in ("same", "new")
    }  # fmt: skip
    assert compared["same"] == [("a", "8", "12", "66.6", "52.3", ""), ("b", "3", "9", "33.3", "52.3", "")]
    assert compared["new"] == [("a", "", "12", "", "", "小格隐藏"), ("b", "6", "9", "66.6", "", "小格隐藏")]

    for peers, named in (("mature", "mature"), ("", "全部")):
        cells = {(row["自"], row["至"]): row for row in lines(get(client, "zones_matrix.csv", peers=peers))}
        assert {row["同类"] for row in cells.values()} == {named}
        for begin in ("none", "tech_sme"):
            shown = {end: cells[begin, end]["家数"] for end in ("none", "tech_sme", "gone")}
            assert shown == {"none": "", "tech_sme": "", "gone": "0"}, "two of a row, so that neither follows"
            assert cells[begin, "none"]["注"] == "小格隐藏"
            assert cells[begin, "gone"]["注"] == ""

    changes = {row["变化"]: list(row.values())[1:] for row in lines(get(client, "zones_changes.csv"))}
    hidden = ["", "", "小格隐藏"]
    assert changes == {"new": hidden, "gone": hidden, "same": ["16", "", ""]}, "neither firms nor the firm that moved"


def test_lists_of_firms_are_whole_and_neutralised(client: FlaskClient) -> None:
    firms = lines(get(client, "zones_firms.csv"))
    assert [row["代码"] for row in firms] == ["a"] * 12 + ["b"] * 9 + ["c"] * 5
    assert {row["企业"] for row in firms if "HYPERLINK" in row["企业"]} == {f"'{HOSTILE}公司"}
    kept = lines(get(client, "zones_firms.csv", zone="b", change="new", page="7"))
    assert [row["企业"] for row in kept] == [f"{MOVED}公司", *(f"Bnew{number}公司" for number in range(5))]
    (moved,) = lines(get(client, "zones_moves.csv", lang="en"))
    assert list(moved.values()) == [MOVED, f"{MOVED}公司", "zone a", "zone b"]

    assert [row["变化"] for row in lines(get(client, "zones_firm.csv", q=MOVED.lower()))] == ["离开", "新进"]
    history = lines(get(client, "zones_history.csv", q=MOVED, lang="en"))
    assert [(row["Day"], row["Zones that know of it"]) for row in history] == [
        ("2020-12-01", "zone a"),
        ("2026-06-30", "zone a → zone b"),
    ]
    for name, address in (("zones_firms", {"change": "up"}), ("zones_firm", {"q": "9" * 18}), ("zones_history", {})):
        assert get(client, f"{name}.csv", **address).status_code == 400
    assert get(client, "movers.csv").status_code == get(client, "zones.pdf").status_code == 404


def test_a_workbook_says_of_which_zones_and_days_it_is_and_repeats(client: FlaskClient) -> None:
    first, second = (get(client, "zones_matrix.xlsx", lang="en", peers="young") for _ in range(2))
    assert first.data == second.data
    about, table = openpyxl.load_workbook(io.BytesIO(first.data)).worksheets
    lines_of_about = [tuple(cell for cell in row if cell is not None) for row in about.iter_rows(values_only=True)]
    assert ("Filters", "Class = young；Left out for other days = zone d") in lines_of_about
    assert ("zone d", "d", "young", "2026-03-31", "2025-06-30", "run-d") in lines_of_about
    assert any("fewer than 3 firms" in line[-1] for line in lines_of_about if line[:1] == ("Small cells",))
    assert [cell.value for cell in table["F"]] == ["Firms", 20, 0, 0, 0, 0, 0]
    assert "2026-06-30-run-d.xlsx" in first.headers["Content-Disposition"]

    for name, listed in OF_ZONES.lists.items():
        columns = described(listed.page)[name].columns
        assert all(heading.means for heading in columns.values()), name
        heads = {lang: [getattr(heading, lang) for heading in columns.values()] for lang in ("zh", "en")}
        assert all(len(set(words)) == len(words) for words in heads.values()), name
        assert "".join(heads["en"]).isascii()
