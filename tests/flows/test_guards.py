"""What a run refuses before it reads a file, and how a person goes on nevertheless."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tiny_zone import TinyZone
from typer.testing import CliRunner

from flows import cli, guards
from flows.plan import new_plan, today
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home

pytestmark = pytest.mark.rule("way-out")


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    zone = TinyZone(tmp_path)
    zone.registry(day="20260601")
    return zone


def _refused(zone: TinyZone, day: date) -> str:
    with pytest.raises(BadInput) as refused:
        guards.check(zone.plan(day))
    return refused.value.en


def test_a_day_to_come_is_refused(zone: TinyZone) -> None:
    assert "is after today" in _refused(zone, today() + timedelta(days=1))
    guards.check(zone.plan(today()))


def test_a_day_before_the_first_data_is_refused(zone: TinyZone) -> None:
    assert "before the first data (2026-06-01)" in _refused(zone, date(2026, 5, 31))
    guards.check(zone.plan(date(2026, 6, 1)))


def test_a_home_of_another_place_is_refused(zone: TinyZone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "place_of_current", lambda _: "CN-4403")

    assert "look at --home and --place" in _refused(zone, date(2026, 6, 30))


@pytest.mark.parametrize("current", ["CN", "CN-33", "CN-3301", "CN-330108"])
def test_a_place_around_or_within_that_of_the_home_is_accepted(
    zone: TinyZone, monkeypatch: pytest.MonkeyPatch, current: str
) -> None:
    monkeypatch.setattr(guards, "place_of_current", lambda _: current)

    guards.check(zone.plan(date(2026, 6, 30)))


def test_the_place_left_out_is_that_of_the_last_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "place_of_current", lambda _: "CN-3302-HTZ")

    assert guards.place_of_run(Home(tmp_path), None) == "CN-3302-HTZ"
    assert guards.place_of_run(Home(tmp_path), "杭州") == "CN-3301"


def test_the_place_left_out_before_the_first_release_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--place"):
        guards.place_of_run(Home(tmp_path), None)


@pytest.mark.parametrize("names", [(), ("说明.docx", "通讯录.csv")])
def test_a_fresh_home_with_an_inbox_without_delivery_publishes_nothing(tmp_path: Path, names: tuple[str, ...]) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in names:
        (inbox / name).write_text("a,b\n1,2\n")

    with pytest.raises(BadInput) as refused:
        guards.check_inbox(
            new_plan(tmp_path / "home", inbox, date(2026, 6, 30), "CN-3301", datetime(2026, 6, 30, tzinfo=UTC))
        )

    assert all(name in refused.value.zh for name in names)
    assert not list((tmp_path / "home" / "releases").glob("*.duckdb"))


READING = [
    "movers", "units", "releases", "quarantine", "landing list", "duties x", "explain x", "step x gazelle",
    "what-if x revenue_y0=1", "extract --all", "match file x.csv", "serve --port 8061", "changes", "report-cards",
    "casebook restore x", "scheduler worker",
]  # fmt: skip


@pytest.mark.parametrize("words", READING)
def test_a_command_in_a_wrong_folder_creates_nothing(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIDU_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("企业名称\n某某有限公司\n")

    answer = CliRunner().invoke(cli.app, words.split())

    assert isinstance(answer.exception, NoRelease) or answer.exit_code == 2, answer.output
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_an_unknown_designation_lists_the_valid_ones() -> None:
    from service.queries.rules.designations import designation_of

    assert designation_of("瞪羚") == designation_of("瞪羚企业") == designation_of(" Gazelle ") == "gazelle"
    with pytest.raises(BadInput, match=r"unicorn.*leader"):
        designation_of("x1")
    with pytest.raises(BadInput, match="is it gazelle"):
        designation_of("gazele")


def test_a_port_in_use_is_named_with_the_way_out() -> None:
    from flows.ports import PortTaken, listen, require_free

    with listen(0) as listening, pytest.raises(PortTaken, match="--port"):
        require_free(listening.getsockname()[1])
