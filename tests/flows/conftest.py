"""What the tests of the flows share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_zone import TinyZone
from whole_and_part import zone
from whole_job import STEPS

from flows import steps

RunOnce = Callable[..., TinyZone]


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The builds that were merged: how a test sees that a run was incremental."""
    paths: list[Path] = []
    original = steps.delta.merged
    monkeypatch.setattr(steps.delta, "merged", lambda path, layers: (paths.append(path), original(path, layers))[1])
    return paths


@pytest.fixture
def run_once(made_once: Callable[[str, Callable[[Path], object]], Path], tmp_path: Path) -> RunOnce:
    """Fills a zone and takes it through its steps (all of them, or so many) once; gives each test a copy of its own."""

    def run(name: str, fill: Callable[[Path], TinyZone], steps: int = len(STEPS)) -> TinyZone:
        def make(folder: Path) -> None:
            fill(folder).run(steps=steps)

        shutil.copytree(made_once(name, make), tmp_path, dirs_exist_ok=True)
        return TinyZone(tmp_path)

    return run


@pytest.fixture
def tiny(run_once: RunOnce) -> TinyZone:
    """Twenty firms with two years each, and their first release."""
    return run_once("twenty-firms", zone)
