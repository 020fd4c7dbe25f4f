"""Seeded random damage to files: each is read, or refused with its name."""

import random
from pathlib import Path

import pytest
from broken_books import HEADS, NAME, ROW, accounted, good, packed, parts_of, read

from warehouse.errors import BadInput

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Content with random bytes changed, removed, repeated or truncated."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(damaged))
        kind = chance.randrange(4)
        if kind == 0:
            damaged[at] = chance.randrange(256)
        elif kind == 1:
            del damaged[at : at + chance.randint(1, 40)]
        elif kind == 2:
            damaged[at:at] = damaged[at : at + chance.randint(1, 40)]
        else:
            del damaged[max(at, 40) :]
        if not damaged:
            return b"x"
    return bytes(damaged)


def is_read(path: Path, content: bytes, ending: str) -> bool:
    """Whether the file was read; a refusal must name it, any other error fails the test."""
    try:
        return accounted(read(path, content, ending)) >= 0
    except BadInput as refused:
        if NAME in refused.zh and NAME in refused.en:
            return False
        raise


def test_mutated_archives(tmp_path: Path) -> None:
    chance, content = random.Random(7), good()

    outcomes = [is_read(tmp_path, mutated(content, chance), "xlsx") for _ in range(200)]

    assert outcomes.count(False) > 100


def test_mutated_sheets_in_intact_archives(tmp_path: Path) -> None:
    chance, parts = random.Random(11), parts_of(good())
    names = [name for name in parts if name.startswith("xl/") and name.endswith((".xml", ".rels"))]
    outcomes = []
    for _ in range(250):
        name = chance.choice(names)
        outcomes.append(is_read(tmp_path, packed(parts | {name: mutated(parts[name], chance)}), "xlsx"))

    assert {True, False} == set(outcomes)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_mutated_csv(tmp_path: Path, encoding: str) -> None:
    chance = random.Random(13)
    content = "\r\n".join(",".join(row) for row in [HEADS, *[ROW] * 5, ['"甲,乙"', '"a""b"', "", ""]]).encode(encoding)

    outcomes = [is_read(tmp_path, mutated(content, chance), "csv") for _ in range(400)]

    assert {True, False} == set(outcomes)


def test_mutated_json(tmp_path: Path) -> None:
    chance = random.Random(17)
    long = "甲" + "abc1" * 500
    content = f'[{{"CreditCode":"X","Name":"{long}","StartDate":"2020-01-01","Status":"存续"}}]'.encode()

    outcomes = [is_read(tmp_path, mutated(content, chance), "json") for _ in range(400)]

    assert {True, False} == set(outcomes)
