"""What the tests of the flows share."""

from pathlib import Path

import pytest

from flows import steps


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The builds that were merged: how a test sees that a run was incremental."""
    seen: list[Path] = []
    whole = steps.incremental.merge
    monkeypatch.setattr(steps.incremental, "merge", lambda build, layers: (seen.append(build), whole(build, layers))[1])
    return seen
