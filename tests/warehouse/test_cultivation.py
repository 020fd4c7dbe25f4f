"""Membership and services in a release are what the folds give, and a signal names a service that answers it."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from empty_build import put, trial
from hypothesis import given
from hypothesis import strategies as st

from service.decisions.services_given import PREFIX
from warehouse.casebook.case_rows import write_cases
from warehouse.casebook.events import Event, in_force
from warehouse.casebook.folds import membership, service
from warehouse.casebook.statements import write_events
from warehouse.database.build import Build
from warehouse.models import building

AT = datetime(2026, 6, 30, tzinfo=UTC)
FIRM, OTHER = "91330106MA01000231", "91330106MA01000311"


@pytest.fixture(scope="module")
def empty(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as build:
        yield build


@pytest.fixture
def build(empty: Build) -> Iterator[Build]:
    with trial(empty):
        yield empty


class Events:
    """Events in the order they are made."""

    def __init__(self) -> None:
        self.all: list[Event] = []

    def add(self, stream: str, kind: str, withdraws: int | None = None, **content: Any) -> int:
        seq = len(self.all) + 1
        version = 1 + sum(event.stream == stream for event in self.all)
        self.all.append(Event(seq, stream, version, kind, content, "王", "因", AT, withdraws, None, ""))
        return seq

    def step(self, kind: str, state: str, phase: str, on: str, firm: str = FIRM) -> int:
        known = {"pool": "CN/2020", "designation": "gazelle", "step": "serve", "due": {}, "ground": None}
        return self.add(f"pool:{firm}", kind, on=on, state=state, phase=phase, **known)

    def of(self, stream: str) -> list[Event]:
        return in_force(event for event in self.all if event.stream == stream)


def _build(build: Build, events: Events) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    put(build, "core_firm", [{"firm_id": FIRM, "name": "甲"}, {"firm_id": OTHER, "name": "乙"}], "registry__firms")
    write_cases(build, events.all, AT.date())
    building.build_tables(build, ["core_firm__services", "core_firm__cultivation"])
    members = build.rows("select * from core_firm__cultivation order by firm_id")
    return members, build.rows("select * from core_firm__services order by given_seq")


def test_without_events_nobody_is_in_the_pool(build: Build) -> None:
    assert _build(build, Events()) == ([], [])


def test_a_member_is_as_its_fold_says(build: Build) -> None:
    events = Events()
    events.step(membership.ENTERED, "in_pool", "service", "2025-01-05")
    events.step(membership.LEFT, "removed", "exit", "2025-06-30")
    events.step(membership.ENTERED, "lead", "entry", "2025-03-01", OTHER)
    events.step(membership.RETURNED, "lead", "entry", "2026-02-01")
    mistaken = events.step(membership.STEPPED, "applied", "entry", "2026-03-01")
    events.add(f"pool:{FIRM}", membership.WITHDRAWN, withdraws=mistaken)
    events.step(membership.LEFT, "removed", "exit", "2026-04-01", OTHER)
    rows, _ = _build(build, events)

    for row in rows:
        fold = membership.fold(events.of(f"pool:{row['firm_id']}"))
        assert fold is not None
        same = ("designation", "state", "entries", "entered_on", "left_on")
        assert {name: row[name] for name in same} == {name: fold[name] for name in same}
    assert [(row["firm_id"], row["state"], row["phase"], row["entries"]) for row in rows] == [
        (FIRM, "lead", "entry", 2),
        (OTHER, "removed", "exit", 1),
    ]


def test_services_have_their_newest_outcome_and_withdrawn_ones_are_none(build: Build) -> None:
    events = Events()
    for letter, name in (("a", "roadshow"), ("b", "talent"), ("c", "standards")):
        events.add(f"{PREFIX}{letter}", service.GIVEN, on="2026-01-05", firm=FIRM, service=name)
    events.add("service:a", service.ASSESSED, on="2026-02-01", firm=FIRM, outcome="open")
    last = events.add("service:a", service.ASSESSED, on="2026-03-01", firm=FIRM, outcome="closed")
    events.add("service:b", service.WITHDRAWN, withdraws=2, firm=FIRM)
    events.step(membership.ENTERED, "in_pool", "service", "2025-01-05")
    members, rows = _build(build, events)

    assert [(row["service"], row["outcome"], row["outcome_on"]) for row in rows] == [
        ("roadshow", "closed", date(2026, 3, 1)),
        ("standards", None, None),
    ]
    assert [(row["services"], row["last_given_on"]) for row in members] == [(2, date(2026, 1, 5))]
    for row, letter in zip(rows, "ac", strict=True):
        fold = service.fold(events.of(f"service:{letter}"))
        assert fold is not None
        same = ("firm_id", "service", "given_on", "designation", "condition_id", "outcome", "outcome_on")
        assert {name: row[name] for name in same} == {name: fold[name] for name in same}

    events.add("service:a", service.WITHDRAWN, withdraws=last, firm=FIRM)
    write_cases(build, events.all, AT.date())
    building.build_tables(build, ["core_firm__services"])
    assert build.value("select outcome from core_firm__services where service = 'roadshow'") == "open"


def test_a_service_of_a_firm_that_is_gone_from_the_data_waits(build: Build) -> None:
    events = Events()
    events.add("service:a", service.GIVEN, on="2026-01-05", firm="91330106MA0100999X", service="talent")

    assert _build(build, events) == ([], [])


KINDS = st.sampled_from(["given", "assessed", "step", "left", "withdrawn"])


@given(made=st.lists(st.tuples(KINDS, st.integers(0, 9)), max_size=12))
def test_whatever_was_withdrawn_and_given_again_the_tables_are_the_folds(empty: Build, made: list[Any]) -> None:
    """Also of a withdrawal that was itself withdrawn, by which the event counts again."""
    events = Events()
    for kind, number in made:
        stream, day = f"{PREFIX}{number % 2}", f"2026-03-{number + 1:02}"
        if kind == "withdrawn" and events.all:
            event = events.all[number % len(events.all)]
            events.add(event.stream, event.kind, withdraws=event.seq, **event.content)
        elif kind == "given" and not any(event.stream == stream for event in events.all):
            events.add(stream, service.GIVEN, on=day, firm=FIRM, service="roadshow")
        elif kind == "assessed" and any(event.stream == stream for event in events.all):
            events.add(stream, service.ASSESSED, on=day, firm=FIRM, outcome=f"outcome {number}")
        elif kind in ("step", "left"):
            names = ("in_pool", "service") if kind == "step" else ("removed", "exit")
            events.step(membership.STEPPED if kind == "step" else membership.LEFT, *names, day)
    with trial(empty) as build:
        members, services = _build(build, events)

    folds = [service.fold(events.of(f"{PREFIX}{number}")) for number in (0, 1)]
    same = ("service", "given_on", "outcome", "outcome_on")
    expected = [{name: fold[name] for name in same} for fold in folds if fold]
    assert sorted(({name: row[name] for name in same} for row in services), key=str) == sorted(expected, key=str)
    fold = membership.fold(events.of(f"pool:{FIRM}"))
    same = ("designation", "state", "entries", "entered_on", "left_on", "due_step")
    expected = [{name: fold[name] for name in same}] if fold else []
    assert [{name: row[name] for name in same} for row in members] == expected


def test_the_events_are_json_in_the_build(build: Build) -> None:
    events = Events()
    events.add("service:a", service.GIVEN, on="2026-01-05", firm=FIRM, service="路演“甲”")
    write_events(build, events.all)

    assert json.loads(build.value("select content::varchar from event")) == dict(events.all[0].content)
