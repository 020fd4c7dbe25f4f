"""The ZIP archive of an XLSX file: checked against bombs, encryption and document types before it is opened."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from warehouse.errors import BadInput
from warehouse.intake.readers import limits
from warehouse.intake.readers.number_formats import CellFormat
from warehouse.intake.readers.workbook_styles import formats_of, is_1904
from warehouse.intake.readers.xml_tags import DocumentType, Texts, parse, require_no_document_type

_CHUNK_BYTES = 1 << 20
_HEADER_BYTES, _NAME_LENGTH_AT = 30, 26
_ENCRYPTED = 0x41
"""Flag bits of an encrypted part."""
_BEFORE_ROOT = 1 << 16
"""Bytes searched for a document type, which must precede the root element."""
_SMALL_PART = 20 * limits.MEGABYTE
"""Parts read as a tree: the list of sheets, their relations, the styles."""
_SMALL_PACKAGE = 50 * limits.MEGABYTE
"""Below this, unpacked, a high ratio does no harm."""


def sheet_parts(path: Path, name: str) -> dict[str, zipfile.ZipInfo]:
    """The archive part of each sheet; refuses damaged, encrypted and oversized archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            _require_open(archive.infolist(), name)
            _require_no_bomb(archive.infolist(), path, name)
            _require_no_types(archive, path, name)
            sheets = _sheets(archive)
            require_few_sheets(len(sheets), name)
            _require_short_strings(archive, path, name)
            return sheets
    except BadInput:
        raise
    except Exception as error:  # zipfile raises undocumented errors on a forged directory
        raise damaged(name) from error


