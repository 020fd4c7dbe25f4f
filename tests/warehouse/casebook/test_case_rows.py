"""What a run knows of cases: filed applications, open contests, who acts on its day; and the firms of an event."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from warehouse.casebook.case_rows import TABLES, write_cases
from warehouse.casebook.events import Event
from warehouse.casebook.folds import application, assignment, contest, leave, task
from warehouse.database.build import Build
from warehouse.release.firm_events import firms_of

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
OPENED = {"firm": "F", "designation": "hnte", "papers": []}
CONTEST: dict[str, Any] = {
    **dict.fromkeys(("claimed", "cell", "value", "value_before", "run_id"), "x"),
    "firm": "F", "fact": "revenue_fen_y0", "proofs": [], "effects": [], "raised_on": "2026-06-30",
    "due_on": "2026-07-07",
}  # fmt: skip


def events(*entries: tuple[str, str, Mapping[str, Any]]) -> list[Event]:
    return [
        Event(seq, stream, seq, kind, dict(content), "王", "试", NOON, None, None, "")
        for seq, (stream, kind, content) in enumerate(entries, 1)
    ]


def written(folder: Path, known: list[Event], day: date) -> dict[str, list[dict[str, Any]]]:
    with Build.open(folder / "b.duckdb") as build:
        write_cases(build, known, day)
        return {table: build.rows(f"select * from {table} order by all") for table in TABLES}


def test_a_run_without_cases_has_the_tables_without_rows(tmp_path: Path) -> None:
    assert written(tmp_path, [], NOON.date()) == {table: [] for table in TABLES}


def test_an_application_counts_once_it_is_filed_and_a_contest_while_it_is_open(tmp_path: Path) -> None:
    known = events(
        ("application:1", application.OPENED, OPENED),
        ("application:2", application.OPENED, {**OPENED, "firm": "G"}),
        ("application:2", application.FILED, {"on": "2026-06-01", "receipt": "r"}),
        ("contest:1", contest.RAISED, CONTEST),
        ("contest:2", contest.RAISED, {**CONTEST, "fact": "staff_end_y0"}),
        ("contest:2", contest.DECLINED, {"on": "2026-06-30"}),
        ("task:1", task.ADDED, {"firm": "F", "what": "年报"}),
    )

    rows = written(tmp_path, known, NOON.date())

    assert rows["case_application"] == [
        {"firm_id": "G", "number": "2", "designation": "hnte", "state": "filed", "filed_on": date(2026, 6, 1)}
    ]
    assert [(row["number"], row["fact"], row["due_on"]) for row in rows["case_contest"]] == [
        ("1", "revenue_fen_y0", date(2026, 7, 7))
    ]


@pytest.mark.parametrize(("day", "acting"), [("2026-06-30", "王"), ("2026-07-01", "李"), ("2026-07-03", "王")])
def test_who_acts_is_that_of_the_day_of_the_run(tmp_path: Path, day: str, acting: str) -> None:
    made = {"firm": "F", "owner": "王", "deputy": None, "since": "2026-01-01"}
    taken = {"officer": "王", "first_on": "2026-07-01", "last_on": "2026-07-02", "deputy": "李", "firms": ["F"]}
    known = events(("assignment:F", assignment.MADE, made), ("leave:王", leave.TAKEN, taken))

    (row,) = written(tmp_path, known, date.fromisoformat(day))["case_owner"]
    assert row == {"firm_id": "F", "owner": "王", "deputy": None, "acting": acting}


@pytest.mark.parametrize(
    ("stream", "kind", "content", "firms"),
    [
        ("task:1", "task.added", {"firm": "F"}, ["F"]),
        ("leave:王", "leave.taken", {"firms": ["F", "G"]}, ["F", "G"]),
        ("leave:王", "leave.taken", {"firms": []}, []),  # of nobody: no figure changes
        ("pool:F", "pool.entered", {}, ["F"]),
        ("other:1", "other.done", {}, None),  # about which firm nobody knows
        ("unit:F/2025", "unit", {"firm": "F"}, None),  # a statement, whose subject says what it is about
    ],
)
def test_an_event_names_its_firms(stream: str, kind: str, content: dict[str, Any], firms: list[str] | None) -> None:
    (event,) = events((stream, kind, content))

    assert firms_of([event]) == ({} if firms is None else {stream: set(firms)})
