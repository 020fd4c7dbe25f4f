"""People of a home of its own, by a clock that a test moves."""

from pathlib import Path

import pytest
from clocks import Clock

from service.people.installation import People
from warehouse.home import Home


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> People:
    return People(Home(tmp_path / "home"), clock)
