"""What was gathered for statistics is in no list, page, extract or answer about a firm."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from tiny_zone import TinyZone, code
from typer.testing import CliRunner
from whole_job import run_steps

from dash_app.app import create_app
from dash_app.pages.firm.evidence import conditions
from flows import cli
from service.decisions import quarantine
from service.queries.firm.firm_page import read_firm
from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_list import MoverList
from service.queries.release.records import Slice
from service.reader import Service
from warehouse.errors import BadInput, DefinitionError
from warehouse.home import Home
from warehouse.intake.feed import load_feeds
from warehouse.release import releases
from warehouse.release.disclosure import purpose

pytestmark = pytest.mark.rule("disclosure", "what rests on a survey for statistics alone appears in totals only")

ROOT = Path(__file__).resolve().parents[2]
LATE = ("73459177", "8239771", "91829377")
SENTINELS = ("73456193", "8234571", "91827365", "64738291", *LATE)
"""Figures that stand nowhere else: revenue, staff, R&D of one firm, of a row that waits, and as filed again."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A release over flash reports, one of them with a wrong code, beside a firm's own filing."""
    zone = TinyZone(tmp_path_factory.mktemp("zone"))
    zone.registry(*((n, f"杭州甲乙{n}科技有限公司") for n in range(1, 7)))
    zone.yearly(2025, {"uscc": 1, "revenue": 2000, "total_income": 3000})
    usual = [(code(n), f"杭州甲乙{n}科技有限公司", "202603", 73456000 + n, 8234000, 91827000) for n in range(2, 7)]
    zone.other(
        "规上企业快报_202603.csv",
        "统一社会信用代码,企业名称,报告期,营业收入累计（千元）,从业人员期末,研发费用累计（千元）",
        (code(1), "杭州甲乙1科技有限公司", "202603", SENTINELS[0], SENTINELS[1], SENTINELS[2]),
        (code(1)[:-1] + "I", "杭州甲乙9科技有限公司", "202603", SENTINELS[3], SENTINELS[3], SENTINELS[3]),
        *usual,
    )
    zone.other(
        "在孵企业_甲孵化器_20260601.csv",
        "孵化器名称,企业名称,统一社会信用代码,入孵时间",
        ("甲孵化器", "杭州甲乙1科技有限公司", code(1), "2016-01-01"),
    )
    run_steps(zone.home, zone.inbox)
    late = [(code(n), f"杭州甲乙{n}科技有限公司", "202603", 73457000 + n, 8234000, 91827000) for n in range(2, 7)]
    zone.other(
        "规上企业快报_202603_补报.csv",
        "统一社会信用代码,企业名称,报告期,营业收入累计（千元）,从业人员期末,研发费用累计（千元）",
        (code(1), "杭州甲乙1科技有限公司", "202603", *LATE),
        *late,
    )
    zone.yearly(2025, {"uscc": 1, "revenue": 2100, "total_income": 3000}, note="更正")
    run_steps(zone.home, zone.inbox)
    return Home(zone.home)


@pytest.fixture(scope="module")
def texts(home: Home) -> dict[str, str]:
    """Everything that a release and what is written beside it say, but the rows of the statistics feeds themselves."""
    published = releases.Published(home)
    own = {f"{kind}_{feed.name}" for feed in load_feeds().values() if feed.use != "service" for kind in ("raw", "stg")}
    tables = [row["table_name"] for row in published.rows("select table_name from duckdb_tables()")]
    texts = {name: repr(published.rows(f"select * from {name}")) for name in tables if name not in own}
    for folder in (home.extracts, home.quarantine, home.report_cards):
        texts |= {str(path): path.read_text("utf-8-sig") for path in folder.rglob("*") if path.is_file()}
    return texts


def test_the_reports_were_loaded_and_are_in_the_totals(home: Home) -> None:
    published = releases.Published(home)

    assert published.rows("select count(*) as n from stg_torch__flash") == [{"n": 12}]
    (cell,) = published.rows("select * from mart_zone__statistics where industry = 'all'")
    assert cell["revenue_to_date_fen"] == (int(LATE[0]) + sum(73457000 + n for n in range(2, 7))) * 100_000


@pytest.mark.parametrize("sentinel", SENTINELS)
def test_no_table_extract_or_report_holds_a_figure_of_a_statistics_feed(
    home: Home, texts: dict[str, str], sentinel: str
) -> None:
    assert len(texts) > 40
    assert any(str(home.extracts) in name and code(1) in text for name, text in texts.items())
    assert [name for name, text in texts.items() if sentinel in text] == []


