"""Unites the files of the buckets in the build of their zone."""

from collections.abc import Sequence

from tiers import load_rulebook
from warehouse.buckets import tables
from warehouse.buckets.bucket import Bucket
from warehouse.database.build import Build
from warehouse.rule_exchange import results

AT_ONCE = 4
"""Buckets that are added together: each time DuckDB writes the last rows of every table anew."""


def unite(build: Build, buckets: Sequence[Bucket]) -> None:
    """Add the rows of all buckets, in the order of the firms' keys, and remove the files once their rows are there."""
    from warehouse.rule_exchange.classification import start  # the evaluation, as in ``bucket``

    start(build, load_rulebook())
    _create(build, buckets[0])
    for begin in range(0, len(buckets), AT_ONCE):
        part = buckets[begin : begin + AT_ONCE]
        for bucket in part:
            build.attach(bucket.path, f"bucket_{bucket.number}")
        with build.together():
            for table in tables.made():
                for bucket in part:
                    build.execute(f"insert into {table} from bucket_{bucket.number}.{table}")
        for bucket in part:
            build.execute(f"detach bucket_{bucket.number}")
            bucket.path.unlink()


def _create(build: Build, bucket: Bucket) -> None:
    """The tables of the models without rows, as a bucket has them; those of the results are there."""
    build.attach(bucket.path, "bucket")
    with build.together():
        for table in tables.made():
            if table not in results.KEYS:
                build.execute(f"create or replace table {table} as from bucket.{table} limit 0")
    build.execute("detach bucket")
