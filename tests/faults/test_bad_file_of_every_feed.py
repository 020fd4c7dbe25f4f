"""Bad files of every feed beside a good one of each: every bad file is refused by name, and the release is the same.

The figures are printed at the end of ``make test-faults``.
"""

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import poisoned_zone
import pytest
import xlsxwriter
from compared import differing
from tiny_zone import TinyZone
from whole_job import DAY, PLACE, STEPS

from flows.plan import new_plan
from warehouse.database.build import Snapshot
from warehouse.home import Home
from warehouse.intake.feed import Feed, load_feeds
from warehouse.release import releases

pytestmark = [
    pytest.mark.faults,
    pytest.mark.rule("one delivery can never stop a run: a bad file is refused by name, the good ones are published"),
]
Property = Callable[[str, object], None]
NO_SHARE = 10**9
"""Of every so many poisoned cells the good files hold one: the first of each feed."""


def foreign_workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("GQ-001")
        sheet.write_row(0, 0, ["甲栏", "乙栏", "丙栏"])
        sheet.write_row(1, 0, ["甲", "乙", "丙"])
    return content.getvalue()


EVERY: dict[str, Callable[[], bytes]] = {
    "NUL bytes": lambda: b"\0" * 5000,
    "noise": lambda: bytes(range(256)) * 20,
    "a web page": lambda: b"<html><table><tr><td>x",
}
BAD: dict[str, dict[str, Callable[[], bytes]]] = {
    "csv": {
        **EVERY,
        "foreign headings": lambda: "甲栏,乙栏,丙栏\n甲,乙,丙\n".encode("utf-8-sig"),
        "quotes that do not pair": lambda: b'a,"b\n' * 50,
    },
    "xlsx": {
        **EVERY,
        "foreign headings": foreign_workbook,
        "cut off": lambda: foreign_workbook()[:-200],
        "an old workbook": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    },
    "json": {**EVERY, "cut off": lambda: b'[{"Name": "x", ', "no list": lambda: b'{"a": {"b": 1}}'},
}


def put_bad_files(inbox: Path, feed: Feed) -> list[str]:
    """Beside the good file an empty one and one of each kind in each format of the feed; their names.

    No two of them hold the same bytes, which would make them one delivery.
    """
    (good,) = (inbox / feed.name).iterdir()
    bad = {f"empty_{good.name}": b""}
    for ending in feed.formats:
        for number, make in enumerate(BAD[ending].values()):
            bad[f"bad{number}_{good.stem}.{ending}"] = make() + f"\n{ending} {number}".encode()
    for name, content in bad.items():
        good.with_name(name).write_bytes(content)
    return list(bad)


@dataclass(frozen=True)
class Releases:
    """The names of the bad files; the release made without them, and the one made beside them."""

    bad: list[str]
    clean: Path
    beside: Path


@pytest.fixture(scope="module")
def released_twice(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    folder = tmp_path_factory.mktemp("feeds")
    clean, beside = TinyZone(folder / "clean"), TinyZone(folder / "beside")
    poisoned_zone.write_files(clean.inbox, NO_SHARE)
    shutil.copytree(clean.inbox, beside.inbox, dirs_exist_ok=True)  # a workbook written again has another time in it
    bad = [name for feed in load_feeds().values() for name in put_bad_files(beside.inbox, feed)]
    now = datetime.now(UTC)  # feeds without a day of their own are late by the day on which they came
    for zone in (clean, beside):
        plan = new_plan(zone.home, zone.inbox, DAY, PLACE, now)
        for step in STEPS:
            step(plan)
    return Releases(bad, releases.current(Home(clean.home)), releases.current(Home(beside.home)))


@pytest.mark.figure("bad files refused by name, of every feed")
def test_every_bad_file_is_refused_by_name(released_twice: Releases, record_property: Property) -> None:
    with Snapshot.open(released_twice.beside) as con:
        rejections = con.execute("select file_name, feed, message_zh, message_en from rejection").fetchall()

    assert sorted(file_name for file_name, *_ in rejections) == sorted(released_twice.bad)
    assert {feed for _, feed, *_ in rejections} == set(load_feeds())
    for file_name, _, *messages in rejections:
        assert all(file_name in message for message in messages)
    record_property("times", len(rejections))


@pytest.mark.figure("feeds whose good file is published beside bad ones")
def test_the_good_files_are_published_as_if_they_had_come_alone(
    released_twice: Releases, record_property: Property
) -> None:
    record_property("times", len(load_feeds()))
    assert differing(released_twice.clean, released_twice.beside) == []
