"""Which steps Prefect runs and shows. No step is computed here.

Few and coarse: every task run costs Prefect some 50-100 ms. Nothing is cached or persisted by Prefect, because a
step's proof is in the build file; nothing is retried, because no step crosses a network.
"""

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows import steps

land_files = task(name="land-files", cache_policy=NO_CACHE)(steps.land_files)

ISOLATED = tuple(
    task(name=step.__name__.replace("_", "-"), cache_policy=NO_CACHE)(step)
    for step in (*steps.BUILD_STEPS, steps.publish_release)
)
"""The steps that go on without a delivery on which one of them fails, in their order."""
