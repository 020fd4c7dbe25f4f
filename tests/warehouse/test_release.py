"""Releases: published atomically; readers follow the pointer; a single writer."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from warehouse.database.build import Build
from warehouse.database.kept_open import kept_open
from warehouse.errors import Busy, NoRelease
from warehouse.home import Home
from warehouse.release import lock, pointer, releases

pytestmark = pytest.mark.rule("published-whole")


def next_build(home: Home, run_id: str) -> Path:
    """A copy of the current release as the build of a later run."""
    build = home.builds / f"{run_id}.duckdb"
    shutil.copy(releases.current(home), build)
    with Build.open(build) as con:
        con.execute("update run set run_id = $1", [run_id])
    return build


def test_a_long_reader_follows_a_new_release(own_home: Home) -> None:
    reader = releases.Published(own_home)
    (before,) = reader.rows("select run_id from run")
    old = releases.current(own_home)

    releases.publish(own_home, next_build(own_home, "99990101-000000"), "99990101-000000")

    assert before["run_id"] != "99990101-000000"
    assert reader.rows("select run_id from run") == [{"run_id": "99990101-000000"}]
    assert old.exists()
    assert [(release.run_id, release.is_current) for release in releases.releases(own_home)] == [
        ("99990101-000000", True),
        (before["run_id"], False),
    ]


def test_a_build_that_stays_open_is_closed_before_it_is_flushed(
    own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []

    def flush(path: Path) -> None:
        if path.suffix == ".duckdb":
            duckdb.connect(str(path), read_only=True).close()  # another configuration, refused while it is open
            flushed.append(path.name)

    monkeypatch.setattr(pointer, "flush", flush)
    with kept_open(own_home.builds / "99990101-000000.duckdb"):
        releases.publish(own_home, next_build(own_home, "99990101-000000"), "99990101-000000")

    assert flushed == ["99990101-000000.duckdb"]


def test_a_release_that_is_left_open_is_open_and_one_that_cannot_be_is_not(own_home: Home) -> None:
    releases.leave_newest_open(own_home)
    with pytest.raises(duckdb.ConnectionException, match="different configuration"):
        duckdb.connect(str(releases.current(own_home)))
    releases._left_open.close()

    releases.current(own_home).write_bytes(b"cut short")
    releases.leave_newest_open(own_home)
    releases.leave_newest_open(Home(own_home.root / "no home"))


def test_a_build_of_another_run_is_not_published(own_home: Home) -> None:
    build, before = next_build(own_home, "99990101-000000"), releases.current(own_home)

    with pytest.raises(NoRelease, match="not complete"):
        releases.publish(own_home, build, "99990102-000000")

    assert releases.current(own_home) == before


def test_killed_between_rename_and_pointer_a_release_is_published_and_the_pointer_follows(
    own_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = releases.current(own_home)
    build = next_build(own_home, "99990101-000000")
    with monkeypatch.context() as killed:
        killed.setattr("warehouse.release.pointer.write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            releases.publish(own_home, build, "99990101-000000")

    assert releases.current(own_home).stem == "99990101-000000"

    releases.tidy(own_home)

    assert (own_home.releases / pointer.POINTER).read_text() == f"99990101-000000.duckdb\n{before.name}\n"
    assert before.exists()


def test_a_reader_can_neither_change_a_release_nor_read_other_files(own_home: Home) -> None:
    reader = releases.Published(own_home)

    for statement in ("delete from run", "copy run to '/tmp/out.csv'", "select * from read_csv('/etc/passwd')"):
        with pytest.raises(Exception, match=r"read-only|disabled|Permission|Cannot|not allowed"):
            reader.rows(statement)


def test_before_the_first_release_the_error_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="tidu run"):
        releases.current(Home(tmp_path))
    assert releases.releases(Home(tmp_path)) == []
    assert not releases.unchanged(Home(tmp_path), "any")


def test_a_run_that_fails_before_the_first_release_leaves_no_pointer_that_looks_damaged(tmp_path: Path) -> None:
    home = Home(tmp_path)

    releases.tidy(home)

    assert releases.problems(home) is None
    assert list(home.releases.iterdir()) == []


def test_another_thread_or_process_is_refused_until_the_lock_is_released_and_the_same_call_is_not(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)

    def write() -> None:
        with lock.writer(home):
            pass

    with ThreadPoolExecutor(1) as another, lock.writer(home):
        write()
        with pytest.raises(Busy, match=rf"{os.getpid()}"):
            another.submit(write).result()

    with ThreadPoolExecutor(1) as another:
        another.submit(write).result()


def test_a_clock_set_back_neither_hides_nor_removes_a_release(own_home: Home) -> None:
    first = releases.current(own_home).stem
    for run_id in ("19990101-000000", "99990101-000000", "19980101-000000"):
        releases.publish(own_home, next_build(own_home, run_id), run_id)
        releases.tidy(own_home)

    assert releases.current(own_home).stem == "19980101-000000"
    assert [release.run_id for release in releases.releases(own_home)] == [
        "19980101-000000",
        "99990101-000000",
        "19990101-000000",
        first,
    ]
    assert all(Path(release.path).exists() for release in releases.releases(own_home))


def test_a_pointer_that_names_one_release_keeps_those_before_it(own_home: Home) -> None:
    first = releases.current(own_home)
    releases.publish(own_home, next_build(own_home, "99990101-000000"), "99990101-000000")
    (own_home.releases / pointer.POINTER).write_text("99990101-000000.duckdb", "utf-8")

    releases.tidy(own_home)
    releases.publish(own_home, next_build(own_home, "99990102-000000"), "99990102-000000")

    assert [release.run_id for release in releases.releases(own_home)] == [
        "99990102-000000",
        "99990101-000000",
        first.stem,
    ]
