"""Every case id of the specification occurs in the tests."""

import re
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.rule("rules-are-data")

TESTS = Path(__file__).parents[1]
CASES = TESTS.parent / "tiers" / "cases"
IDS = (Path(__file__).parent / "case_ids.txt").read_text("utf-8").split()
WORD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)+")


@cache
def _carried() -> set[str]:
    """Every word of that shape in a case file or a test."""
    files = [*(path for ending in ("*.py", "*.yml") for path in TESTS.rglob(ending)), *CASES.rglob("*.yml")]
    return {word for path in files for word in WORD.findall(path.read_text("utf-8"))}


def test_the_list_holds_every_case_once() -> None:
    assert len(IDS) == len(set(IDS)) == 291


@pytest.mark.parametrize("group", sorted({name.rpartition("-")[0] for name in IDS}))
def test_every_case_of_a_group_is_carried(group: str) -> None:
    assert {name for name in IDS if name.rpartition("-")[0] == group} - _carried() == set()
