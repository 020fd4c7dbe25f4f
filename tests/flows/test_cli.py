"""The command line: exit codes by kind of failure, and output that a pipeline can read."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner, Result

from flows import cli
from flows.terminal.help_words import speak_help
from flows.terminal.language import speak
from tiers.movement.signals import movement
from warehouse.home import Home
from warehouse.release import releases

pytestmark = pytest.mark.rule("way-out")


def _commands(app: typer.Typer, *path: str) -> list[str]:
    """Every command of an application and of its groups, as the words that call it."""
    named = [command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands]
    groups = [_commands(group.typer_instance, *path, str(group.name)) for group in app.registered_groups]
    return [" ".join((*path, name)) for name in named] + [command for group in groups for command in group]


COMMANDS = [*_commands(cli.app), "feeds", "releases", "quarantine"]
BY_DEFAULT = {
    "match file": "match",
    "case firm": "case",
    "assign firm": "assign",
    "assign leave take": "assign leave",
}
"""Commands that a group runs where none of its commands is named."""


def tidu(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def code_of(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """The exit code of the whole program, failures included."""
    monkeypatch.setattr("sys.argv", ["tidu", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    return int(stopped.value.code or 0)


def _command(built: Any, words: str) -> Any:
    """The command of an application by the words that call it."""
    for word in words.split():
        built = built.commands[word]
    return built


@pytest.mark.rule("two-languages", "every command explains itself in both languages, with an example")
def test_every_command_explains_itself_with_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    speak("zh")
    built = get_command(cli.app)  # half of the time of a help
    speak_help(built, typer.Context(built, help_option_names=["--help"]))
    monkeypatch.setattr("typer.testing._get_command", lambda app: built)
    monkeypatch.setattr("flows.terminal.spoken_commands._speak_help", lambda *_: None)

    without = [
        command
        for command in COMMANDS
        if "例：tidu " + BY_DEFAULT.get(command, command) not in tidu(*command.split(), "--help").stdout
    ]

    assert without == []


@pytest.mark.rule("two-languages", "every command explains itself in both languages, with an example")
def test_every_command_has_its_example_in_english() -> None:
    """The texts that a help shows, without drawing them again; one help as it is drawn."""
    shown = tidu("--lang", "en", "movers", "--help").stdout
    speak("en")
    built = get_command(cli.app)
    speak_help(built, typer.Context(built, help_option_names=["--help"]))
    texts = {command: _command(built, command).help for command in COMMANDS}

    assert "Example: tidu movers" in shown
    assert [name for name, text in texts.items() if f"Example: tidu {BY_DEFAULT.get(name, name)}" not in text] == []


def test_movers_can_be_read_by_a_program(released: Home) -> None:
    rows = json.loads(tidu("movers", "--change", "up", "--format", "json", "--home", released.root).stdout)

    assert rows
    assert {row["change"]["kind"] for row in rows} == {"up"}


def test_the_answer_of_movers_has_the_form_its_schema_states(released: Home) -> None:
    schema = json.loads(files("service.queries.movers").joinpath("movers.schema.json").read_text("utf-8"))

    answer = json.loads(tidu("movers", "--format", "json", "--home", released.root).stdout)

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer, schema)
    assert any(row["signals"] and row["titles"] for row in answer)
    kinds = schema["items"]["properties"]
    assert set(kinds["change"]["properties"]["kind"]["enum"]) == movement().changes.keys()
    assert set(kinds["signals"]["items"]["properties"]["signal"]["enum"]) == movement().signals.keys()


def test_movers_by_title_lists_each_title_of_a_firm(released: Home) -> None:
    words = ("movers", "--titles", "--designation", "hnte", "--format", "json", "--home", released.root)
    rows = json.loads(tidu(*words).stdout)
    held = releases.Published(released).rows("select held_count from mart_zone__ladder where designation = 'hnte'")

    assert {row["designation"] for row in rows} == {"hnte"}
    assert sum(row["is_held"] for row in rows) == held[0]["held_count"] > 0


@pytest.mark.parametrize("option", ["--change", "--signal", "--designation"])
def test_movers_name_the_kinds_there_are(
    released: Home, option: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(monkeypatch, "movers", option, "nonsense", "--home", released.root) == 3
    assert "nonsense" in capsys.readouterr().err


def test_the_three_formats_of_movers_tell_the_same_firms(released: Home) -> None:
    as_json = json.loads(tidu("movers", "--format", "json", "--home", released.root).stdout)
    as_csv = csv.DictReader(io.StringIO(tidu("movers", "--format", "csv", "--home", released.root).stdout))

    assert [row["firm_id"] for row in as_json] == [row["firm_id"] for row in as_csv]


def test_explain_gives_value_requirement_gap_clause_and_source_of_every_condition(
    released: Home,
) -> None:
    firm = releases.Published(released).rows(
        "select firm_id, name from mart_movers__firms where next_action = 'close_gap' limit 1"
    )[0]

    answer = json.loads(tidu("explain", firm["name"], "--json", "--home", released.root).stdout)

    conditions = [c for verdict in answer["verdicts"] for c in verdict["conditions"]]
    assert answer["firm"]["firm_id"] == firm["firm_id"]
    assert all(c["clause"] and c["required_zh"] for c in conditions)
    assert any(c["gap"] for c in conditions if c["outcome"] == "not_met")
    assert any(c["source"] for c in conditions)


def test_explain_on_the_release_day_says_what_is_published(released: Home) -> None:
    published = releases.Published(released)
    firm = published.rows("select firm_id from mart_movers__firms order by firm_id limit 1")[0]["firm_id"]
    day = str(published.rows("select day from mart_run__summary")[0]["day"])
    answer = json.loads(tidu("explain", firm, "--json", "--home", released.root).stdout)

    replayed = json.loads(tidu("explain", firm, "--day", day, "--json", "--home", released.root).stdout)

    assert replayed == answer


def test_explain_on_another_day_asks_the_figures_of_that_day(released: Home) -> None:
    firm = releases.Published(released).rows(
        "select firm_id from core_firm__yearly group by firm_id having count(*) >= 5 limit 1"
    )[0]["firm_id"]

    answer = json.loads(tidu("explain", firm, "--day", "2025-06-30", "--json", "--home", released.root).stdout)

    assert answer["day"] == "2025-06-30"
    assert answer["verdicts"]


def test_an_unknown_firm_is_bad_input(released: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(monkeypatch, "explain", "查无此企业", "--home", released.root) == 3


def test_nothing_published_yet_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(monkeypatch, "movers", "--home", tmp_path) == 3


def test_a_day_that_is_no_day_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code_of(monkeypatch, "run", "--inbox", tmp_path, "--day", "2026-02-30") == 2


def test_a_second_writer_gets_the_number_of_the_process_at_work(
    own_home: Home,
    sample_zone: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from warehouse.release.lock import writer

    words = ("run", "--inbox", sample_zone, "--day", "2026-06-30", "--home", own_home.root)
    with ThreadPoolExecutor(1) as another, writer(own_home):
        code = another.submit(code_of, monkeypatch, *words).result()

    assert code == 5
    assert "Traceback" not in capsys.readouterr().err


def test_extracts_name_each_file_they_wrote(released: Home, tmp_path: Path) -> None:
    written = tidu("extract", "--all", "--out", tmp_path, "--home", released.root).stdout.split()

    assert written
    assert all(Path(line).is_file() for line in written)


def test_feeds_lists_every_column_with_its_headings() -> None:
    known = {feed["name"]: feed for feed in json.loads(tidu("feeds", "--json").stdout)}

    assert {"registry__firms", "zone__yearly", "listed__profit"} <= known.keys()
    assert all(column["headings"] for feed in known.values() for column in feed["columns"])


def test_editions_of_a_place_include_those_of_its_parents_only() -> None:
    rows = json.loads(tidu("editions", "--place", "CN-33", "--json").stdout)

    assert {row["place"] for row in rows} == {"CN", "CN-33"}


def test_releases_are_listed_newest_first_with_the_current_one_marked(released: Home) -> None:
    rows = json.loads(tidu("releases", "--home", released.root, "--json").stdout)

    assert [row["run_id"] for row in rows] == sorted((row["run_id"] for row in rows), reverse=True)
    assert [row["is_current"] for row in rows].count(True) == 1


def test_the_catalogue_in_the_docs_is_the_rule_book_of_today() -> None:
    written = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text("utf-8")

    assert tidu("catalogue").stdout == written, "make it anew: tidu catalogue > docs/catalogue.md"


def test_the_desk_lists_decides_and_withdraws(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = json.loads(tidu("quarantine", "--json", "--home", own_home.root).stdout)
    row = next(finding for finding in rows if finding["rule_id"] == "U04")
    narrowed = tidu("quarantine", "--rule", "U04", "--firm", row["uscc"], "--json", "--home", own_home.root).stdout
    because = ("--by", "王某某", "--why", "已核对", "--home", own_home.root)

    printed = tidu("quarantine", "accept", f"{row['address']}/U04", *because).stdout
    undone = tidu("quarantine", "undo", row["address"], *because).stdout

    assert {finding["rule_id"] for finding in json.loads(narrowed)} == {"U04"}
    assert row["address"] in printed
    assert "王某某" not in printed + undone
    assert "撤回第 " in undone
    assert code_of(monkeypatch, "quarantine", "accept", "nonsense", *because) == 3
