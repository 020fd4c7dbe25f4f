"""A bucket whose worker dies is tried again; one that ends its workers each time stops the run with the reason."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows import buckets
from warehouse.buckets.bucket import Bucket, buckets_of
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
    assert [found[0].count for found in buckets._shared(Workers({1: 1}), BUCKETS)] == [0, 1, 2]  # type: ignore[arg-type]

    with pytest.raises(StepFailed, match=r"bucket 2 of 3 ended again and again"):
        buckets._shared(Workers({1: 2}), BUCKETS)  # type: ignore[arg-type]
