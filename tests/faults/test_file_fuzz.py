"""Seeded random damage to files, read in the reader process with its limits: each is read, or refused with its name.

``TIDU_FUZZ_FILES=5000 pytest tests/faults/test_file_fuzz.py`` tries more than the suite does and prints
figures.
"""

import os
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from broken_books import HEADS, KNOWN, NAME, ROW, good, packed, parts_of
from hostile_files import BOOKS, TEXTS
from office_formats import FORMATS

from warehouse.errors import BadInput
from warehouse.intake.readers.process import Reader
from warehouse.intake.readers.table_files import cached_tables

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]

FILES = int(os.environ.get("TIDU_FUZZ_FILES", "100"))
SEED = int(os.environ.get("TIDU_FUZZ_SEED", "20261128"))
TABLE = "\r\n".join(",".join(row) for row in [HEADS, *[ROW] * 5, ['"甲,乙"', '"a""b"', "", ""]])
RECORDS = '[{"CreditCode":"X","Name":"' + "甲" * 300 + '","StartDate":"2020-01-01","Status":"存续"}]'
SHEETS = {"登记": [HEADS, *[ROW] * 5, [7, 3.5, None, "a  b\nc"]]}
SPANNED = (b"<td>", b'<td rowspan="2" colspan="1">'), (b'ss:Index="1"', b'ss:Index="1" ss:MergeDown="1"')
NUMBERS = (b"0", b"1", b"255", b"65536", b"1048576", b"16384", b"4294967296", b"-1", b"1e9", b"9" * 30)
SWAPS = ((b'"', b"'"), (b" r=", b"\nr ="), (b"<c ", b"<x:c "), (b"A", b"a"), (b"</c>", b""), (b"<v>", b"<v><v>"))


def bytes_changed(content: bytes, chance: random.Random) -> bytes:
    """Content with random bytes changed, removed, repeated or truncated."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made))
        kind = chance.randrange(4)
        if kind == 0:
            made[at] = chance.randrange(256)
        elif kind == 1:
            del made[at : at + chance.randint(1, 60)]
        elif kind == 2:
            made[at:at] = made[at : at + chance.randint(1, 4000)] * chance.choice([1, 1, 50])
        else:
            del made[max(at, 40) :]
        made = made or bytearray(b"x")
    return bytes(made)


def part_changed(content: bytes, chance: random.Random) -> bytes:
    """A workbook with a damaged part, in bytes or XML values, in an intact archive."""
    parts = parts_of(content)
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    part = parts[name]
    kind = chance.randrange(4)
    if kind == 0:
        part = bytes_changed(part, chance)
    elif kind == 1:
        old, new = chance.choice(SWAPS)
        part = part.replace(old, new, chance.choice([1, 3, -1]))
    elif kind == 2:
        digits = [at for at in range(len(part)) if part[at : at + 1].isdigit()] or [0]
        at = chance.choice(digits)
        part = part[:at] + chance.choice(NUMBERS) + part[at + 1 :]
    else:
        part = part.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-16-be", "utf-8-sig", "utf-32"]))
    return packed(parts | {name: part})


def office_changed(chance: random.Random) -> tuple[str, bytes]:
    """A damaged web page, XML spreadsheet or OpenDocument file, some with spans of damaged size."""
    kind = chance.choice(list(FORMATS))
    content = FORMATS[kind](SHEETS)
    if kind == "ods":
        return "ods", part_changed(content, chance) if chance.random() < 0.8 else bytes_changed(content, chance)
    for old, new in SPANNED:
        content = content.replace(old, new.replace(b"2", chance.choice(NUMBERS)), chance.randrange(3))
    return "xls", bytes_changed(content, chance) if chance.random() < 0.8 else content


def made(chance: random.Random, books: list[bytes]) -> tuple[str, bytes]:
    """Extension and content of a file."""
    kind: Callable[[], tuple[str, bytes]] = chance.choice([
        lambda: ("xlsx", bytes_changed(books[0], chance)),
        lambda: ("xlsx", part_changed(books[0], chance)),
        lambda: ("xlsx", part_changed(books[0], chance)),
        lambda: ("xlsx", bytes_changed(chance.choice(books), chance)),
        lambda: ("csv", bytes_changed(TABLE.encode(chance.choice(["utf-8", "gb18030", "utf-16"])), chance)),
        lambda: ("csv", bytes_changed(chance.choice(list(TEXTS.values()))[1] or b"x", chance)),
        lambda: ("json", bytes_changed(RECORDS.encode(), chance)),
        lambda: office_changed(chance),
        lambda: office_changed(chance),
    ])  # fmt: skip
    return kind()


def outcome(reader: Reader, path: Path, folder: Path) -> str:
    """``read``, or why it was refused; a refusal names the file in both languages."""
    feed = KNOWN["vendor__registrations" if path.suffix == ".json" else "registry__firms"]
    try:
        reader.read(path, path.name, feed, folder)
    except BadInput as refused:
        if path.name not in refused.zh or path.name not in refused.en:
            raise
        contained = re.search(r"broke off \((\w+)\)|took more than|more than [\d,]+ MB", refused.en)
        return f"refused: {contained[1] or contained[0]}" if contained else "refused"
    return "read" if cached_tables(folder) else "nothing kept"


@pytest.mark.figure("files damaged by chance")
def test_randomly_damaged_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]
) -> None:
    record_property("times", FILES)
    chance, outcomes, slowest = random.Random(SEED), Counter[str](), 0.0
    books = [good(), *(make() for make in BOOKS.values())]
    with Reader() as reader:
        for number in range(FILES):
            ending, content = made(chance, books)
            (path := tmp_path / f"{NAME}.{ending}").write_bytes(content)
            began = time.monotonic()
            outcomes[outcome(reader, path, tmp_path / f"{number}.tables")] += 1
            slowest = max(slowest, time.monotonic() - began)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    with capsys.disabled():
        sys.stdout.write(f"\n{FILES} files: {dict(outcomes)}; slowest {slowest:.1f} s, peak {peak} MB\n")

    assert outcomes["read"] > 0
    assert outcomes["refused"] > outcomes["read"]
    assert "nothing kept" not in outcomes
