"""What a file is, by its first bytes and the parts of its archive; its name decides nothing."""

import zipfile
from pathlib import Path

_ARCHIVE, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<style", b"<body", b"mime-version")
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
"""Reserved bytes of a bitmap, which tell it from a text that begins with BM."""
_PARTS = {
    "xl/workbook.bin": ("xlsb 工作簿", "an xlsb workbook"),
    "word/document.xml": ("Word 文档", "a Word document"),
    "ppt/presentation.xml": ("演示文稿", "a presentation"),
    "content.xml": ("ODS 等 OpenDocument 文档", "an OpenDocument file"),
    "OFD.xml": ("OFD 文档", "an OFD document"),
    "Index/Document.iwa": ("Numbers 表格", "a Numbers document"),
}

Words = tuple[str, str]
"""Chinese and English."""

PAGE: Words = ("网页（HTML 或 XML）", "a web page (HTML or XML)")


def kind_of_file(path: Path) -> str | Words:
    """``xlsx``, ``xls``, ``json`` or ``csv``; what else it is, in both languages, where it is no table that is read."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(_ARCHIVE):
        return _kind_of_archive(path)
    if start.startswith(_COMPOUND):
        return "xls"
    for signature, words in _SIGNATURES.items():
        if start.startswith(signature) and (signature != b"BM" or start[_BITMAP_ZEROS] == _ZEROS):
            return words
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return PAGE if text.startswith(_MARKUP) else _kind_of_text(text, path)


def _kind_of_text(text: bytes, path: Path) -> str:
    is_object = text.startswith(b"{") or text[1:].lstrip().startswith((b"{", b"]"))
    is_named = path.suffix.lower() in _JSON_NAMES
    return "json" if text.startswith((b"[", b"{")) and (is_object or is_named) else "csv"


def _kind_of_archive(path: Path) -> str | Words:
    """A damaged archive counts as a workbook, whose reader says so."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except Exception:  # zipfile raises undocumented errors on a forged directory
        return "xlsx"
    other = next((words for part, words in _PARTS.items() if part in names), None)
    if other is None and any(name.startswith("xl/") for name in names):
        return "xlsx"
    return other or ("压缩包", "an archive")
