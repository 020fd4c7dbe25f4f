"""Unites the files of the buckets in the build of their zone."""

from collections.abc import Sequence

from tiers import load_rulebook
from warehouse.buckets import tables
from warehouse.buckets.bucket import Bucket
from warehouse.database import Build
from warehouse.rule_exchange import results


def unite(build: Build, buckets: Sequence[Bucket]) -> None:
    """Add the rows of all buckets, in the order of the firms' keys, and remove each file once its rows are there."""
    from warehouse.rule_exchange.classification import start  # the evaluation, as in ``bucket``

    start(build, load_rulebook())
    made: set[str] = {*results.KEYS}
    for bucket in buckets:
        build.attach(bucket.path, "bucket")
        with build.together():
            for table in tables.made():
                begin = f"insert into {table}" if table in made else f"create or replace table {table} as"
                build.execute(f"{begin} from bucket.{table}")
        build.execute("detach bucket")
        bucket.path.unlink()
        made.update(tables.made())
