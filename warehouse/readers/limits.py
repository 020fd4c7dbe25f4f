"""How large a delivered file may be: settings with sane defaults, from the environment."""

import os
import zipfile
from pathlib import Path

from warehouse.errors import BadInput

MEGABYTE = 1024 * 1024
LARGEST_FILE_MB = int(os.environ.get("TIDU_LARGEST_FILE_MB", "150"))
LARGEST_UNPACKED_MB = int(os.environ.get("TIDU_LARGEST_UNPACKED_MB", "2000"))
LARGEST_RATIO = int(os.environ.get("TIDU_LARGEST_RATIO", "200"))
"""Ordinary workbooks unpack to five to forty times their size."""

_XLSX, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def require_sane(path: Path, name: str, formats: list[str]) -> str:
    """The format of a file by its first bytes; refuses what is empty, too large, disguised or a bomb."""
    size = path.stat().st_size
    if size == 0:
        raise BadInput(f"{name}: 文件为空，请重新导出", f"{name}: the file is empty, please export it again")
    if size > LARGEST_FILE_MB * MEGABYTE:
        raise BadInput(
            f"{name}: 文件 {size // MEGABYTE} MB，超过上限 {LARGEST_FILE_MB} MB；请分拆，或调整 TIDU_LARGEST_FILE_MB",
            f"{name}: {size // MEGABYTE} MB is above the limit of {LARGEST_FILE_MB} MB; "
            "split it, or set TIDU_LARGEST_FILE_MB",
        )
    found = _format_of(path, name)
    stated = path_suffix(name)
    if stated != found or found not in formats:
        raise BadInput(
            f"{name}: 内容是 {found}，扩展名是 {stated}；此类来件接受 {'、'.join(formats)}",
            f"{name}: the content is {found}, the name says {stated}; this feed takes {', '.join(formats)}",
        )
    if found == "xlsx":
        _require_no_bomb(path, name)
    return found


def path_suffix(name: str) -> str:
    """What a file's name says its format is, in small letters without the dot."""
    return Path(name).suffix.lower().lstrip(".")


def _format_of(path: Path, name: str) -> str:
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_XLSX):
        return "xlsx"
    if start.startswith(_XLS):
        raise BadInput(
            f"{name}: 是旧版 xls 或加密的工作簿；请去掉密码，另存为 xlsx",
            f"{name}: an old xls or an encrypted workbook; remove the password and save it as xlsx",
        )
    return "csv"


def _require_no_bomb(path: Path, name: str) -> None:
    """The directory of the archive says how large its parts become; nothing is unpacked to find out."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise BadInput(
            f"{name}: 工作簿不完整或已损坏，请重新导出",
            f"{name}: the workbook is cut off or damaged, please export it again",
        ) from error
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked // max(1, path.stat().st_size)
    is_large = unpacked > LARGEST_UNPACKED_MB * MEGABYTE
    if is_large or (ratio > LARGEST_RATIO and unpacked > 50 * MEGABYTE):
        raise BadInput(
            f"{name}: 展开后 {unpacked // MEGABYTE} MB，为压缩前的 {ratio} 倍，不予打开",
            f"{name}: would unpack to {unpacked // MEGABYTE} MB, {ratio} times its size; not opened",
        )
