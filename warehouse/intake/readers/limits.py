"""Limits for delivered files, set by environment variables."""

from pathlib import Path

from warehouse.errors import BadInput
from warehouse.intake.readers.kinds import Words, kind_of_file
from warehouse.machine.settings import whole_number

MEGABYTE = 1024 * 1024
LARGEST_FILE_MB = whole_number("TIDU_LARGEST_FILE_MB", 150)
LARGEST_UNPACKED_MB = whole_number("TIDU_LARGEST_UNPACKED_MB", 2_000)
LARGEST_RATIO = whole_number("TIDU_LARGEST_RATIO", 200)
"""Ordinary workbooks unpack to 5–40 times their size."""
MOST_ROWS = whole_number("TIDU_MOST_ROWS", 2_000_000)
MOST_COLUMNS = whole_number("TIDU_MOST_COLUMNS", 1_000)
MOST_CELLS = whole_number("TIDU_MOST_CELLS", 60_000_000)
LONGEST_CELL = whole_number("TIDU_LONGEST_CELL", 100_000)
"""Characters in a cell; Excel allows 32,767."""
MOST_SHEETS = whole_number("TIDU_MOST_SHEETS", 100)
READER_MEMORY_MB = whole_number("TIDU_READER_MEMORY_MB", 6_144)
"""Address space of the reader process; a workbook of 1.5 million cells takes 1.5 GB."""
READER_SECONDS = whole_number("TIDU_READER_SECONDS", 120)
"""CPU seconds per file; the wall-clock limit is ``READER_PATIENCE`` times as long, for busy machines."""
READER_PATIENCE = 3

_WORKBOOKS = ("xlsx", "xls", "ods", "html", "xml")


def require_sane(path: Path, name: str, formats: list[str]) -> str:
    """The format by the first bytes; refuses irregular, empty and too large files and unexpected formats."""
    if not path.is_file():
        raise BadInput(f"{name}: 不是普通文件", f"{name}: is no ordinary file")
    size = path.stat().st_size
    if size == 0:
        raise BadInput(f"{name}: 文件为空，请重新导出", f"{name}: the file is empty, please export it again")
    if size > LARGEST_FILE_MB * MEGABYTE:
        raise BadInput(
            f"{name}: 文件 {size // MEGABYTE} MB，超过上限 {LARGEST_FILE_MB} MB；请分拆，或调整 TIDU_LARGEST_FILE_MB",
            f"{name}: {size // MEGABYTE} MB is above the limit of {LARGEST_FILE_MB} MB; "
            "split it, or set TIDU_LARGEST_FILE_MB",
        )
    return _accepted(kind_of_file(path), name, formats)


def _accepted(kind: str | Words, name: str, formats: list[str]) -> str:
    """The kind, if it is a table of a format that the feed takes; any workbook is taken where an XLSX is."""
    if isinstance(kind, str) and ("xlsx" if kind in _WORKBOOKS else kind) in formats:
        return kind
    zh, en = kind if isinstance(kind, tuple) else (kind, kind)
    way_out = (
        ("请解压后放入其中的表格", "unpack it and put its tables there")
        if en == "an archive"
        else (f"请打开后另存为 {formats[0]}", f"open it and save it as {formats[0]}")
    )
    raise BadInput(
        f"{name}: 内容是{zh}，不能作为表格读入（此类来件接受 {'、'.join(formats)}）；{way_out[0]}",
        f"{name}: the content is {en}, which is not read as a table (this feed takes {', '.join(formats)});"
        f" {way_out[1]}",
    )
