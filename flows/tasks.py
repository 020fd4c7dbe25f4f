"""Which steps Prefect runs and shows. No step is computed here.

Few and coarse: every task run costs Prefect some 50-100 ms. Nothing is cached or persisted by Prefect, because a
step's proof is in the build file; nothing is retried, because no step crosses a network.
"""

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows import steps

land_files = task(name="land-files", cache_policy=NO_CACHE)(steps.land_files)
load_rows = task(name="load-rows", cache_policy=NO_CACHE)(steps.load_rows)
build_staging = task(name="build-staging", cache_policy=NO_CACHE)(steps.build_staging)
build_core = task(name="build-core", cache_policy=NO_CACHE)(steps.build_core)
build_facts = task(name="build-facts", cache_policy=NO_CACHE)(steps.build_facts)
classify_firms = task(name="classify-firms", cache_policy=NO_CACHE)(steps.classify_firms)
build_marts = task(name="build-marts", cache_policy=NO_CACHE)(steps.build_marts)
publish_release = task(name="publish-release", cache_policy=NO_CACHE)(steps.publish_release)

ISOLATED = (load_rows, build_staging, build_core, build_facts, classify_firms, build_marts, publish_release)
"""The steps that go on without a delivery on which one of them fails, in their order."""
