"""What breaks around a run: power inside a step, the disk, an original, the casebook, a second run.

After each the last release is intact, the message is clear, and the next run says what a clean one says.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import forked
import pytest
from checkpoints import make_zones
from child_runs import command, hold_lock, killed_at, killed_at_marker, limited, start_before
from compared import AGAINST_THE_LAST, differing
from small_disks import assert_buckets_that_fill_their_disk_stop_the_run, copy_on_small_disk
from waits import run, until
from whole_job import run_steps

from warehouse.casebook import store
from warehouse.casebook.statements import Casebook
from warehouse.errors import CasebookFailed, DamagedOriginal
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.release import releases
from warehouse.release.lock import writer

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]

KILLS, FIRST_KILL = int(os.environ.get("TIDU_KILLS", "3")), int(os.environ.get("TIDU_FIRST_KILL", "0"))
"""How many kills at moments chosen by a seed, and the first seed."""

INSIDE: list[tuple[Any, ...]] = [
    ("warehouse.intake.landing", "_copy", "after", 1),
    ("os", "replace", "before", 3),
    ("warehouse.intake.load", "_reader_findings", "after", 1),
    ("warehouse.quality.quarantine.decisions", "apply_corrections", "before"),
    ("warehouse.quality.check", "apply_decisions", "before"),
    ("warehouse.models.building", "sql_of", "after", 30),
    ("warehouse.rule_exchange.exchange", "write_reference", "after"),
    ("warehouse.release.pointer", "flush", "after", 2),
]
"""Module, function, before or after its call, and which call; in the order in which a run passes them. The first two
are of a file that is landed once, before it is; the last is between the release and its pointer. Every other of
publishing is among those of ``test_killed_publishing``."""


@pytest.fixture(scope="session")
def zones(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The folder with ``home``, ``inbox``, ``clean`` and ``checkpoints``."""
    return made_once("faults", make_zones)


@pytest.fixture
def zone(zones: Path, tmp_path: Path) -> tuple[Home, Path, Path]:
    """An own copy of the home and the inbox, and the release of a clean run."""
    return copied(zones, zones / "home", tmp_path)


def copied(zones: Path, root: Path, tmp_path: Path) -> tuple[Home, Path, Path]:
    home = Home(shutil.copytree(root, tmp_path / "home"))
    inbox = shutil.copytree(zones / "inbox", tmp_path / "inbox")
    return home, inbox, releases.current(Home(zones / "clean"))


def assert_intact(home: Home, clean: Path, before: Path) -> None:
    now = releases.current(home)
    assert releases.Published(home).rows("select count(*) as n from mart_movers__firms")[0]["n"] == 2
    assert before.exists()
    assert now == before or differing(now, clean, AGAINST_THE_LAST) == []


def assert_intact_and_repeatable(home: Home, inbox: Path, clean: Path, before: Path) -> None:
    assert_intact(home, clean, before)
    run_steps(home.root, inbox)
    assert differing(releases.current(home), clean, AGAINST_THE_LAST) == []
    assert list(home.builds.iterdir()) == []


@pytest.mark.figure("kills inside a run")
def test_killed_inside_one_step_after_another(
    zone: tuple[Home, Path, Path], record_property: Callable[[str, object], None]
) -> None:
    """Each run goes past the moment at which the one before it was killed, and the last one to its end."""
    home, inbox, clean = zone
    record_property("times", len(INSIDE))
    for module, name, when, *nth in INSIDE:
        before = releases.current(home)
        done = forked.run(killed_at, home.root, inbox, module, name, when, *nth)
        assert done.returncode == -signal.SIGKILL, (name, done.stderr)
        assert_intact(home, clean, before)
    assert_intact_and_repeatable(home, inbox, clean, before)


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("seed", range(FIRST_KILL, FIRST_KILL + KILLS))
def test_killed_at_any_moment(zones: Path, tmp_path: Path, seed: int) -> None:
    """Any function of the product as it begins or returns, whichever the seed chooses."""
    chance, checkpoints = random.Random(seed), zones / "checkpoints"
    passed = json.loads((checkpoints / "passed.json").read_text("utf-8"))["passed"][-1]
    marker, times = chance.choice(sorted((name, times) for name, times in passed.items() if "/" in name))
    start = start_before(checkpoints, marker, nth := chance.randint(1, times))
    home, inbox, clean = copied(zones, checkpoints / str(start.step), tmp_path)
    before = releases.current(home)
    done = forked.run(killed_at_marker, home.root, inbox, tuple(marker.split(":")), nth, start)

    assert done.returncode == -signal.SIGKILL, (marker, nth, done.stderr)
    assert_intact_and_repeatable(home, inbox, clean, before)


@pytest.mark.figure("files that may not grow")
@pytest.mark.parametrize(
    ("step", "sizes"),
    [("land_files", (100, 200_000)), ("build_marts", (1_500_000, 6_000_000)), ("publish_release", (100,))],
)
def test_a_full_disk_is_reported_and_changes_nothing(
    zones: Path, tmp_path: Path, step: str, sizes: tuple[int, ...], record_property: Callable[[str, object], None]
) -> None:
    """Runs go on from a step that writes files of these sizes; the second goes past what stopped the first."""
    start = start_before(checkpoints := zones / "checkpoints", f"flows/steps.py:{step}", 1)
    home, inbox, clean = copied(zones, checkpoints / str(start.step), tmp_path)
    before = releases.current(home)
    record_property("times", len(sizes))
    for size in sizes:
        done = forked.run(limited, home.root, inbox, size, start)

        assert done.returncode == 5, done.stderr
        assert "DiskFailed" in done.stderr or "File too large" in done.stderr
        assert releases.current(home) == before
    assert_intact_and_repeatable(home, inbox, clean, before)


