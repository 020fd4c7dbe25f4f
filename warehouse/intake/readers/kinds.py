"""What a file is, by its first bytes and the parts of its archive; its name decides nothing."""

import re
import zipfile
from pathlib import Path

from warehouse.intake.readers.encodings import utf16_of

_ARCHIVE, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKUP = re.compile(r"<(?:!--|!doctype|\?xml|[a-z][a-z0-9:]*[\s>/])|mime-version:|content-type:")
_WEB_ARCHIVE = re.compile(r"mime-version:|content-type:")
_XML_BOOK = re.compile(r"<(?:\w+:)?workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(r"<(?:!doctype\s+)?html\b|<(?:table|head|meta|style|body|div|center|tr|h\d|p|font)\b")
_START = 4096
"""Bytes in which a file shows what it is."""
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_JSON_NAMES = (".json", ".jsonl", ".ndjson")
_SIGNATURES = {
    b"%PDF": ("PDF 文档", "a PDF document"),
    b"\x89PNG": ("图片", "a picture"),
    b"\xff\xd8\xff": ("图片", "a picture"),
    b"GIF8": ("图片", "a picture"),
    b"BM": ("图片", "a picture"),
    b"II*\x00": ("图片", "a picture"),
    b"Rar!": ("压缩包", "an archive"),
    b"7z\xbc\xaf": ("压缩包", "an archive"),
    b"\x1f\x8b": ("压缩包", "an archive"),
    b"{\\rtf": ("RTF 文档", "an RTF document"),
}
_BITMAP_ZEROS, _ZEROS = slice(6, 10), bytes(4)
"""Reserved bytes of a bitmap, which distinguish it from a text that begins with BM."""
_PARTS = {
    "xl/workbook.bin": ("xlsb 工作簿", "an xlsb workbook"),
    "word/document.xml": ("Word 文档", "a Word document"),
    "ppt/presentation.xml": ("演示文稿", "a presentation"),
    "content.xml": ("OpenDocument 文档而非 ODS 表格", "an OpenDocument file that is no ODS table"),
    "OFD.xml": ("OFD 文档", "an OFD document"),
    "Index/Document.iwa": ("Numbers 表格", "a Numbers document"),
}

Words = tuple[str, str]
"""Chinese and English."""

PAGE: Words = ("网页（单文件网页或 XML）", "a web page (a web archive or XML)")


def kind_of_file(path: Path) -> str | Words:
    """``xlsx``, ``xls``, ``ods``, ``html``, ``xml`` (of Excel 2003), ``json`` or ``csv``.

    What else it is, in both languages, where it is no table that is read.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    if start.startswith(_ARCHIVE):
        return _kind_of_archive(path)
    if start.startswith(_COMPOUND):
        return "xls"
    for signature, words in _SIGNATURES.items():
        if start.startswith(signature) and (signature != b"BM" or start[_BITMAP_ZEROS] == _ZEROS):
            return words
    encoding = utf16_of(start) or "latin-1"
    text = start.decode(encoding, "ignore").removeprefix("\ufeff").removeprefix("ï»¿").lstrip().lower()
    return _kind_of_markup(text) if _MARKUP.match(text) else _kind_of_text(text, path)


def _kind_of_markup(text: str) -> str | Words:
    if _XML_BOOK.search(text):
        return "xml"
    return "html" if _HTML.search(text) and not _WEB_ARCHIVE.match(text) else PAGE


def _kind_of_text(text: str, path: Path) -> str:
    is_object = text.startswith("{") or text[1:].lstrip().startswith(("{", "]"))
    is_named = path.suffix.lower() in _JSON_NAMES
    return "json" if text.startswith(("[", "{")) and (is_object or is_named) else "csv"


def _kind_of_archive(path: Path) -> str | Words:
    """A damaged archive counts as a workbook, whose reader refuses it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if {"content.xml", "mimetype"} <= names and archive.read("mimetype").startswith(_ODS):
                return "ods"
    except Exception:  # zipfile raises undocumented errors on a forged directory
        return "xlsx"
    other = next((words for part, words in _PARTS.items() if part in names), None)
    if other is None and any(name.startswith("xl/") for name in names):
        return "xlsx"
    return other or ("压缩包", "an archive")
