"""The changelog is read by users: by release, what was added, changed and fixed, each in one short line."""

import re

import pytest
from source_files import ROOT

pytestmark = pytest.mark.rule("true-documents")

LINES = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
RELEASE = r"## (Unreleased|\d+\.\d+\.\d+)"
PARTS = ["Added", "Changed", "Fixed"]
LONGEST = 140


def test_an_entry_is_one_line_of_few_characters() -> None:
    """Details belong to ``docs/history.md``."""
    assert [line for line in LINES if line.startswith("- ") and len(line) - len("- ") > LONGEST] == []
    assert [line for line in LINES if line.startswith(" ")] == []


def test_a_release_has_what_was_added_changed_and_fixed_in_this_order() -> None:
    headings = [line for line in LINES[1:] if line.startswith("#")]

    assert [line for line in headings if not re.fullmatch(rf"{RELEASE}|### ({'|'.join(PARTS)})", line)] == []
    for release in "\n".join(headings).split("\n## "):
        parts = [line.removeprefix("### ") for line in release.splitlines()[1:]]
        assert parts == sorted(set(parts), key=PARTS.index)
