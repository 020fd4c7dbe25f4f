"""Write the digests of a week: the weekly job."""

from datetime import date
from pathlib import Path

from prefect import flow

from flows.job import weekly_digest
from flows.run_records import recorded
from flows.settings import DUE_WITHIN, WHILE_BUSY
from warehouse.home import Home


@flow(name="write-digest", flow_run_name="digest", **WHILE_BUSY)
def write_digest(home: Path, day: date | None = None, within: int = DUE_WITHIN) -> Path:
    """The folder of the week's digests in the outbox; a week that has them keeps them."""
    opened = Home(home.absolute())
    with recorded(opened):
        return weekly_digest(opened, day, within).folder
