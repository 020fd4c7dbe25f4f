"""A list is taken away exactly as it is filtered, by who may export it, as text that nothing runs."""

import csv
import io
import re
from pathlib import Path
from typing import Any, cast
from unittest.mock import Mock
from urllib.parse import urlencode

import openpyxl
import pytest
from examples import examples
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dash_app import downloads, routing
from dash_app.app import create_app
from dash_app.components.downloads import downloads as links
from dash_app.downloads import content
from dash_app.downloads import data as of_data
from dash_app.downloads.listed import FOLDER, ListFile, columns_of, described
from dash_app.downloads.registry import LISTS
from dash_app.downloads.routes import ENDPOINT, disposition
from dash_app.downloads.zones import OF_ZONES
from dash_app.session import Session
from service.queries.movers.mover_filters import Filters, Rows
from service.queries.release.records import Slice
from service.reader import ReleaseQueries, Service
from service.scope import Scope, single_user
from warehouse.home import Home
from warehouse.spreadsheets.workbook import CUT

pytestmark = pytest.mark.rule("answers-agree")

HOST = {"Host": "127.0.0.1"}
HOSTILE = ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "＝1", "0012345678", "123456789012345678", "1e5"]


@pytest.fixture(scope="module")
def service(released: Home) -> Service:
    return Service(released)


@pytest.fixture(scope="module")
def client(service: Service) -> FlaskClient:
    return create_app(service).server.test_client()


@pytest.fixture(scope="module")
def choices(service: Service) -> dict[str, list[str]]:
    """Values of each filter that some firm has, and one that none has."""
    with service.release(single_user()) as release:
        facets = release.mover_list("firms").facets(Filters())
    known = {field: [*(choice.value for choice in choices), "9"] for field, choices in facets.items()}
    return {**known, "q": ["科技", "9133", "'; drop table run", "%"]}


def lines(answer: TestResponse) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def get(client: FlaskClient, path: str, address: dict[str, str] | None = None) -> TestResponse:
    return client.get(f"{path}?{urlencode(address or {})}", headers=HOST)


@examples(12)
@given(data=st.data())
@pytest.mark.rule("answers-agree", "the file holds exactly what is filtered")
def test_a_file_has_the_firms_that_the_page_counts(
    client: FlaskClient, service: Service, choices: dict[str, list[str]], data: st.DataObject
) -> None:
    rows: Rows = data.draw(st.sampled_from(["firms", "titles"]))
    names = data.draw(st.sets(st.sampled_from(sorted(choices)), max_size=3))
    address = {name: data.draw(st.sampled_from(choices[name])) for name in sorted(names)}
    sort = data.draw(st.sampled_from(["", "name", "-revenue"]))
    with service.release(single_user()) as release:
        movers = release.mover_list(rows)
        shown, total = movers.page(Filters.of(address), sort, Slice(200, 0)), movers.count(Filters.of(address))

    name = "movers" if rows == "firms" else "movers-titles"
    answer = get(client, f"/download/{name}.csv", {**address, **({"sort": sort} if sort else {})})

    listed = lines(answer)
    assert len(listed) == total == int(answer.headers["X-Tidu-Rows"])
    assert [row["统一社会信用代码"].strip() for row in listed[:200]] == [row["firm_id"] for row in shown]


def test_a_workbook_says_what_it_is_and_repeats_byte_for_byte(client: FlaskClient, service: Service) -> None:
    address = {"change": "same", "lang": "en"}
    first, second = (get(client, "/download/movers.xlsx", address) for _ in range(2))

    assert first.data == second.data
    with service.release(single_user()) as release:
        run, total = release.freshness(), release.mover_list("firms").count(Filters(change="same"))
        editions = release.files().editions()
        (firm,) = release.mover_list("firms").page(Filters(change="same"), "", Slice(1, 0))
    about, table = openpyxl.load_workbook(io.BytesIO(first.data)).worksheets
    stated = dict(pair for pair in about.iter_rows(min_row=2, max_col=2, values_only=True) if pair[0])
    assert (stated["Day"], stated["Run"], stated["Rows"]) == (run["day"].isoformat(), run["run_id"], total)
    assert stated["Filters"] == "Change = same"
    assert stated["Credit code"].startswith("the firm: its credit code")
    assert editions
    assert stated["Editions in force"] == editions[0]["title_en"]
    head, row, *rest = table.iter_rows()
    assert len(rest) + 1 == total
    values = {cell.value: row[number] for number, cell in enumerate(head)}
    assert (values["Credit code"].value, values["Credit code"].data_type) == (firm["firm_id"], "s")
    assert values["Revenue, last year (10,000 yuan)"].value == firm["revenue_y0_fen"] / 1_000_000


def test_the_name_of_a_file_has_list_day_and_run(client: FlaskClient, service: Service) -> None:
    with service.release(single_user()) as release:
        run = release.run()
    header = get(client, "/download/movers.csv").headers["Content-Disposition"]

    last = f"{run['day']}-{run['run_id']}.csv"
    assert header.startswith(f'attachment; filename="movers-{last}"; ')
    assert header.endswith(f"filename*=UTF-8''%E4%BC%81%E4%B8%9A%E5%8A%A8%E5%90%91-{last}")
    name = disposition("a", '坏"\r\n; x=1', run["day"], "r", "csv")
    assert "\n" not in name
    assert '坏"' not in name


