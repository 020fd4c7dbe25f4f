"""A bucket of few firms has the rows that a build of the whole zone has of them."""

from pathlib import Path

import pytest

from warehouse.buckets import SLICES, bucket, tables
from warehouse.buckets.bucket import FIRMS, Bucket, buckets_of, build_bucket, folder_of
from warehouse.database.build import Build, Snapshot
from warehouse.home import Home
from warehouse.models import graph
from warehouse.release import releases
from warehouse.rule_exchange import results


@pytest.fixture
def few_firms(released: Home, tmp_path: Path) -> Bucket:
    """A fiftieth of the firms of a release."""
    zone = tmp_path / "zone.duckdb"
    zone.symlink_to(releases.current(released))
    return Bucket(zone, 17, 50)


@pytest.mark.job
@pytest.mark.rule(
    "a table of firms rests on rows of the firm itself: whoever else is in its bucket, its rows are the same"
)
def test_a_bucket_has_the_rows_of_its_firms_in_the_whole_zone(few_firms: Bucket) -> None:
    assert build_bucket(few_firms) == []

    with Snapshot.open(few_firms.path) as part, Snapshot.open(few_firms.zone) as whole:
        own_firms = "select distinct firm_id from core_firm__facts where firm_key >> 56 between $1 and $2"
        firms = whole.column(own_firms, few_firms.slices)
        assert set(part.column("select firm_id from core_firm__facts")) == set(firms)
        assert "core_firm" not in part.tables()  # what was cut from the zone is not kept
        assert 0 < len(firms) < whole.value("select count(*) from core_firm") / 10
        own = "where list_contains($1, firm_id) order by all"
        differing = [
            table
            for table in tables.made()
            if part.tuples(f"from {table} {own}", [firms]) != whole.tuples(f"from {table} {own}", [firms])
            or part.value(f"select count(*) from {table}") != len(part.tuples(f"from {table} {own}", [firms]))
        ]
    assert differing == []


def test_what_a_bucket_makes_and_reads_follows_from_the_models() -> None:
    made = set(tables.made())
    assert {"core_firm__facts", "mart_movers__firms", results.FINDINGS} <= made
    assert {table for table in tables.before_buckets() if graph.depends_on(table) & made} == set()
    assert {name for name in tables.read() if name.startswith(("raw_", "stg_"))} == set()
    built = {table for layer in tables.LAYERS for table in graph.tables(layer)}
    assert built == {*made - {*results.KEYS}, *tables.before_buckets(), *tables.after_buckets(tables.LAYERS)}


def test_buckets_have_every_slice_of_the_firms_once() -> None:
    zone = Path("zone.duckdb")
    assert buckets_of(zone, FIRMS, None) == buckets_of(zone, 20 * FIRMS, 1) == []
    assert [len(buckets_of(zone, 20 * FIRMS + more, None)) for more in (0, 1)] == [20, 21]
    for wanted in (2, 7, 100, SLICES, 1000):
        slices = [part.slices for part in buckets_of(zone, 10, wanted)]
        assert [at for first, last in slices for at in range(first, last + 1)] == list(range(SLICES))


def test_a_bucket_that_fails_leaves_nothing(few_firms: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(build: Build) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(bucket, "_build", fail)
    with pytest.raises(ZeroDivisionError):
        build_bucket(few_firms)
    assert list(folder_of(few_firms.zone).iterdir()) == []