def _require_open(parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise encrypted(name)


def encrypted(name: str) -> BadInput:
    """The refusal of an archive whose parts need a password."""
    return BadInput(
        f"{name}: 工作簿有密码（压缩包内容已加密）；请去掉密码后重交",
        f"{name}: the workbook has a password (its archive is encrypted); remove it and deliver it again",
    )


def require_few_sheets(count: int, name: str) -> None:
    """Refuse a file with more sheets than the limit."""
    if count > limits.MOST_SHEETS:
        raise BadInput(
            f"{name}: 有 {count:,} 张工作表，超过上限 {limits.MOST_SHEETS}；请分拆，或调整 TIDU_MOST_SHEETS",
            f"{name}: {count:,} sheets are above the limit of {limits.MOST_SHEETS}; split the workbook, or set"
            " TIDU_MOST_SHEETS",
        )


def checked_part(path: Path, part: str, name: str) -> zipfile.ZipInfo:
    """A part of an archive that is not encrypted and no bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            _require_open(archive.infolist(), name)
            _require_no_bomb(archive.infolist(), path, name)
            return archive.getinfo(part)
    except BadInput:
        raise
    except Exception as error:  # as in sheet_parts
        raise damaged(name) from error


def _require_short_strings(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Limit number and length of the shared strings, since each may be used by any number of cells."""
    for part in archive.infolist():
        if not part.filename.casefold().endswith("sharedstrings.xml"):
            continue
        count, longest = _strings(unpacked(path, part, name))
        if count > limits.MOST_CELLS:
            raise BadInput(f"{name}: 文字过多（{count:,} 条）", f"{name}: has too many texts ({count:,})")
        if longest > limits.LONGEST_CELL:  # bytes with markup: only a parser counts characters
            parse(unpacked(path, part, name), Texts("si", limits.LONGEST_CELL, too_long(name)))


def _strings(chunks: Iterator[bytes]) -> tuple[int, int]:
    """The number of shared strings, and the length of the longest in bytes with markup."""
    count = longest = rest = 0
    for chunk in chunks:
        first, *others = chunk.split(b"<si")
        rest += len(first)
        longest = max(longest, rest)
        if others:
            count, longest, rest = count + len(others), max(longest, *map(len, others)), len(others[-1])
    return count, longest


def too_long(where: str) -> BadInput:
    """The refusal of a too long cell; ``where`` names file, sheet and row as far as known."""
    most = limits.LONGEST_CELL
    return BadInput(
        f"{where}: 有单元格的文字超过 {most:,} 字；请缩短，或调整 TIDU_LONGEST_CELL",
        f"{where}: a cell's text is above the limit of {most:,} signs; shorten it, or set TIDU_LONGEST_CELL",
    )


def damaged(name: str) -> BadInput:
    """The refusal of an archive that is no complete workbook."""
    return BadInput(
        f"{name}: 工作簿不完整或已损坏，请重新导出",
        f"{name}: the workbook is cut off or damaged, please export it again",
    )


def unpacked(path: Path, part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """The uncompressed bytes of a part in chunks; refused if more than the archive's directory states."""
    size = 0
    with path.open("rb") as file:
        for chunk in _inflated(file, part, name):
            size += len(chunk)
            if size > part.file_size:
                raise _bomb(name, size, path)
            yield chunk


def _inflated(file: IO[bytes], part: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    file.seek(part.header_offset)
    header = file.read(_HEADER_BYTES)
    skip = int.from_bytes(header[_NAME_LENGTH_AT:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(skip, 1)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    left = part.compress_size
    while left and (packed := file.read(min(_CHUNK_BYTES, left))):
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            try:
                yield inflate.decompress(packed, _CHUNK_BYTES)
            except zlib.error as error:
                raise damaged(name) from error
            packed = inflate.unconsumed_tail


def _require_no_bomb(parts: list[zipfile.ZipInfo], path: Path, name: str) -> None:
    """Refuse by the sizes that the directory states; ``unpacked`` measures the real ones."""
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise damaged(name)
    if len({part.filename.casefold() for part in parts}) < len(parts):
        raise damaged(name)
    total = sum(part.file_size for part in parts)
    is_large = total > limits.LARGEST_UNPACKED_MB * limits.MEGABYTE
    ratio = total // max(1, path.stat().st_size)
    if is_large or (ratio > limits.LARGEST_RATIO and total > _SMALL_PACKAGE):
        raise _bomb(name, total, path)


def _bomb(name: str, size: int, path: Path) -> BadInput:
    ratio = size // max(1, path.stat().st_size)
    return BadInput(
        f"{name}: 展开后 {size // limits.MEGABYTE} MB，为压缩前的 {ratio} 倍，不予打开",
        f"{name}: would unpack to {size // limits.MEGABYTE} MB, {ratio} times its size; not opened",
    )


def _require_no_types(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    """Refuse document types: entity expansion and external entities need one."""
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        start = next(unpacked(path, part, name), b"")[:_BEFORE_ROOT]
        try:
            require_no_document_type(start)
        except DocumentType as error:
            raise document_type(name, part.filename) from error


def document_type(name: str, part: str) -> BadInput:
    """The refusal of a workbook with a document type."""
    return BadInput(
        f"{name}: 工作簿内有 XML 文档类型声明（{part}），不予打开；请用表格软件另存",
        f"{name}: holds an XML document type ({part}); not opened, save it from a spreadsheet",
    )


def _sheets(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The archive parts of the sheets by name, resolved through the workbook's relationships."""
    book = _root(archive, "xl/workbook.xml")
    relations = _root(archive, "xl/_rels/workbook.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets: dict[str, zipfile.ZipInfo] = {}
    known = {part.filename.casefold(): part for part in archive.infolist()}
    for sheet in book.iter():
        if re.sub(r"\{.*\}", "", sheet.tag) != "sheet":
            continue
        relation_id = next((value for key, value in sheet.attrib.items() if key.endswith("relationships}id")), "")
        part = known.get(_absolute(targets.get(relation_id, "")).casefold())
        if part is not None:
            sheets[sheet.get("name", "")] = part
    return sheets


@dataclass(frozen=True)
class NumberFormats:
    """Of a workbook: the cell styles that show more than the number, and where days begin."""

    by_style: dict[int, CellFormat]
    counts_from_1904: bool


def number_formats(path: Path, name: str) -> NumberFormats:
    """The number formats of an archive that ``sheet_parts`` has checked; without styles every number is as written."""
    try:
        with zipfile.ZipFile(path) as archive:
            relations = _root(archive, "xl/_rels/workbook.xml.rels")
            targets = [entry.get("Target", "") for entry in relations if entry.get("Type", "").endswith("/styles")]
            known = {part.filename.casefold(): part.filename for part in archive.infolist()}
            styles = known.get(_absolute(targets[0]).casefold()) if targets else None
            root = _root(archive, styles) if styles else Element("styleSheet")
            return NumberFormats(formats_of(root), is_1904(_root(archive, "xl/workbook.xml")))
    except Exception as error:  # as above; a style that is no number is a ValueError
        raise damaged(name) from error


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _root(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A small part as an element tree; ``_require_no_types`` has excluded a document type."""
    if archive.getinfo(part).file_size > _SMALL_PART:
        raise zipfile.BadZipFile(part)
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - no document type, of bounded size
