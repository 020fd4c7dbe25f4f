"""What counts as something new for a run."""

import pytest

from flows import unchanged

pytestmark = pytest.mark.rule("whole-equals-part")


def test_another_version_of_a_computing_library_is_something_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release rests on the libraries that computed it, and is not merged with what another version computes."""
    before = unchanged.definitions_hash.__wrapped__()
    monkeypatch.setattr(unchanged, "version", lambda name: "99.0" if name == "duckdb" else "1.0")

    assert unchanged.definitions_hash.__wrapped__() != before
    assert "duckdb 99.0" in unchanged.libraries()
