"""A bucket whose worker dies is tried again; one that ends its workers each time stops the run with the reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows import buckets
from flows.plan import new_plan
from warehouse.buckets import tables
from warehouse.buckets.bucket import Bucket, buckets_of, folder_of
from warehouse.database.build import Build
from warehouse.errors import StepFailed
from warehouse.quality.check import Breach

BUCKETS = buckets_of(Path("zone.duckdb"), 0, 3)


class Workers:
    """As a client of Dask, whose workers end as often as ``deaths`` says of each bucket."""

    def __init__(self, deaths: dict[int, int]) -> None:
        self.deaths = deaths

    def map(self, function: Callable[[Bucket], Any], works: list[Bucket], **_: Any) -> list["Attempt"]:
        return [Attempt(self, bucket) for bucket in works]

    def gather(self, futures: list["Attempt"], errors: str) -> None:
        assert errors == "skip"


class Attempt:
    def __init__(self, workers: Workers, bucket: Bucket) -> None:
        self.workers, self.bucket = workers, bucket

    def result(self) -> list[Breach]:
        from distributed import KilledWorker

        if self.workers.deaths.get(self.bucket.number, 0):
            self.workers.deaths[self.bucket.number] -= 1
            raise KilledWorker("build_bucket", None, 2)
        return [Breach("core_firm__facts", "K01", self.bucket.number, "", "")]


def test_a_bucket_whose_workers_died_is_tried_once_more() -> None:
    assert [shared[0].count for shared in buckets._shared(Workers({1: 1}), BUCKETS)] == [0, 1, 2]  # type: ignore[arg-type]

    with pytest.raises(StepFailed, match=r"bucket 2 of 3 ended again and again"):
        buckets._shared(Workers({1: 2}), BUCKETS)  # type: ignore[arg-type]


def test_what_killed_attempts_left_stops_nothing_and_does_not_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = new_plan(tmp_path, tmp_path, date(2026, 6, 30), "CN-3301", datetime(2026, 7, 1, tzinfo=UTC))
    plan.build.parent.mkdir(parents=True, exist_ok=True)
    with Build.open(plan.build) as build:
        day = "date '2026-06-30'"
        build.execute(f"create table parameter as select {day} as day, {day} as previous_day, 'CN-3301' as place")

    def killed_once(bucket: Bucket) -> list[Breach]:
        (bucket.path.with_suffix(".tmp")).mkdir(parents=True)
        bucket.path.with_suffix(".part").write_bytes(b"cut sh")
        with Build.open(bucket.path) as build:
            build.execute(f"create table rows as select {bucket.number} as number")
        return []

    def failing(_: Bucket) -> list[Breach]:
        raise ZeroDivisionError

    monkeypatch.setattr(tables, "made", lambda: ["rows"])
    monkeypatch.setattr(tables, "keyed_otherwise", list)
    monkeypatch.setattr(tables, "after_buckets", lambda _: [])
    monkeypatch.setattr(buckets, "build_bucket", killed_once)
    parts = buckets_of(plan.build, 0, 2)
    assert buckets.classify(plan, parts) == []
    with Build.open(plan.build) as build:
        assert build.column("select number from rows order by number") == [0, 1]
    assert not folder_of(plan.build).exists()

    killed_once(parts[0])
    monkeypatch.setattr(buckets, "build_bucket", failing)
    with pytest.raises(ZeroDivisionError):
        buckets.classify(plan, parts)
    assert not folder_of(plan.build).exists()
