"""A small sample zone and its first release, made once for all tests."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from whole_job import run_steps

from warehouse import release
from warehouse.home import Home
from warehouse.sample import write_sample

# Files that a test has just written are at rest.
os.environ.setdefault("TIDU_SETTLE_SECONDS", "0.05")

# No test is timed: a busy machine is not a defect.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def sample_zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The inbox of a sample zone of 150 firms."""
    out = tmp_path_factory.mktemp("zone")
    write_sample(out, firms=150, years=(2020, 2025), seed=7)
    return out / "inbox"


@pytest.fixture(scope="session")
def released(sample_zone: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one release; tests that write take a copy."""
    root = tmp_path_factory.mktemp("home")
    run_steps(root, sample_zone)
    return Home(root)


@pytest.fixture(scope="session")
def published(released: Home) -> release.Published:
    """The release, to be asked directly."""
    return release.Published(released)


@pytest.fixture
def own_home(released: Home, tmp_path: Path) -> Home:
    """A private copy of the released home."""
    shutil.copytree(released.root, tmp_path / "home")
    return Home(tmp_path / "home")
