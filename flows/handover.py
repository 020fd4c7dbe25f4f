"""Write the lists for incubators from what is published: the monthly job."""

from pathlib import Path

from prefect import flow

from warehouse import release
from warehouse.extracts.incubators import write_extracts
from warehouse.home import Home


@flow(name="hand-over-extracts")
def hand_over_extracts(home: Path, out: Path) -> list[Path]:
    """One folder a release below ``out``; written again, the same release gives the same files."""
    published = release.current(Home(home.absolute()))
    return write_extracts(published, out.absolute() / published.stem, None)
