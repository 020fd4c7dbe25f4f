"""A release has the counts of its suppliers in the releases before it, so that a trend opens none of them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.outputs import supplier_counts
from warehouse.outputs.supplier_counts import RELEASES, TABLE, trends, write
from warehouse.release import releases

pytestmark = pytest.mark.rule("at-once")


@pytest.fixture(autouse=True)
def nothing_is_read_already() -> Iterator[None]:
    yield
    for read in (supplier_counts._kept, supplier_counts._counted):
        read.cache_clear()


def following(before: Path, run_id: str, *, is_copy: bool = True) -> Path:
    """The release of a run after another one: a copy of it, as a part makes it, or without its counts."""
    path = Path(shutil.copyfile(before, before.with_name(f"{run_id}.duckdb")))
    with Build.open(path) as build:
        if not is_copy:
            build.execute(f"drop table {TABLE}")
        write(build, before, run_id)
    return path


@pytest.mark.parametrize("is_copy", [True, False])
def test_a_trend_reads_the_newest_release_alone(own_home: Home, is_copy: bool) -> None:
    first = releases.current(own_home)
    second = following(first, "second", is_copy=is_copy)
    third = following(second, "third", is_copy=is_copy)
    ((_, of_first),) = trends([first])
    for path in (first, second):
        path.write_bytes(b"")

    newest_first = trends([third, second, first])

    assert [run_id for run_id, _ in newest_first] == ["third", "second", first.stem]
    assert all(len(counts) == len(of_first) > 1 for _, counts in newest_first)
    assert {name: row["rows_read"] for name, row in newest_first[2][1].items()} == {
        name: row["rows_read"] for name, row in of_first.items()
    }


def test_a_release_that_kept_none_is_counted(own_home: Home) -> None:
    first = releases.current(own_home)
    ((_, kept),) = trends([first])
    with Build.open(first) as build:
        build.execute(f"drop table {TABLE}")
    supplier_counts._kept.cache_clear()
    (_, counted), (_, unreadable) = trends([first, first.with_name("gone.duckdb")])

    assert {name: row["waiting"] for name, row in counted.items()} == {
        name: row["waiting"] for name, row in kept.items()
    }
    assert unreadable == {}


def test_no_more_releases_are_kept_than_a_trend_shows(own_home: Home) -> None:
    path = releases.current(own_home)
    with Build.open(path) as build:
        for number in range(RELEASES):
            write(build, None, f"run {number}")
        kept = build.column(f"select distinct run_id from {TABLE}")

    assert sorted(kept) == sorted(f"run {number}" for number in range(RELEASES))
