"""Classify a day gone by under the rules of then and of today: the yearly job."""

from datetime import date
from pathlib import Path

from prefect import flow

from flows.job import reclassification
from flows.run_records import recorded
from flows.settings import WHILE_BUSY
from warehouse.home import Home


@flow(name="reclassify", flow_run_name="reclassification", **WHILE_BUSY)
def reclassify(home: Path, day: date | None = None, rules_day: date | None = None) -> Path:
    """The folder of the report; asked again of the same release, it is the same report."""
    opened = Home(home.absolute())
    with recorded(opened):
        return reclassification(opened, day, rules_day).folder
