"""Freeze the release of a month: the monthly job."""

from pathlib import Path

from prefect import flow

from flows.job import freeze_month
from flows.run_records import recorded
from flows.settings import WHILE_BUSY
from warehouse.home import Home


@flow(name="freeze-month", flow_run_name="freeze", **WHILE_BUSY)
def freeze_release(home: Path, month: str | None = None) -> str:
    """The month that is frozen, by default the last one; frozen again it is the same vintage."""
    opened = Home(home.absolute())
    with recorded(opened):
        vintage, _ = freeze_month(opened, month)
    return vintage.month
