"""What the attempts of a cluster came to is the state of a zone, with the way out."""

from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from whole_job import DAY

from flows.zones import refresh_zones
from flows.zones.refresh_zones import _run_of, with_release
from flows.zones.run_zone import ZoneRun, ZonesPlan
from warehouse.zones.registry import Zone

pytestmark = pytest.mark.rule("way-out")

ZONE = Zone(code="a", zh="甲区", en="zone a", place="CN-3301", inbox=Path("inbox"), peers="mature", owner="甲")


def test_a_zone_is_published_though_its_worker_died_before_it_answered() -> None:
    repeated = ZoneRun("a", "unchanged", "20260629-000000-aaaa", "", "", 1.0, 1.0)

    assert with_release(repeated, None).state == "published"
    assert with_release(repeated, "20260628-000000-aaaa").state == "published"
    assert with_release(repeated, repeated.run_id) == repeated
    missing = replace(repeated, state="missing", run_id=None)
    assert with_release(missing, None) == missing


def test_a_zone_whose_scheduler_is_lost_may_be_published_and_is_run_again() -> None:
    from distributed.client import CancelledError, FutureCancelledError

    for lost in (FutureCancelledError("run_zone-1", "scheduler-connection-lost"), CancelledError("run_zone-1")):
        run = _run_of(ZONE, lost)
        assert (run.zone, run.state) == ("a", "failed")
        assert "Dask 调度服务" in run.message_zh
        assert "run again" in run.message_en


def test_zones_counted_among_those_that_ended_a_worker_are_tried_once_more_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import KilledWorker

    killed = Mock(result=Mock(side_effect=KilledWorker("run_zone", Mock(), 2)))
    published = Mock(result=Mock(return_value=ZoneRun("a", "published", "20260629-000000-aaaa", "", "", 1.0, 1.0)))
    poison = ZONE.model_copy(update={"code": "poison"})
    submitted = Mock(side_effect=[killed, killed, published, killed])
    monkeypatch.setattr(refresh_zones.TASK, "submit", submitted)

    runs = refresh_zones._refresh_zones.fn([ZONE, poison], ZonesPlan(tmp_path, DAY))

    assert [(run.zone, run.state) for run in runs] == [("a", "published"), ("poison", "failed")]
    assert "屡次中断" in runs[1].message_zh
    assert [call.args[0].code for call in submitted.call_args_list] == ["a", "poison", "a", "poison"]
