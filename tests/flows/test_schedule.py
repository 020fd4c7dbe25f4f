"""The jobs of ``prefect.yaml`` are those the worker knows, with parameters their flows take, at times in China."""

import asyncio
import inspect
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from prefect.cli.deploy._config import _load_deploy_configs_and_actions
from prefect.server.schemas.schedules import CronSchedule
from prefect.utilities.importtools import import_object
from rich.console import Console

from flows.schedule.flow_process import FLOWS
from flows.schedule.jobs import jobs_of
from warehouse.errors import BadInput
from warehouse.home import Home

pytestmark = pytest.mark.rule("strict-definitions")

JOBS = Path(__file__).resolve().parents[2] / "prefect.yaml"
FIRST = {
    "nightly": "2026-07-01 02:30",
    "nightly-zones": "2026-07-01 02:30",
    "monthly-extracts": "2026-07-01 06:00",
    "weekly-digest": "2026-07-06 07:00",
    "daily-alerts": "2026-07-01 07:00",
    "monthly-freeze": "2026-07-01 06:30",
    "yearly-reclassification": "2027-01-05 08:00",
}
"""The first time of each job after noon of 30 June 2026 in China."""


def deployments() -> dict[str, dict[str, object]]:
    """As ``prefect deploy`` reads them; a file it cannot read has none."""
    configs, _ = _load_deploy_configs_and_actions(JOBS, console=Console(quiet=True))
    return {str(config["name"]): config for config in configs}


def test_every_flow_of_the_worker_is_scheduled_once() -> None:
    entrypoints = [str(config["entrypoint"]) for config in deployments().values()]

    assert deployments().keys() == FIRST.keys()
    assert sorted(import_object(entrypoint).name for entrypoint in entrypoints) == sorted(FLOWS)


@pytest.mark.parametrize("name", FIRST)
def test_a_job_has_parameters_of_its_flow_and_a_time_in_china(name: str) -> None:
    job = deployments()[name]
    flow = import_object(str(job["entrypoint"]))
    parameters = inspect.signature(flow.fn).parameters
    needed = {key for key, parameter in parameters.items() if parameter.default is inspect.Parameter.empty}
    (schedule,) = job["schedules"]  # type: ignore[misc]
    china = ZoneInfo("Asia/Shanghai")

    assert needed <= set(job["parameters"]) <= set(parameters)  # type: ignore[call-overload]
    flow.validate_parameters(job["parameters"])
    times = CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
    noon = datetime(2026, 6, 30, 12, tzinfo=china)
    with ThreadPoolExecutor(1) as another:  # in this thread the loop of a browser may be running
        (first,) = another.submit(asyncio.run, times.get_dates(1, start=noon)).result()
    assert f"{first.astimezone(china):%Y-%m-%d %H:%M}" == FIRST[name]


def test_a_home_is_given_the_nightly_job_of_its_kind(tmp_path: Path) -> None:
    home = Home(tmp_path)
    others = FIRST.keys() - {"nightly", "nightly-zones"}

    assert set(jobs_of(home, JOBS)) == {*others, "nightly"}
    (tmp_path / "zones.yml").write_text("zones: []", "utf-8")
    assert set(jobs_of(home, JOBS)) == {*others, "nightly-zones"}
    with pytest.raises(BadInput, match="no jobs can be read"):
        jobs_of(home, tmp_path / "zones.yml")
