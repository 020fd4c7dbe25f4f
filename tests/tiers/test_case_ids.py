"""Every case id of the specification occurs in the tests."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.rule("rules-are-data")

TESTS = Path(__file__).parents[1]
CASES = TESTS.parent / "tiers" / "cases"
IDS = (Path(__file__).parent / "case_ids.txt").read_text("utf-8").split()
WORD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)+")


def _carried() -> set[str]:
    """Every word of that shape in a case file or a test."""
    files = [*(path for ending in ("*.py", "*.yml") for path in TESTS.rglob(ending)), *CASES.rglob("*.yml")]
    return {word for path in files for word in WORD.findall(path.read_text("utf-8"))}


def test_the_list_holds_every_case_once() -> None:
    assert len(IDS) == len(set(IDS)) == 291


def test_every_case_is_carried() -> None:
    assert set(IDS) - _carried() == set()
