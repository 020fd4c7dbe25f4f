"""The steps of a large zone whose firms are classified in buckets, and what carries the buckets to workers.

In a run of many zones the workers of the run take the buckets too; else they are processes of this machine, or one
bucket follows another in the process of the run. The unit of work and its file are the same on each.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from flows.plan import Plan
from flows.workers.local_cluster import local_workers
from warehouse import recipe
from warehouse.buckets import tables
from warehouse.buckets.bucket import Bucket, buckets_of, build_bucket, firms_of, remove_files
from warehouse.buckets.uniting import unite
from warehouse.database.build import Build
from warehouse.database.kept_open import let_go
from warehouse.errors import StepFailed
from warehouse.models import building
from warehouse.quality.check import Breach, check_layer
from warehouse.release import delta

if TYPE_CHECKING:
    from distributed import Client, Future


def buckets_of_run(plan: Plan, build: Build) -> list[Bucket]:
    """The buckets of a build whose core is there; none for a small zone, and for the part of one that changed."""
    if delta.is_part(build):
        return []
    return buckets_of(plan.build, firms_of(build), plan.buckets)


def build_before(build: Build) -> list[Breach]:
    """The tables of the zone that every bucket reads; what stops a release."""
    recipe.write_duties(build)
    building.build_tables(build, tables.before_buckets())
    return _checked(build, tables.before_buckets())


def classify(plan: Plan, buckets: Sequence[Bucket]) -> list[Breach]:
    """Facts, verdicts and tables of firms by bucket, united in the build, and the tables that rest on all of them."""
    let_go(plan.build)
    try:
        with _workers(plan) as client:
            breaches = [build_bucket(bucket) for bucket in buckets] if client is None else _shared(client, buckets)
        with Build.open(plan.build) as build:
            unite(build, buckets)
    finally:
        remove_files(plan.build)
    with Build.open(plan.build) as build:
        rest = building.build_tables(build, tables.after_buckets(tables.LAYERS[:-1]))
        return [*chain(*breaches), *_checked(build, [*tables.keyed_otherwise(), *rest])]


def build_marts(build: Build) -> list[str]:
    """The marts that no bucket makes, as ``recipe.build_marts``; their names."""
    return building.build_tables(build, tables.after_buckets(tables.LAYERS[-1:]))


def _checked(build: Build, built: Sequence[str]) -> list[Breach]:
    return [breach for layer in tables.LAYERS for breach in check_layer(build, layer, built)]


@contextmanager
def _workers(plan: Plan) -> "Iterator[Client | None]":
    """Who takes the buckets of a run: the workers of many zones, those of this run, or None for its own process."""
    if "distributed" in sys.modules and _is_on_a_worker():
        from distributed import worker_client

        with worker_client() as client:
            yield client
    elif plan.workers is not None:
        with local_workers(plan.workers, plan.home) as client:
            yield client
    else:
        yield None


def _is_on_a_worker() -> bool:
    from distributed import get_worker

    try:
        get_worker()
    except ValueError:
        return False
    return True


def _shared(client: "Client", buckets: Sequence[Bucket]) -> list[list[Breach]]:
    """What workers came to; buckets that are counted among those that ended a worker are tried once more, alone."""
    futures = _submitted(client, buckets)
    client.gather(futures, errors="skip")  # type: ignore[no-untyped-call]
    return [_result(client, future, bucket) for future, bucket in zip(futures, buckets, strict=True)]


def _submitted(client: "Client", buckets: Sequence[Bucket]) -> "list[Future[Any]]":
    """Before zones that wait: what is begun is finished first."""
    return client.map(build_bucket, list(buckets), pure=False, priority=1)


def _result(client: "Client", future: "Future[Any]", bucket: Bucket) -> list[Breach]:
    from distributed import KilledWorker

    try:
        return future.result()  # type: ignore[no-any-return]
    except KilledWorker:
        (again,) = _submitted(client, [bucket])
    try:
        return again.result()  # type: ignore[no-any-return]
    except KilledWorker as error:
        raise StepFailed(
            "逐条评价",
            "classify firms",
            f"执行第 {bucket.number + 1} 桶（共 {bucket.of} 桶）的进程屡次中断，内存不足或被终止",
            f"the process of bucket {bucket.number + 1} of {bucket.of} ended again and again, out of memory or killed",
        ) from error
