"""Write the lists for incubators from what is published: the monthly job."""

from pathlib import Path

from prefect import flow

from flows.run_records import recorded
from warehouse.home import Home
from warehouse.outputs.incubators import write_extracts
from warehouse.release import releases


@flow(name="hand-over-extracts")
def hand_over_extracts(home: Path, out: Path) -> list[Path]:
    """One folder a release below ``out``; written again, the same release gives the same files."""
    opened = Home(home.absolute())
    with recorded(opened):
        published = releases.current(opened)
        return write_extracts(published, out.absolute() / published.stem, None)
