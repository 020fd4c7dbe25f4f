"""CSV: the encoding is found by strict decoding, the row numbers are those of the file's lines."""

import csv
import io
from pathlib import Path

import polars as pl

from warehouse.errors import BadInput
from warehouse.readers.grid import Grid, without_blanks

_MANY_HIGH_BYTES = 9
"""So many bytes above 127 that happen to be valid UTF-8 are not GB18030 by accident."""


def read_csv(path: Path, name: str, encodings: list[str]) -> Grid:
    """The one sheet of a CSV file; raises ``BadInput`` where bytes or quotes make no sense."""
    text, encoding = _decoded(path.read_bytes(), name, encodings)
    return Grid("", encoding, _rows(text, name))


def _decoded(raw: bytes, name: str, encodings: list[str]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _require_one_encoding(raw, name)
        if "\0" in text:
            raise BadInput(f"{name}: 含有空字节，不是文本文件", f"{name}: holds NUL bytes, it is not a text")
        return text, encoding
    raise BadInput(
        f"{name}: 编码不一致，既不是完整的 UTF-8 也不是完整的 GB18030；请另存为 UTF-8",
        f"{name}: encodings are mixed: neither UTF-8 nor GB18030 throughout; save it as UTF-8",
    )


def _require_one_encoding(raw: bytes, name: str) -> None:
    """A line of UTF-8 inside a GB18030 file often decodes, into nonsense; it is found by being valid UTF-8."""
    for number, line in enumerate(raw.split(b"\n"), 1):
        if sum(byte > 127 for byte in line) < _MANY_HIGH_BYTES:
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        raise BadInput(
            f"{name}: 编码不一致：第 {number} 行是 UTF-8，其余是 GB18030；请统一后重交",
            f"{name}: encodings are mixed: line {number} is UTF-8, the rest GB18030; make them one",
        )


def _rows(text: str, name: str) -> pl.DataFrame:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbers: list[int] = []
    rows: list[list[str]] = []
    starts = 1
    try:
        for row in reader:
            numbers.append(starts)
            rows.append(row)
            starts = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{name}: 第 {starts} 行起引号不成对（{error}）",
            f"{name}: from line {starts} on the quotes do not pair ({error})",
        ) from error
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        raise BadInput(f"{name}: 没有任何一行", f"{name}: there is not a single row")
    padded = [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
    columns = {f"c{i}": column for i, column in enumerate(zip(*padded, strict=True))}
    frame = pl.DataFrame({"row_no": numbers, **columns}, schema_overrides={"row_no": pl.Int64})
    return without_blanks(frame)
