"""What the tests of the flows share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_zone import TinyZone
from whole_and_part import zone

from flows import steps

RunOnce = Callable[..., TinyZone]


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The builds that were merged: how a test sees that a run was incremental."""
    paths: list[Path] = []
    original = steps.delta.merged
    monkeypatch.setattr(steps.delta, "merged", lambda path, *rest: (paths.append(path), original(path, *rest))[1])
    return paths


@pytest.fixture
def tiny(run_once: RunOnce) -> TinyZone:
    """Twenty firms with two years each, and their first release."""
    return run_once("twenty-firms", zone)
