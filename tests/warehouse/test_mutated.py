"""Files damaged by chance, always the same chance: each is read or refused by name, whatever was hit."""

import random
from pathlib import Path

import pytest
from broken_books import HEADS, NAME, ROW, accounted, good, packed, parts_of, read

from warehouse.errors import BadInput


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled or cut off."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found))
        kind = chance.randrange(4)
        if kind == 0:
            found[at] = chance.randrange(256)
        elif kind == 1:
            del found[at : at + chance.randint(1, 40)]
        elif kind == 2:
            found[at:at] = found[at : at + chance.randint(1, 40)]
        else:
            del found[max(at, 40) :]
        if not found:
            return b"x"
    return bytes(found)


def attempt(path: Path, content: bytes, ending: str) -> bool:
    """Whether the file was read; refusals must name it, anything else is a fault of ours."""
    try:
        return accounted(read(path, content, ending)) >= 0
    except BadInput as refused:
        if NAME in refused.zh and NAME in refused.en:
            return False
        raise


def test_mutated_archives(tmp_path: Path) -> None:
    chance, whole = random.Random(7), good()

    outcomes = [attempt(tmp_path, mutated(whole, chance), "xlsx") for _ in range(200)]

    assert outcomes.count(False) > 100


def test_mutated_sheets_in_whole_archives(tmp_path: Path) -> None:
    chance, parts = random.Random(11), parts_of(good())
    names = [name for name in parts if name.startswith("xl/") and name.endswith((".xml", ".rels"))]
    outcomes = []
    for _ in range(250):
        name = chance.choice(names)
        outcomes.append(attempt(tmp_path, packed(parts | {name: mutated(parts[name], chance)}), "xlsx"))

    assert {True, False} == set(outcomes)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_mutated_csv(tmp_path: Path, encoding: str) -> None:
    chance = random.Random(13)
    whole = "\r\n".join(",".join(row) for row in [HEADS, *[ROW] * 5, ['"甲,乙"', '"a""b"', "", ""]]).encode(encoding)

    outcomes = [attempt(tmp_path, mutated(whole, chance), "csv") for _ in range(400)]

    assert {True, False} == set(outcomes)


def test_mutated_json(tmp_path: Path) -> None:
    chance = random.Random(17)
    long = "甲" + "abc1" * 500
    whole = f'[{{"CreditCode":"X","Name":"{long}","StartDate":"2020-01-01","Status":"存续"}}]'.encode()

    outcomes = [attempt(tmp_path, mutated(whole, chance), "json") for _ in range(400)]

    assert {True, False} == set(outcomes)
