"""CSV reader: the encoding is detected by strict decoding, row numbers are line numbers of the file."""

import csv
import io
import re
from collections import Counter
from pathlib import Path

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.delimited_fast import read_fast
from warehouse.intake.readers.encodings import utf16_of
from warehouse.intake.readers.grid import Grid, require_fits, without_blanks

_TOP_LINES = 40
_DELIMITERS = ",\t;|"
_UTF8_HAN = re.compile(rb"(?:[\xe3-\xef][\x80-\xbf]{2}){3}")
"""Three consecutive Han characters in UTF-8, hardly ever a valid accident in GB18030; then the line is decoded."""


def read_csv(path: Path, name: str, encodings: list[str]) -> Grid:
    """The sheet of a CSV file; raises ``BadInput`` on undecodable bytes or unbalanced quotes.

    Regular files are read by Polars; a quoted line break, a stray quote or a very long cell needs Python's ``csv``.
    Both give the same rows.
    """
    text, encoding = _decoded(path.read_bytes(), name, encodings)
    delimiter = _delimiter(text)
    rows = read_fast(text.encode(), delimiter, name)
    if rows is None:
        rows = _read_strict(text, delimiter, name)
    return Grid("", encoding, without_blanks(rows))


def _decoded(raw: bytes, name: str, encodings: list[str]) -> tuple[str, str]:
    for encoding in [mark] if (mark := utf16_of(raw)) else encodings:
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
    """Refuse UTF-8 lines inside a GB18030 file: they often decode as GB18030, into nonsense."""
    for match in _UTF8_HAN.finditer(raw):
        starts = raw.rfind(b"\n", 0, match.start()) + 1
        ends = raw.find(b"\n", match.start())
        try:
            raw[starts : ends if ends >= 0 else len(raw)].decode("utf-8")
        except UnicodeDecodeError:
            continue
        number = raw.count(b"\n", 0, starts) + 1
        raise BadInput(
            f"{name}: 编码不一致：第 {number} 行是 UTF-8，其余是 GB18030；请统一后重交",
            f"{name}: encodings are mixed: line {number} is UTF-8, the rest GB18030; make them one",
        )


def _delimiter(text: str) -> str:
    """The sign that divides most of the first lines into the same number of cells; a comma where several do."""
    lines = text[: _TOP_LINES * limits.MOST_COLUMNS].split("\n", _TOP_LINES)[:_TOP_LINES]
    return max(_DELIMITERS, key=lambda sign: _even_lines(lines, sign))


def _even_lines(lines: list[str], delimiter: str) -> int:
    """How many lines have the most frequent number of cells above one; quoted cells count as one."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        widths = Counter(line.count(delimiter) for line in lines if delimiter in line)
    return max(widths.values(), default=0)


def _read_strict(text: str, delimiter: str, name: str) -> pl.DataFrame:
    """Python's ``csv`` in strict mode; errors name the line."""
    csv.field_size_limit(limits.LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    numbers: list[int] = []
    rows: list[list[str]] = []
    width, starts = 0, 1
    try:
        for row in reader:
            numbers.append(starts)
            rows.append(row)
            width = max(width, len(row))
            require_fits(len(rows), width, name)
            starts = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(
            f"{name}: 第 {starts} 行起引号不成对，或单元格过长（{error}）",
            f"{name}: from line {starts} on the quotes do not pair, or a cell is too long ({error})",
        ) from error
    if width == 0:
        raise BadInput(f"{name}: 没有任何一行", f"{name}: there is not a single row")
    padded = [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
    columns = {f"c{at}": column for at, column in enumerate(zip(*padded, strict=True))}
    return pl.DataFrame({"row_no": numbers, **columns}, schema_overrides={"row_no": pl.Int64})
