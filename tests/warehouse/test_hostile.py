"""Hostile files: each is read with every row accounted for, or refused with a clear message."""

import io
import os
import resource
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from broken_books import HEAD, HEADS, LAUGHS, NAME, OUTSIDE, accounted, cell, good, packed, parts_of, read, sheet_with

from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.feed import load_feeds
from warehouse.intake.landing import land

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]


@pytest.fixture(autouse=True)
def _bounded_memory() -> Iterator[None]:
    """What a file can make us hold is bounded; beyond it the test fails instead of the machine."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (12 << 30, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def forged_directory() -> bytes:
    """A sheet of 300 MB of which the directory says that it has 1,000 bytes."""
    parts = parts_of(good()) | {"xl/worksheets/sheet1.xml": b"<a>" + b" " * 300_000_000}
    content = bytearray(packed(parts))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    stated, forged = info.file_size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    return bytes(content.replace(stated, forged))


def nested() -> bytes:
    inner = packed({"zeros": b"0" * 100_000_000})
    return packed({"a.xlsx": inner, "b.xlsx": inner})


HOSTILE: dict[str, Callable[[], bytes]] = {
    "last cell only": lambda: sheet_with(HEAD + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
    "no references": lambda: sheet_with(
        "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>" + "<row><c><v>1</v></c></row>" * 200_000
    ),
    "sixteen thousand columns": lambda: sheet_with(HEAD + f'<row r="2">{cell("XFD2", "x")}</row>'),
    "billion laughs": lambda: sheet_with(HEAD + f'<row r="2">{cell("A2", "&c;")}</row>', LAUGHS),
    "outside entity": lambda: sheet_with(HEAD + f'<row r="2">{cell("A2", "&f;")}</row>', OUTSIDE),
    "lying directory": forged_directory,
    "nested archive": nested,
    "no workbook": lambda: packed({"mimetype": b"application/zip"}),
    "open tag": lambda: sheet_with("<row r='1'><c r='A1"),
    "huge text": lambda: sheet_with(HEAD + f'<row r="2">{cell("A2", "x" * 20_000_000)}</row>'),
    "merged without end": lambda: sheet_with(
        HEAD + "".join(f'<row r="{at}">{cell(f"A{at}", "x")}</row>' for at in range(2, 50_000)),
        after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 3_000 + "</mergeCells>",
    ),
    "bzip2": lambda: _bzip2(),
}


def _bzip2() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts_of(good()).items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_in_both_languages(tmp_path: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(BadInput) as refused:
        read(tmp_path, make())

    assert refused.value.zh.startswith(NAME)
    assert refused.value.en.startswith(NAME)
    assert refused.value.zh != refused.value.en


@pytest.mark.parametrize("sheet", ["../../etc/x", "=cmd|calc", "\u202eevil", "C;DROP TABLE", "'quoted'"])
def test_a_sheet_name_may_be_any_text(tmp_path: Path, sheet: str) -> None:
    parts = parts_of(good("Sheet1"))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Sheet1"', f'name="{sheet}"'.encode())

    (table,) = read(tmp_path, packed(parts))

    assert (table.sheet, table.rows.height) == (sheet, 3)


def test_macros_never_run_and_the_ending_decides_nothing(tmp_path: Path) -> None:
    with_macros = packed(parts_of(good()) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    for content, ending in ((good(), "xlsm"), (with_macros, "xlsx"), (with_macros, "XLSM"), (good(), "et")):
        assert accounted(read(tmp_path, content, ending)) == 3


def test_a_formula_gives_its_stored_value(tmp_path: Path) -> None:
    text = '<c r="B2" t="str"><f>HYPERLINK("http://x")</f><v>甲公司</v></c>'
    (table,) = read(tmp_path, sheet_with(HEAD + f'<row r="2">{cell("A2", "X")}{text}{cell("C2", "2020-01-01")}</row>'))

    assert table.rows["name"].to_list() == ["甲公司"]


def test_unusual_characters_in_cells_are_kept(tmp_path: Path) -> None:
    (table,) = read(tmp_path, (",".join(HEADS) + "\nX,\u202e甲\u200f公\x07司,2020-01-01,存续\n").encode(), "csv")

    assert table.rows["name"].to_list() == ["\u202e甲\u200f公\x07司"]


def test_pipes_and_links_in_the_inbox_are_reported_and_not_read(tmp_path: Path) -> None:
    (inbox := tmp_path / "inbox").mkdir()
    (outside := tmp_path / "outside.csv").write_text("secret", "utf-8")
    (folder := tmp_path / "folder").mkdir()
    (folder / f"{NAME}.csv").write_text("secret", "utf-8")
    os.mkfifo(inbox / f"{NAME}.csv")
    (inbox / "登记信息_20260102.csv").symlink_to(outside)
    (inbox / "登记信息_20260103.csv").symlink_to(tmp_path / "nowhere")
    (inbox / "registry__firms").symlink_to(folder)

    result = land(inbox, Home(tmp_path / "home"), load_feeds(), datetime.now(UTC))

    assert result.new == []
    assert len(result.passed_over) == 4