@pytest.fixture
def small_disk(zone: tuple[Home, Path, Path], tmp_path: Path) -> Iterator[Home]:
    """The home on a disk of its own that has three megabytes left."""
    with copy_on_small_disk(zone[0].root, tmp_path / "disk", 3_000_000) as root:
        yield Home(root)


@pytest.mark.figure("full disks")
def test_a_disk_that_fills_up_is_reported_and_the_run_goes_through_once_there_is_room(
    zone: tuple[Home, Path, Path], small_disk: Home, tmp_path: Path
) -> None:
    _, inbox, clean = zone
    before = releases.current(small_disk)
    done = forked.run(limited, small_disk.root, inbox, 1 << 40)
    assert done.returncode == 5, done.stderr
    assert "DiskFailed" in done.stderr or "No space left" in done.stderr
    assert releases.current(small_disk) == before
    run(["mount", "-o", "remount,size=1g", small_disk.root.parent], check=True)
    assert_buckets_that_fill_their_disk_stop_the_run(small_disk, inbox, tmp_path / "disk-of-buckets")
    assert releases.current(small_disk) == before
    assert_intact_and_repeatable(small_disk, inbox, clean, before)


def assert_a_cut_original_stops_the_run(home: Home, inbox: Path, feed: str, is_cached: bool) -> None:
    """By its name; afterwards the original is gone, and the file lies in the inbox again."""
    damaged = next(delivery for delivery in landing.deliveries(home) if delivery.feed == feed)
    original = home.landing / damaged.original
    elsewhere = shutil.move(inbox / damaged.file_name, inbox.parent)
    original.write_bytes(original.read_bytes()[:-9] + (b"" if is_cached else b"123456789"))
    for kept in () if is_cached else original.parent.glob("*.tables"):
        shutil.rmtree(kept)

    with pytest.raises(DamagedOriginal, match=damaged.file_name):
        run_steps(home.root, inbox)
    original.unlink()
    shutil.move(elsewhere, inbox)


def assert_a_damaged_casebook_stops_the_run_and_is_left_as_it_is(home: Home, inbox: Path) -> None:
    Casebook(home).statements()
    with closing(sqlite3.connect(home.casebook)) as con:  # else its log, where a connection is open, makes up for it
        con.execute("pragma wal_checkpoint(truncate)")
    content = home.casebook.read_bytes()
    home.casebook.write_bytes(b"no database at all" * 100)

    with pytest.raises(CasebookFailed, match=r"casebook\.db"):
        run_steps(home.root, inbox)
    assert home.casebook.read_bytes().startswith(b"no database")
    home.casebook.write_bytes(content)


def damage_what_was_kept_of_files(home: Home) -> None:
    """Which the next run makes again."""
    rows = next(home.landing.glob("zone__yearly/*.tables/*.rows.parquet"))
    rows.write_bytes(rows.read_bytes()[:40])
    (head,) = home.landing.glob("registry__firms/*.tables/*.json")
    head.write_text("{", "utf-8")


def test_a_cut_original_and_a_damaged_casebook_stop_runs_until_they_are_mended(zone: tuple[Home, Path, Path]) -> None:
    """The last run finds what was kept of its files damaged too."""
    home, inbox, clean = zone
    before = releases.current(home)
    for feed, is_cached in (("registry__firms", True), ("zone__yearly", False)):
        assert_a_cut_original_stops_the_run(home, inbox, feed, is_cached)
        assert releases.current(home) == before
    assert_a_damaged_casebook_stops_the_run_and_is_left_as_it_is(home, inbox)
    assert releases.current(home) == before

    damage_what_was_kept_of_files(home)
    assert_intact_and_repeatable(home, inbox, clean, before)


def test_a_locked_casebook_is_reported(zone: tuple[Home, Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    Casebook(home := zone[0]).statements()
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.2)
    with sqlite3.connect(home.casebook, isolation_level=None) as other:
        other.execute("begin exclusive")
        with pytest.raises(CasebookFailed, match="locked"):
            Casebook(home).record("x", "y", {}, by="王", why="z", now=datetime.now(UTC))


def test_a_second_run_leaves_with_the_number_of_the_first_and_a_killed_one_holds_nothing(
    zone: tuple[Home, Path, Path], tmp_path: Path
) -> None:
    home, inbox, _ = zone
    first = forked.Child(hold_lock, home.root, is_held := tmp_path / "held")
    until(is_held.exists, "the lock", first.process.is_alive)
    words = ("run", "--inbox", str(inbox), "--day", "2026-06-30", "--place", "CN-3301")

    second = forked.run(command, *words, environment={"TIDU_HOME": str(home.root)})
    first.process.kill()
    first.ended()

    assert second.returncode == 5
    assert str(first.process.pid) in second.stderr
    with writer(home):
        assert home.lock.read_text("utf-8") == str(os.getpid())
