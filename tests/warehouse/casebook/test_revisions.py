"""The revisions of the casebook follow each other by their numbers: a fork would leave a table out without a word."""

import re

import pytest

from warehouse.casebook.migrate import SCRIPTS

pytestmark = pytest.mark.rule("append-only")

FOLLOWS = re.compile(r'^(down_revision|revision)(?:: [^=]+)? = (?:"(\d+)"|None)', re.MULTILINE)


def test_each_revision_follows_the_number_before() -> None:
    paths = sorted((SCRIPTS / "versions").glob("[0-9]*.py"))
    stated = [dict(FOLLOWS.findall(path.read_text("utf-8"))) for path in paths]
    numbers = [path.name[:4] for path in paths]

    assert numbers == [f"{number:04}" for number in range(1, len(paths) + 1)]
    assert [entry["revision"] for entry in stated] == numbers
    assert [entry["down_revision"] for entry in stated] == ["", *numbers[:-1]]
