"""The workbook of an incubator: its own tenants, what changed since the last one, the same bytes for all."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

import pytest
from typer.testing import CliRunner
from workbooks import largest_incubator, sheets

from dash_app.app import create_app
from flows.cli import app as commands
from flows.handover import hand_over_extracts
from service.extracts import deliveries, rows
from service.extracts.changes import changes, kept
from service.extracts.extracts import Extracts
from service.extracts.layout import layout
from service.outputs import write_extracts
from service.reader import Service
from service.scope import Scope, single_user
from warehouse.casebook.folds import delivery
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.desk.desk import named_views, views
from warehouse.release.disclosure.purpose import require_service
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@pytest.fixture
def extracts(own_home: Home) -> Iterator[Extracts]:
    with Service(own_home).extracts(single_user()) as desk:
        yield desk


@pytest.fixture(scope="module")
def incubator(published: Published) -> str:
    """The one with the most tenants."""
    return largest_incubator(published)


def test_a_workbook_holds_the_tenants_of_its_incubator_and_no_others(
    extracts: Extracts, published: Published, incubator: str
) -> None:
    book = sheets(extracts.extract(incubator, "zh").workbook)
    own = published.rows(
        "select firm_id, is_living from core_firm__tenancies inner join core_firm using (firm_id)"
        " where incubator = $1 and is_current",
        [incubator],
    )

    living = {row["firm_id"] for row in own if row["is_living"] is not False}
    assert {row[0] for row in book["在孵企业"][1:]} == living
    assert {row[0] for row in book["到期事项"][1:]} <= living
    assert {row[0] for row in book["已注销"][1:]} == {row["firm_id"] for row in own} - living
    about = dict(row[:2] for row in book["说明"] if row[0])
    run = published.rows("select run_id, day from run")[0]
    assert (about["孵化器"], about["评价日"], about["期"]) == (incubator, str(run["day"]), run["run_id"])
    assert about["上次交付"] == "首次交付，没有可比的上一次"
    assert list(book) == ["说明", "变化", "在孵企业", "到期事项", "晋级贡献", "已注销", "列说明"]


def test_it_says_what_to_do_by_when_with_which_papers_and_whom_to_ask(extracts: Extracts, incubator: str) -> None:
    names = [row["incubator"] for row in extracts.incubators()][:6]
    tenants = [row for name in names for row in extracts.tables(name).tenants]

    dated = [row for row in tenants if row["window_closes_on"]]
    assert dated
    assert all(row["start_by"] <= row["window_closes_on"] for row in dated)
    assert any("审计报告" in (row["papers_zh"] or "") for row in tenants), "the papers that a text lists"
    assert any(row["gap_zh"] for row in tenants)
    head, *lines = sheets(extracts.extract(incubator, "zh").workbook)["在孵企业"]
    assert {line[head.index("联系人")] for line in lines} == {"未分派，请联系高新区"}


def test_every_column_is_explained_in_both_languages(extracts: Extracts, incubator: str) -> None:
    zh, en = (extracts.extract(incubator, lang) for lang in ("zh", "en"))
    side = json.loads(zh.side)

    assert (side["incubator"], side["sha256"], side["run"]) == (incubator, zh.sha256, zh.run_id)
    books = sheets(zh.workbook), sheets(en.workbook)
    for sheet in side["sheets"]:
        for lang, book in zip(("zh", "en"), books, strict=True):
            head, *lines = book[sheet["title"][lang]]
            assert head == [column[lang] for column in sheet["columns"]]
            assert len(lines) == sheet["rows"]
        for column in sheet["columns"]:
            assert column["type"] in ("string", "integer", "number", "date")
            assert column["meaning"]["zh"]
            assert all(ord(sign) < 0x4E00 for sign in column["en"] + column["meaning"]["en"])
    assert len(books[0]["列说明"]) - 1 == sum(len(sheet["columns"]) for sheet in side["sheets"])


def test_no_figure_of_a_statistical_survey_is_in_it() -> None:
    """Every view it reads is of tables that lists of firms may rest on; the models themselves are held in a run."""
    queries = [value for name, value in vars(rows).items() if name.startswith("_") and isinstance(value, str)]
    named = {name for query in queries if query.startswith("select") for name in named_views(query)}

    assert {"desk_movers__firms", "desk_firm__due"} <= named
    require_service(*(views()[name].table for name in named))


@pytest.mark.rule(
    "answers-agree", "command, flow, page and HTTP give the same bytes, and a delivery is handed over again as it was"
)
def test_the_same_bytes_everywhere_and_again(own_home: Home, incubator: str, tmp_path: Any) -> None:
    client = create_app(Service(own_home)).server.test_client()
    path = f"/api/v1/extracts/{quote(incubator)}/workbook"

    def over_http(query: str = "") -> bytes:
        answer = client.get(path + query, headers={"Host": "127.0.0.1"})
        assert answer.status_code == 200
        return bytes(answer.data)

    first = over_http()
    write_extracts(own_home, tmp_path, incubator)
    (written,) = tmp_path.glob("*.xlsx")
    assert written.read_bytes() == first == over_http()
    assert deliveries.log(own_home) == [], "a file that is only taken is no delivery"
    for folder in ("once", "twice"):
        names = [out.name for out in hand_over_extracts.fn(own_home.root, tmp_path / folder)]
        assert written.name in names
        (again,) = (tmp_path / folder).rglob(written.name)
        assert again.read_bytes() == first
    (logged,) = deliveries.log(own_home, incubator)
    assert (logged["delivered_by"], logged["sha256"], logged["is_kept"]) == (
        "tidu",
        hashlib.sha256(first).hexdigest(),
        True,
    )
    assert over_http(f"?delivery={logged['seq']}") == first
    columns = client.get(path.replace("workbook", "columns"), headers={"Host": "127.0.0.1"})
    assert columns.json["sha256"] == logged["sha256"]
    assert client.get(f"{path}?delivery=99999", headers={"Host": "127.0.0.1"}).status_code == 400
    assert client.get("/api/v1/extracts/nobody/workbook", headers={"Host": "127.0.0.1"}).status_code == 404


def test_the_next_delivery_tells_what_changed_since_the_last(
    own_home: Home, extracts: Extracts, incubator: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    extracts.deliver(incubator, "zh", "张三", "每月交付", NOW, "form-1")
    extracts.deliver(incubator, "zh", "张三", "每月交付", NOW, "form-1")
    assert len(deliveries.log(own_home, incubator)) == 1, "the same form twice is logged once"
    tables = extracts.tables(incubator)
    run = extracts._run()
    gone, other = tables.tenants[0], tables.tenants[1]
    later = rows.Tables([{**other, "next_zh": "申报"}, *tables.tenants[2:]], tables.due, tables.credit, [gone])
    monkeypatch.setattr(Extracts, "_run", lambda _: {**run, "run_id": "later"})
    monkeypatch.setattr("service.extracts.extracts.tables", lambda *_, **__: later)

    book = sheets(extracts.extract(incubator, "zh").workbook)

    about = dict(row[:2] for row in book["说明"] if row[0])
    assert run["run_id"] in about["上次交付"]
    assert book["变化"][1:] == [
        ["已注销或吊销", gone["firm_id"], gone["name"], None, None, None],
        ["有变化", other["firm_id"], other["name"], "下一步", other["next_zh"], "申报"],
    ]
    changed, tenants, last = extracts.preview(incubator, "zh")
    assert (len(changed), len(tenants), last and last.run_id) == (2, len(later.tenants), run["run_id"])
    for path in own_home.deliveries.glob("*/kept.json"):
        path.unlink()
    lost = dict(row[:2] for row in sheets(extracts.extract(incubator, "zh").workbook)["说明"] if row[0])
    assert "原件已不在" in lost["上次交付"], "what cannot be compared is said"


def test_a_changed_or_lost_original_is_not_handed_over(own_home: Home, extracts: Extracts, incubator: str) -> None:
    event = extracts.deliver(incubator, "zh", "张三", "每月交付", NOW, None)
    (path,) = own_home.deliveries.glob("*/workbook.xlsx")
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(BadInput, match="被改动过"):
        extracts.again(event.seq)
    path.unlink()
    with pytest.raises(BadInput, match="原件不在"):
        extracts.again(event.seq)
    assert extracts.extract(incubator, "zh").sha256 == event.content["sha256"], "the release still gives the same"


@pytest.mark.parametrize("side", ["came", "left"])
def test_tenants_that_came_or_left_come_first(side: str) -> None:
    firm = {"firm_id": "F1", "name": "甲", "entered_on": date(2026, 1, 2), "titles_zh": None}
    other = {**firm, "firm_id": "F0", "titles_zh": "瞪羚企业"}
    with_it = kept({"tenants": [firm, other], "dissolved": []})
    without = kept({"tenants": [{**other, "titles_zh": None}], "dissolved": []})
    before, now = (without, with_it) if side == "came" else (with_it, without)

    listed = changes(before, now, "zh")

    assert [(row["kind"], row["firm_id"]) for row in listed] == [(side, "F1"), ("changed", "F0")]
    assert changes(now, now, "zh") == []


def test_only_who_sees_all_tenants_has_the_workbook(own_home: Home, incubator: str) -> None:
    service = Service(own_home)

    def names(role: str, kind: Any, *keys: str) -> list[str]:
        with service.extracts(Scope("x", role, kind, keys)) as desk:
            if not (seen := [row["incubator"] for row in desk.incubators()]):
                with pytest.raises(BadInput):
                    desk.extract(incubator, "zh")
            return seen

    assert len(names("director", "zone")) > 1
    assert names("officer", "incubator", incubator) == [incubator]
    assert names("officer", "park", "330108") == names("officer", "own", "F") == names("administrator", "zone") == []
    with service.extracts(Scope("x", "director", "zone")) as desk, pytest.raises(BadInput, match="不能交付"):
        desk.deliver(incubator, "zh", "张三", "试", NOW, None)


def test_the_log_is_a_command(own_home: Home, incubator: str, tmp_path: Any) -> None:
    run = CliRunner()
    home = ["--home", str(own_home.root)]
    empty = run.invoke(commands, ["extract", "--log", *home])
    assert "还没有交付过" in empty.output
    done = run.invoke(
        commands,
        ["--lang", "en", "extract", "--incubator", incubator, "--out", str(tmp_path / "out"), "--by", "王", *home],
    )
    assert done.exit_code == 0, done.output
    (row,) = json.loads(run.invoke(commands, ["extract", "--log", "--json", *home]).output)
    assert (row["delivered_by"], row["incubator"], row["lang"]) == ("王", incubator, "en")
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".csv", ".json", ".xlsx"}
    assert run.invoke(commands, ["extract", "--all", *home]).exit_code == 2


def test_a_withdrawn_delivery_is_none() -> None:
    assert delivery.fold([]) is None
    assert set(layout().sheets) >= {"changes", "tenants", "due", "credit", "dissolved", "columns"}
