"""JSON reader: an array of objects or JSON lines; keys become headings, every value a text."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.grid import Grid, require_fits, without_blanks

_BETWEEN = " \t\r\n,"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(path: Path, name: str) -> Grid:
    """The records of a file; the header has row number 0, records count from 1.

    Numbers keep their digits as written, a list is joined with ``；``, null and "" are empty.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: JSON 须为 UTF-8 编码", f"{name}: JSON must be in UTF-8") from error
    count, columns = _columns(text, name)
    if not columns:
        raise BadInput(f"{name}: 没有任何一条记录", f"{name}: there is not a single record")
    frame = pl.DataFrame(
        {
            "row_no": range(count + 1),
            **{f"c{at}": [key, *values] for at, (key, values) in enumerate(columns.items())},
        },
        schema_overrides={"row_no": pl.Int64},
    )
    return Grid("", "utf-8-sig", without_blanks(frame))


def _columns(text: str, name: str) -> tuple[int, dict[str, list[str | None]]]:
    """The number of records, and the values of each key, null where a record lacks it."""
    columns: dict[str, list[str | None]] = {}
    count = 0
    for count, record in enumerate(_records(text, name), 1):
        for key, value in record.items():
            if key not in columns:
                _as_text(key, count, name)
                require_fits(count, len(columns) + 1, name)
                columns[key] = [None] * (count - 1)
            columns[key].append(_as_text(value, count, name))
        for values in columns.values():
            if len(values) < count:
                values.append(None)
        if count % 10_000 == 0:
            require_fits(count, len(columns), name)
    require_fits(count, len(columns), name)
    return count, columns


def _records(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The objects in order; errors name the number of the record."""
    decoder = json.JSONDecoder(object_pairs_hook=_unique_keys, parse_float=str, parse_int=str, parse_constant=str)
    at, end = 0, len(text)
    is_array = text.lstrip().startswith("[")
    if is_array:
        closed = len(text.rstrip()) - 1
        at, end = text.index("[") + 1, closed if text[closed] == "]" else -1
    number = 0
    while (at := _skip(text, at)) < (end if end >= 0 else len(text)):
        number += 1
        try:
            record, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise _unreadable(name, number, str(error)) from error
        if not isinstance(record, dict):
            raise _unreadable(name, number, "不是对象 is no object")
        yield record
    if is_array and end < 0:
        raise _unreadable(
            name, number + 1, "数组没有结束，文件可能被截断 the array does not end; the file may be cut off"
        )


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError("同一个键出现两次 a key is given twice")
    return record


def _as_text(value: Any, number: int, name: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = value
    elif isinstance(value, list):
        text = "；".join(str(item) for item in value if item is not None)
    elif isinstance(value, bool | dict):
        text = json.dumps(value, ensure_ascii=False)
    else:
        text = str(value)
    if len(text) > limits.LONGEST_CELL:
        raise _unreadable(name, number, "值过长 a value is too long")
    if _LONE_SURROGATE.search(text):
        raise _unreadable(name, number, "含有不成对的代理字符 holds a lone surrogate")
    return text


def _unreadable(name: str, number: int, why: str) -> BadInput:
    return BadInput(
        f"{name}: 第 {number} 条记录不能按 JSON 读出（{why}）；请重新导出",
        f"{name}: record {number} cannot be read as JSON ({why}); please export it again",
    )
