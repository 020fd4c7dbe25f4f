"""Limits for delivered files, set by environment variables, and format detection by the first bytes."""

import os
from pathlib import Path

from warehouse.errors import BadInput

MEGABYTE = 1024 * 1024
LARGEST_FILE_MB = int(os.environ.get("TIDU_LARGEST_FILE_MB", "150"))
LARGEST_UNPACKED_MB = int(os.environ.get("TIDU_LARGEST_UNPACKED_MB", "2000"))
LARGEST_RATIO = int(os.environ.get("TIDU_LARGEST_RATIO", "200"))
"""Ordinary workbooks unpack to 5–40 times their size."""
MOST_ROWS = int(os.environ.get("TIDU_MOST_ROWS", "2000000"))
MOST_COLUMNS = int(os.environ.get("TIDU_MOST_COLUMNS", "1000"))
MOST_CELLS = int(os.environ.get("TIDU_MOST_CELLS", "60000000"))
LONGEST_CELL = int(os.environ.get("TIDU_LONGEST_CELL", "100000"))
"""Characters in a cell; Excel allows 32,767."""
MOST_SHEETS = int(os.environ.get("TIDU_MOST_SHEETS", "100"))
READER_MEMORY_MB = int(os.environ.get("TIDU_READER_MEMORY_MB", "6144"))
"""Address space of the reader process; a workbook of 1.5 million cells takes 1.5 GB."""
READER_SECONDS = int(os.environ.get("TIDU_READER_SECONDS", "120"))
"""CPU seconds per file; the wall-clock limit is ``READER_PATIENCE`` times as long, for busy machines."""
READER_PATIENCE = 3

_XLSX, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"mime-version")


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
    stated = path_suffix(name)
    detected = _format_of(path, name, stated)
    if stated not in _NAMES[detected] or detected not in formats:
        raise BadInput(
            f"{name}: 内容是 {detected}，扩展名是 {stated}；此类来件接受 {'、'.join(formats)}",
            f"{name}: the content is {detected}, the name says {stated}; this feed takes {', '.join(formats)}",
        )
    return detected


_NAMES = {"csv": ("csv", "tsv", "txt"), "xlsx": ("xlsx",), "json": ("json", "jsonl", "ndjson")}
"""File extensions of each format."""


def path_suffix(name: str) -> str:
    """The extension of a file name, in lower case without the dot."""
    return Path(name).suffix.lower().lstrip(".")


def _format_of(path: Path, name: str, stated: str) -> str:
    with path.open("rb") as file:
        start = file.read(256)
    if start.startswith(_XLSX):
        _require_no_macros(name, stated)
        return "xlsx"
    if start.startswith(_XLS):
        raise BadInput(
            f"{name}: 是旧版 xls 或加密的工作簿；请去掉密码，另存为 xlsx",
            f"{name}: an old xls or an encrypted workbook; remove the password and save it as xlsx",
        )
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_MARKUP):
        raise BadInput(
            f"{name}: 内容其实是网页（HTML 或 XML），不是 {stated}；请用表格软件打开后另存为 xlsx",
            f"{name}: the content is a web page (HTML or XML), no {stated}; open it in a spreadsheet, save it as xlsx",
        )
    is_object = text.startswith(b"{") or text[1:].lstrip().startswith((b"{", b"]"))
    return "json" if text.startswith((b"[", b"{")) and (is_object or stated in _NAMES["json"]) else "csv"


def _require_no_macros(name: str, stated: str) -> None:
    if stated in ("xlsm", "xlsb", "xltm", "ods"):
        raise BadInput(
            f"{name}: 不接受 {stated}（可含宏）；请另存为 xlsx",
            f"{name}: {stated} is not taken, it may hold macros; save it as xlsx",
        )
