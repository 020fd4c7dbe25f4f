"""The process of one scheduled run: ``python -m flows.schedule.flow_process``, started by the worker.

Which flow it is follows from the name of the run's flow; a deployment's entrypoint and pull steps are not read.
"""

import os
from typing import TYPE_CHECKING, Any
from uuid import UUID

from prefect import Flow
from prefect._internal.control_listener import configure_from_env
from prefect.client.orchestration import get_client
from prefect.engine import handle_engine_signals
from prefect.flow_engine import load_flow_run, run_flow

from flows.alerts import write_alerts
from flows.digest import write_digest
from flows.freeze import freeze_release
from flows.handover import hand_over_extracts
from flows.reclassify import reclassify
from flows.refresh import refresh_zone
from flows.zones.refresh_zones import refresh_installation
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun

ALL_FLOWS: tuple[Flow[Any, Any], ...] = (
    *(refresh_zone, refresh_installation, freeze_release, reclassify),
    *(hand_over_extracts, write_digest, write_alerts),
)
FLOWS = {flow.name: flow for flow in ALL_FLOWS}


class UnknownFlow(WarehouseError):
    """A scheduled run is of a flow that Tidu does not have."""


def flow_of(flow_run: "FlowRun") -> Flow[Any, Any]:
    """The flow a run is of; raises ``UnknownFlow``."""
    with get_client(sync_client=True) as client:
        name = client.read_flow(flow_run.flow_id).name
    if name not in FLOWS:
        known = "、".join(FLOWS)
        raise UnknownFlow(
            f"流程 {name} 不属于本系统，未执行；可用的有 {known}\n{name} is no flow of Tidu, not run; there are {known}"
        )
    return FLOWS[name]


def main() -> None:
    """Run the flow with the parameters of its run; 0 where Prefect has recorded how it ended."""
    flow_run_id = UUID(os.environ["PREFECT__FLOW_RUN_ID"])
    configure_from_env()
    with handle_engine_signals(flow_run_id):
        flow_run = load_flow_run(flow_run_id)
        run_flow(flow_of(flow_run), flow_run=flow_run)


if __name__ == "__main__":
    main()