def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(_: ReleaseQueries, __: Session) -> list[dict[str, Any]]:
        keys = (column.name for column in columns_of("members", "cultivation", "zh"))
        blank: dict[str, Any] = dict.fromkeys(keys)
        return [{**blank, "firm_id": text, "name": text} for text in [*HOSTILE, "长" * 40_000]]

    listed = ListFile(routing.AT_WORK, "cultivation", rows, lambda _release, _session: [])
    monkeypatch.setitem(cast(dict[str, ListFile], LISTS), "members", listed)


def test_no_cell_runs_and_codes_stay_whole(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile(monkeypatch)
    written = lines(get(client, "/download/members.csv"))
    book = openpyxl.load_workbook(io.BytesIO(get(client, "/download/members.xlsx").data))

    for text, row in zip(HOSTILE, written, strict=False):
        assert row["企业"] in (f"'{text}", f"{text}\t"), text
    cells = [row[1] for row in book.worksheets[1].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[: len(HOSTILE)]] == HOSTILE
    assert cells[-1].value.endswith(CUT), "a text that no cell takes is cut where one sees it"
    assert written[-1]["企业"] == "长" * 40_000


def test_a_list_too_long_for_a_workbook_offers_the_csv(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_ROWS", 10)
    answer = get(client, "/download/movers.xlsx")

    assert answer.status_code == 400
    zh, en, *_ = answer.text.splitlines()
    assert "10 行" in zh
    assert all("CSV" in line for line in (zh, en))
    assert len(lines(get(client, "/download/movers.csv"))) > 10


@pytest.mark.parametrize("path", ["nothing.csv", "movers.pdf", "movers.", ".csv", "..%2Fmovers.csv", "movers.csv.xlsx"])
def test_what_is_no_list_is_not_there(client: FlaskClient, path: str) -> None:
    assert get(client, f"/download/{path}").status_code == 404


NAMED_BY_CODE = {"来源", "Feed", "规则版本", "Edition"}
"""Headings of columns that are identifiers."""


def is_code(cell: str, head: str, lang: str) -> bool:
    """Whether a cell is a name of the code: of a figure, or in a Chinese list any lower-case word."""
    if re.search(r"_y[0-5]\b|_(fen|pct)\b", cell):
        return True
    return lang == "zh" and head not in NAMED_BY_CODE and bool(re.fullmatch(r"[a-z][a-z_]+", cell.strip()))


@pytest.mark.parametrize("name", LISTS)
def test_every_list_opens_with_headings_in_either_language(client: FlaskClient, name: str) -> None:
    heads = []
    for lang in ("zh", "en"):
        answer = get(client, f"/download/{name}.xlsx", {"lang": lang})
        assert answer.status_code == 200
        _, table = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
        heads.append([cell.value for cell in next(table.iter_rows())])
        written = get(client, f"/download/{name}.csv", {"lang": lang}).data.decode("utf-8-sig")
        first, *rows = csv.reader(io.StringIO(written))
        assert first == heads[-1]
        coded = {cell for row in rows for head, cell in zip(first, row, strict=True) if is_code(cell, head, lang)}
        assert not coded, "codes are written in words, figures by their names"
    zh, en = heads
    assert len(set(zh)) == len(zh) == len(set(en))
    assert all(ord(sign) < 0x4E00 for sign in "".join(en))


def test_every_described_list_is_registered_and_named_in_the_routes() -> None:
    files = [path.stem for path in FOLDER.glob("*.yml") if path.stem != "words"]

    known = {**LISTS, **OF_ZONES.lists}
    assert {name for page in files for name in described(page)} == set(known)
    assert all(name in described(listed.page) for name, listed in known.items())
    assert routing.ENDPOINTS[ENDPOINT].is_fresh
    assert Path(downloads.__file__).parent == FOLDER


def test_the_links_keep_the_address_and_are_drawn_for_who_may_export(service: Service) -> None:
    session = Session({"change": "up", "lang": "en"}, "en", single_user())
    drawn = str(links("movers", session))

    assert "/download/movers.csv?change=up&lang=en" in drawn
    assert "owner=x" in str(links("movers", session, {"owner": "x"})), "what the page fills in is in the file"
    assert "/download/movers.xlsx?change=up&lang=en" in drawn
    for role in ("incubator", "administrator"):
        assert "/download/" not in str(links("movers", Session({}, "zh", Scope("x", role, "zone"))))


@pytest.mark.rule("answers-agree", "numbers are in 万元 at the edge, each with its unit")
def test_totals_name_their_industry_and_keep_money_apart() -> None:
    month = [{"industry": code, "firms": 9} for code in ("all", "39", "")]
    year = {"zh": "指标", "indicator": "x", "firms": 9}
    money = {**year, "is_money": True, "total": 123_000_000, "unit_filed": "千元"}
    people = {**year, "is_money": False, "total": 45, "unit_filed": "人"}
    data = Mock(**{"periods.return_value": ["2025"], "totals.return_value": (month, [money, people], None)})
    session = Session({}, "zh", single_user())

    assert [row["named"] for row in of_data._monthly(data, session)] == [
        "全区合计", "计算机、通信和其他电子设备制造业 39", "行业不明",
    ]  # fmt: skip
    amounts = [(row["total_fen"], row["total"], row["unit_filed"]) for row in of_data._yearly(data, session)]
    assert amounts == [(123_000_000, None, None), (None, 45, "人")]
