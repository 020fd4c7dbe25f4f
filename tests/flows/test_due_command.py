"""``tidu due`` on the release of the sample: who owns what, its formats, and the calendar file."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from icalendar import Calendar

from flows import cli
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run ``tidu due`` with words; exit code, output, messages."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["tidu", "due", *words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return run


@pytest.fixture
def due(say: Say, released: Home) -> Callable[..., list[dict[str, Any]]]:
    def rows(*words: str) -> list[dict[str, Any]]:
        code, out, _ = say(*words, "--format", "json", "--home", str(released.root))
        assert code == 0
        return list(json.loads(out))

    return rows


def test_what_is_due_within_days_comes_first_by_its_day(due: Callable[..., list[dict[str, Any]]]) -> None:
    near, far = due("--within", "90"), due("--within", "400")

    assert {row["due_on"] for row in near if row["state"] == "open"}
    assert all(row["due_on"] <= "2026-09-28" for row in near)
    assert len(far) > len(near)
    assert [row["due_on"] for row in far] == sorted(row["due_on"] for row in far)
    for row in far:
        assert row["state"] == "open" or row["is_overdue"]
        assert row["start_by"] <= row["due_on"]
        assert all(row[f"{name}_{language}"] for name in ("duty", "missed", "steps") for language in ("zh", "en"))
        assert bool(row["note_zh"]) >= (not row["is_calendar_known"])


def test_a_title_is_due_on_its_own_day(due: Callable[..., list[dict[str, Any]]], published: Published) -> None:
    held = published.rows(
        "select firm_id, designation, valid_to::varchar as due_on from core_firm__held"
        " inner join parameter using (day) inner join core_firm using (firm_id)"
        " where valid_to is not null and is_living is not false"
    )
    ends = [row for row in due("--within", "2000") if row["ends_title"] and row["state"] == "open"]

    assert sorted((row["firm_id"], row["designation"], row["due_on"]) for row in ends) == sorted(
        tuple(row.values()) for row in held
    )


@pytest.mark.parametrize("words", ["incubator", "孵化器"])
def test_a_role_gets_what_it_owns(due: Callable[..., list[dict[str, Any]]], words: str) -> None:
    rows = due("--within", "400", "--owner", words)

    assert rows
    assert {row["owner"] for row in rows} == {"incubator"}
    assert all(row["incubator"] for row in rows)


def test_an_incubator_gets_its_tenants(due: Callable[..., list[dict[str, Any]]], published: Published) -> None:
    (incubator, *_) = (row["incubator"] for row in due("--within", "400") if row["incubator"])

    rows = due("--within", "400", "--owner", incubator)

    assert rows
    assert {row["incubator"] for row in rows} == {incubator}


@pytest.mark.parametrize("words", ["yearly_filing", "annual_report", "hnte.annual_report"])
def test_a_duty_is_named_by_itself_or_its_kind(due: Callable[..., list[dict[str, Any]]], words: str) -> None:
    assert "hnte.annual_report" in {row["duty"] for row in due("--within", "400", "--duty", words)}


def test_a_firm_gets_its_own(due: Callable[..., list[dict[str, Any]]]) -> None:
    row = due("--within", "400")[0]

    assert {other["firm_id"] for other in due("--within", "400", "--firm", row["name"])} == {row["firm_id"]}


def test_windows_without_a_day_are_counted_and_listed(say: Say, released: Home) -> None:
    home = ("--home", str(released.root), "--format", "json", "--duty", "window")
    _, out, err = say(*home)
    _, listed, quiet = say(*home, "--undated")

    assert "--undated" in err
    assert "--undated" not in quiet
    undated = [row for row in json.loads(listed) if row["state"] == "undated"]
    assert undated
    assert all(row["due_on"] is None and row["note_zh"] and row["note_en"] for row in undated)
    assert len(json.loads(listed)) == len(json.loads(out)) + len(undated)


def test_a_warning_names_the_years_without_make_up_days(say: Say, released: Home) -> None:
    home = ("--home", str(released.root), "--format", "json")

    assert "调休" in say("--within", "400", *home)[2]
    assert "调休" not in say("--within", "30", *home)[2]


def test_a_table_marks_the_days_that_are_not_sure(say: Say, released: Home) -> None:
    _, out, _ = say("--within", "400", "--duty", "annual_report", "--home", str(released.root))
    _, sure, _ = say("--within", "30", "--duty", "annual_report", "--home", str(released.root))

    assert "※" in out
    assert "※" not in sure


@pytest.mark.parametrize("words", [("--owner", "没有此人"), ("--duty", "nothing"), ("--firm", "没有这家")])
def test_a_name_that_is_not_known_is_bad_input(say: Say, released: Home, words: tuple[str, str]) -> None:
    code, _, err = say(*words, "--home", str(released.root))

    assert code == cli.BAD_INPUT
    assert words[1] in err


def test_the_calendar_is_the_list_and_the_same_each_time(say: Say, released: Home, tmp_path: Path) -> None:
    home = ("--within", "400", "--home", str(released.root))
    files = [tmp_path / "a.ics", tmp_path / "b.ics"]
    for file in files:
        assert say(*home, "--ics", str(file))[0] == 0
    rows = list(csv.DictReader(io.StringIO(say(*home, "--format", "csv")[1])))
    calendar = Calendar.from_ical(files[0].read_bytes())
    events = calendar.walk("VEVENT")
    (run,) = Published(released).rows("select published_at from mart_run__summary")

    assert files[0].read_bytes() == files[1].read_bytes()
    assert [str(event.decoded("DTSTART")) for event in events] == [row["due_on"] for row in rows]
    assert len({event["UID"] for event in events}) == len(events)
    assert {event.decoded("DTSTAMP") for event in events} == {run["published_at"].replace(microsecond=0)}


def test_a_release_of_an_older_version_says_so_and_answers_the_rest(say: Say, own_home: Home) -> None:
    from service.queries.firm.obligations import duties
    from service.queries.firm.replay import built_facts

    with Build.open(releases.current(own_home)) as build:
        build.execute("drop view mart_firm__due")
        build.execute("drop table core_firm__due")
        build.execute("drop table core_firm__obligations")
        build.execute("drop table core_title__granted")
    code, _, err = say("--home", str(own_home.root))
    (firm,) = Published(own_home).rows("select firm_id from mart_firm__titles where is_held limit 1")
    answer = duties(own_home, firm["firm_id"], date(2026, 6, 30))

    assert (code, "较早版本" in err, "older" in err) == (cli.BAD_INPUT, True, True)
    assert answer["is_older_release"]
    assert answer["titles"][0]["ends"]
    assert answer["titles"][0]["duties"] == []
    assert built_facts(releases.current(own_home), firm["firm_id"], date(2026, 6, 30)).height == 1


def test_the_step_of_the_pool_that_comes_next_is_due(own_home: Home, say: Say) -> None:
    (release,) = (own_home.root / "releases").glob("*.duckdb")
    firms = Published(own_home).rows("select firm_id from core_firm order by 1 limit 3")
    states = [("in_pool", "serve", date(2026, 9, 22), None), ("watch", "renew", date(2026, 5, 1), None)]
    left = ("removed", "serve", date(2026, 9, 22), date(2026, 6, 1))
    members = [
        {
            "firm_id": firm["firm_id"], "designation": "hnte", "state": state, "phase": "service", "entries": 1,
            "entered_on": date(2026, 1, 5), "left_on": left_on, "due_step": step, "due_on": due_on, "services": 0,
        }
        for firm, (state, step, due_on, left_on) in zip(firms, [*states, left], strict=True)
    ]  # fmt: skip
    with Build.open(release) as build:
        build.put("member", pl.DataFrame(members))
        build.execute("insert into core_firm__cultivation by name select * from member")
        build.execute("drop table member")
    code, out, _ = say("--within", "90", "--duty", "pool", "--format", "json", "--home", str(own_home.root))

    rows = json.loads(out)
    assert code == 0
    assert [(row["firm_id"], row["duty"], row["due_on"], row["state"], row["is_overdue"]) for row in rows] == [
        (firms[1]["firm_id"], "pool.renew", "2026-05-01", "missed", True),
        (firms[0]["firm_id"], "pool.serve", "2026-09-22", "open", False),
    ]
    assert rows[0]["kind_zh"]
    with Published(own_home).desk("own", [firms[0]["firm_id"]]) as desk:
        of_pool = desk.rows("select firm_id from desk_firm__due where kind = 'pool'")
    assert of_pool == [{"firm_id": firms[0]["firm_id"]}]
