"""States of knowledge: the deliveries received and the statements made by a moment, or by a past run."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse.casebook import set_aside
from warehouse.casebook.book import Book
from warehouse.casebook.events import Event
from warehouse.casebook.statements import Statement, statements_of
from warehouse.database.build import Database, Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.landing import Delivery
from warehouse.machine.local_time import local, local_day
from warehouse.release import releases

RUN_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}")
"""A run's number: moment and four hexadecimal digits. Where all four are decimal it would pass for a moment with an
offset from UTC, so this pattern is tried before any moment."""


@dataclass(frozen=True)
class Known:
    """The deliveries and events of a state of knowledge, by their numbers."""

    deliveries: frozenset[str]
    events: frozenset[int]


@dataclass(frozen=True)
class KnowledgePoint:
    """A state of knowledge to rebuild a warehouse from; of a past run, with its days and place."""

    known: Known
    day: date
    previous_day: date | None
    place: str | None
    follows: Path | None = None
    """The newest release published by then."""


def deliveries(home: Home, known: Known | None, until: int | None = None) -> list[Delivery]:
    """The deliveries of a home that are in use, in the order of landing; all of them, or those in ``known``.

    Deliveries set aside are left out; statements after ``until`` are ignored for that.
    """
    aside = out_of_use(home, known, until)
    in_use = [delivery for delivery in landing.deliveries(home) if delivery.delivery_id not in aside]
    return in_use if known is None else [delivery for delivery in in_use if delivery.delivery_id in known.deliveries]


def out_of_use(home: Home, known: Known | None, until: int | None = None) -> dict[str, Statement]:
    """The statement by which each delivery is set aside, by its number; those after ``until`` are ignored."""
    made = statements_of(events(home, known, [set_aside.KIND]))
    return set_aside.standing(entry for entry in made if until is None or entry.statement_id <= until)


def events(home: Home, known: Known | None, kinds: Collection[str] | None = None) -> list[Event]:
    """The events of the casebook in order, of ``kinds`` where given; all of them, or those in ``known``."""
    entries = Book(home).events(kinds=kinds)
    return entries if known is None else [entry for entry in entries if entry.seq in known.events]


def loaded_in(release: Path) -> set[str]:
    """The numbers of the deliveries a release was made of."""
    with Snapshot.open(release) as snapshot:
        return set(snapshot.column("select delivery_id from deliveries"))


def newest_statement(build: Database) -> int:
    """The number of the last event a build was made with, the head of the casebook as it was read; 0 for none."""
    return int(build.value("select coalesce(max(seq), 0) from event"))


def resolve(home: Home, words: str) -> KnowledgePoint:
    """The state of knowledge at a moment such as 2026-05-01T12:00 (local time by default), or of a run by its number.

    Raises ``BadInput`` where nothing had been received by the moment, and for an unknown run.
    """
    moment = moment_of(words)
    if moment is None:
        return _of_run(releases.of_run(home, words), home)
    received = [
        delivery for delivery in landing.deliveries(home) if datetime.fromisoformat(delivery.received_at) <= moment
    ]
    if not received:
        raise BadInput(f"{words} 之前没有收到任何文件", f"nothing had been received by {words}")
    stated = [event for event in Book(home).events() if event.at <= moment]
    follows = next((Path(entry.path) for entry in releases.releases(home) if entry.published_at <= moment), None)
    return KnowledgePoint(_known(received, stated), local_day(moment), None, None, follows)


def moment_of(words: str) -> datetime | None:
    """The moment in ``words``, in local time where no offset is given; None for the number of a run."""
    if RUN_ID.fullmatch(words):
        return None
    try:
        return local(words)
    except ValueError:
        return None


def _of_run(path: Path, home: Home) -> KnowledgePoint:
    """By the newest delivery and event that the run recorded: these do not depend on a clock."""
    with Snapshot.open(path) as snapshot:
        runs = snapshot.tuples("select day, previous_day, place, newest_delivery, newest_statement from run")
    if not runs:
        raise BadInput(f"{path.name}: 不是一期发布", f"{path.name} is no release")
    day, previous_day, place, delivery, event = runs[0]
    received = [entry for entry in landing.deliveries(home) if entry.seq <= delivery]
    stated = Book(home).events(up_to=event)
    return KnowledgePoint(_known(received, stated), day, previous_day, place, releases.before(home, path.stem))


def _known(received: list[Delivery], stated: list[Event]) -> Known:
    return Known(frozenset(entry.delivery_id for entry in received), frozenset(entry.seq for entry in stated))