def test_no_answer_of_the_command_line_holds_one(home: Home, tmp_path: Path) -> None:
    commands = (
        ["explain", code(1), "--json"],
        ["explain", code(1), "--day", "2026-05-01", "--json"],
        ["movers", "--format", "json"],
        ["quarantine", "--json"],
        ["quarantine", "--feed", "torch__flash", "--format", "csv"],
        ["releases", "--json"],
        ["explain", code(1)],
        ["explain", code(1), "--as-known-on", releases.releases(home)[1].run_id, "--json"],
        *(["changes", "--format", form] for form in ("table", "csv", "json")),
        ["movers"],
        ["movers", "--format", "csv"],
        ["match", "--json"],
        ["step", code(1), "tech_sme", "--json"],
        ["what-if", code(1), "revenue_y0=5200万元", "--json"],
        ["score", code(1), "--scheme", "example/2026", "--json"],
        ["units", "--all", "--json"],
        ["quality", "--json"],
        ["report-cards", "--out", str(tmp_path / "cards")],
        ["extract", "--all", "--out", str(tmp_path / "extracts")],
    )
    for words in commands:
        answer = CliRunner().invoke(cli.app, [*words, "--home", str(home.root)])
        assert answer.exit_code == 0, words
        assert not [sentinel for sentinel in SENTINELS if sentinel in answer.stdout], words
    written = {path: _text_of(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.suffix for path in written} >= {".html", ".csv", ".json", ".xlsx"}
    assert [path for path, text in written.items() if any(sentinel in text for sentinel in SENTINELS)] == []
    waiting = CliRunner().invoke(cli.app, ["quarantine", "--json", "--home", str(home.root)])
    assert any(row["feed"] == "torch__flash" and row["value"] is None for row in json.loads(waiting.stdout))


def _text_of(path: Path) -> str:
    """The content of a file; of a workbook the cells of all sheets."""
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    sheets = load_workbook(path).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)


def test_no_page_of_the_dashboard_holds_one(home: Home) -> None:
    client, published = create_app(Service(home)).server.test_client(), releases.Published(home)
    pages = [shown_at(client, path, f"?lang={lang}") for path in ("/", f"/firm/{code(1)}") for lang in ("zh", "en")]
    with published.desk("zone") as desk:
        rows = MoverList(desk, "firms").page(Filters.of({}), "", Slice(100, 0))
        editions = desk.rows("select distinct edition_id from desk_firm__verdicts")
        file = read_firm(desk, code(1))
        assert file is not None
        proofs = [repr(conditions(file, edition["edition_id"], "en")) for edition in editions]

    assert code(1) in pages[-1]
    assert len(rows) == 6
    assert len(proofs) > 10
    assert not [sentinel for sentinel in SENTINELS if sentinel in repr((pages, rows, proofs))]


def test_no_answer_over_http_holds_one(home: Home) -> None:
    client = create_app(Service(home)).server.test_client()
    lists = ("release", "firms", "verdicts?every_edition=true", "signals", "due?undated=true&within=3650", "extracts")
    paths = [*lists, f"firms/{code(1)}", f"firms/{code(1)}/verdicts"]
    answers = [client.get(f"/api/v1/{path}", headers={"Host": "127.0.0.1"}) for path in paths]

    assert {answer.status_code for answer in answers} == {200}
    assert code(1) in answers[1].text
    assert not [sentinel for sentinel in SENTINELS for answer in answers if sentinel in answer.text]


def shown_at(client: FlaskClient, path: str, search: str) -> str:
    """What the application answers when a browser comes to an address."""
    answer = client.post(
        "/_dash-update-component",
        json={
            "output": "..page.children...drawn.data..",
            "outputs": [{"id": "page", "property": "children"}, {"id": "drawn", "property": "data"}],
            "inputs": [
                {"id": "url", "property": "pathname", "value": path},
                {"id": "url", "property": "search", "value": search},
            ],
            "state": [{"id": "drawn", "property": "data", "value": None}],
            "changedPropIds": ["url.pathname"],
        },
        headers={"Host": "localhost"},
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_a_value_for_statistics_is_not_corrected_at_the_desk(home: Home) -> None:
    (row,) = releases.Published(home).rows("select address from quarantine where feed = 'torch__flash'")
    now = releases.releases(home)[0].published_at

    with pytest.raises(BadInput, match="仅供统计"):
        quarantine.correct(home, row["address"], "staff_end", "1", by="王", why="因为", now=now)


def test_a_table_that_rests_on_such_a_feed_stops_the_run_unless_it_is_a_named_total(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    purpose.require_purpose_kept()
    monkeypatch.setattr(purpose, "totals", list)

    with pytest.raises(DefinitionError, match="mart_zone__statistics"):
        purpose.require_purpose_kept()


def test_a_feed_that_becomes_statistical_stops_every_list_of_firms_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = load_feeds()
    changed = {**feeds, "zone__yearly": feeds["zone__yearly"].model_copy(update={"use": "statistics"})}
    monkeypatch.setattr(purpose, "load_feeds", lambda: changed)

    with pytest.raises(DefinitionError, match="core_firm"):
        purpose.require_purpose_kept()
    with pytest.raises(DefinitionError, match="mart_firm__history"):
        purpose.require_service("mart_firm__history")


def test_a_total_with_a_firm_in_its_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purpose, "key_of", lambda _: ["period", "uscc"])

    with pytest.raises(DefinitionError, match="key"):
        purpose.require_purpose_kept()


def test_a_feed_must_say_its_use() -> None:
    assert load_feeds()["torch__flash"].model_fields_set >= {"use"}
    assert type(load_feeds()["torch__flash"]).model_fields["use"].is_required()


def test_nothing_outside_the_warehouse_reads_rows_of_sources() -> None:
    files = [path for room in ("flows", "service", "dash_app") for path in (ROOT / room).rglob("*.py")]
    files += (ROOT / "warehouse" / "outputs").rglob("*.py")

    assert not [path for path in files if {"raw_torch__flash", "stg_torch__flash"} & set(words_of(path))]


def words_of(path: Path) -> list[str]:
    return re.findall(r"\w+", path.read_text("utf-8"))
