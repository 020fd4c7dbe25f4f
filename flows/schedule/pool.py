"""The work pool that scheduled jobs wait in."""

from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.exceptions import ObjectNotFound

from tiers.strict_yaml import load

POOL = "tidu"
KIND = "tidu"
"""Of no worker that Prefect brings, so that only ours takes runs from it."""


def template() -> dict[str, Any]:
    """The base job template; it has no placeholder."""
    return load(Path(__file__).with_name("pool.yml")).content


def ensure_pool() -> None:
    """Create the work pool, or restore its template where it was changed."""
    with get_client(sync_client=True) as client:
        try:
            pool = client.read_work_pool(POOL)
        except ObjectNotFound:
            client.create_work_pool(WorkPoolCreate(name=POOL, type=KIND, base_job_template=template()))
            return
        if pool.base_job_template != template():
            client.update_work_pool(POOL, WorkPoolUpdate(base_job_template=template()))
