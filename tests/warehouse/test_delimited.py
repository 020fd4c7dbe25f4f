"""CSV: the fast and the strict reader give the same rows, or the strict one refuses the file."""

import random
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from warehouse.errors import BadInput
from warehouse.intake.readers import delimited, limits
from warehouse.intake.readers.delimited import read_csv
from warehouse.intake.readers.delimited_fast import read_fast
from warehouse.intake.readers.grid import without_blanks

pytestmark = pytest.mark.rule("read-as-written")

CELLS = st.text(st.sampled_from('ab1,;"\t \u3000甲\n'), max_size=5)


def quoted(cell: str, always: bool) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if always or set(cell) & set(',"\n') else cell


@examples(300)
@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=6), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_both_readers_give_the_same_rows(rows: list[list[str]], always: bool, ends: str) -> None:
    text = ends.join(",".join(quoted(cell, always) for cell in row) for row in rows)
    fast = read_fast(text.encode(), ",", "a.csv")
    if fast is None or not text.strip("\r\n"):
        return

    strict = without_blanks(delimited._read_strict(text, ",", "a.csv"))

    shared = [name for name in without_blanks(fast).columns if name in strict.columns]
    assert_frame_equal(without_blanks(fast).select(shared), strict.select(shared))
    assert {name for name in strict.columns if strict[name].null_count() < strict.height} <= set(fast.columns)


@examples(300)
@given(st.text(st.sampled_from('a,"\n\r甲'), max_size=24))
def test_any_text_is_read_the_same_or_left_to_the_strict_reader(text: str) -> None:
    fast = read_fast(text.encode(), ",", "a.csv")
    if fast is None or not text.strip("\r\n"):
        return
    strict = without_blanks(delimited._read_strict(text, ",", "a.csv"))

    assert without_blanks(fast).rows() == [row[: fast.width] for row in strict.rows()]


def test_ordinary_files_are_read_by_the_fast_reader() -> None:
    rows = b'\xef\xbb\xbfuscc,name\n91330106MA01000169,"a, b"\n\nx,"say ""no"""\n'

    assert read_fast(rows.removeprefix(b"\xef\xbb\xbf"), ",", "a.csv") is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_detected(tmp_path: Path, encoding: str) -> None:
    (path := tmp_path / "a.csv").write_text("企业名称,地址\n㐀祎科技有限公司,杭州市\n", encoding)

    grid = read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])

    assert grid.rows["c0"].to_list() == ["企业名称", "㐀祎科技有限公司"]
    assert grid.encoding == encoding.replace("utf-8", "utf-8-sig").replace("-sig-sig", "-sig")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf16_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str, end: str) -> None:
    (path := tmp_path / "a.csv").write_bytes(
        end.join(["企业名称\t地址", "㐀祎科技有限公司\t杭州市", ""]).encode(encoding)
    )

    grid = read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])

    assert grid.rows.select("c0", "c1").rows() == [("企业名称", "地址"), ("㐀祎科技有限公司", "杭州市")]
    assert grid.encoding == encoding


def test_utf16_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    (path := tmp_path / "a.csv").write_bytes("企业名称\t地址\n".encode("utf-16")[:-1])

    with pytest.raises(BadInput, match="编码"):
        read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])


def test_a_line_of_utf8_in_gb18030_is_refused_and_plain_gb18030_is_not(tmp_path: Path) -> None:
    chance = random.Random(7)
    han = [chr(code) for code in range(0x4E00, 0x9FA5)]
    lines = [("".join(chance.choices(han, k=30)) + "\n").encode("gb18030") for _ in range(2_000)]
    (path := tmp_path / "a.csv").write_bytes(b"".join(lines))
    assert read_csv(path, "a.csv", ["utf-8-sig", "gb18030"]).rows.height == 2_000

    path.write_bytes(b"".join([*lines[:7], "杭州丙丁科技有限公司，甲\n".encode(), *lines[7:]]))
    with pytest.raises(BadInput, match="第 8 行"):
        read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a," * 3_000_000, "列"),
        ('"' + "a,b\n" * 200_000, "过长"),
        ("x" * 500_000 + ",b\n", "过长"),
        ("a,b\n" * 10 + ",".join(["x"] * 999) + "\n" + "a\n" * 100_000, "单元格"),
        ('a,b\n"x"y,c\n', "引号"),
    ],
    ids=["columns", "open quote", "long cell", "wide row", "text after a quote"],
)
def test_a_file_beyond_the_limits_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (path := tmp_path / "a.csv").write_text(text, "utf-8")

    with pytest.raises(BadInput, match=message):
        read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])


def test_limits_are_configurable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path := tmp_path / "a.csv").write_text("a,b\n1,2\n3,4\n", "utf-8")
    monkeypatch.setattr(limits, "MOST_ROWS", 2)

    with pytest.raises(BadInput, match="TIDU_MOST_ROWS"):
        read_csv(path, "a.csv", ["utf-8-sig"])


def test_a_nul_in_a_text_does_not_make_it_utf16(tmp_path: Path) -> None:
    (path := tmp_path / "a.csv").write_bytes("企业名称,地址\n甲公司,杭州\0\n".encode())

    with pytest.raises(BadInput, match="空字节"):
        read_csv(path, "a.csv", ["utf-8-sig", "gb18030"])
