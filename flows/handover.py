"""Hand the lists and workbooks of what is published to the incubators: the monthly job."""

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.run_records import recorded
from service.outputs import Handed, write_extracts
from warehouse.home import Home
from warehouse.release import releases

BY = "tidu"


@flow(name="hand-over-extracts")
def hand_over_extracts(home: Path, out: Path) -> list[Path]:
    """One folder a release below ``out``, each workbook in the log of deliveries.

    Run again, the same release gives the same files, and nothing is logged twice.
    """
    opened = Home(home.absolute())
    with recorded(opened):
        folder = out.absolute() / releases.current(opened).stem
        return write_extracts(opened, folder, None, handed=Handed(BY, "每月交付 monthly", datetime.now(UTC)))
