"""The encoding of a text file: by its mark, by what it declares, else the first that decodes all of it."""

import re

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SEARCHED = 4096
"""Bytes in which a page or an XML file declares its encoding."""
_CHINESE = ("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "936", "ansi")
"""Names of parts of GB18030; programs write characters beyond the part that they declare."""


def utf16_of(raw: bytes) -> str | None:
    """The encoding of a text in UTF-16, which has a mark or NUL bytes; None for other texts.

    Without a mark the order of the bytes is the only one that gives lines with signs between their cells, or tags.
    """
    if _MARKS.get(raw[:2]) == "utf-16":
        return "utf-16"
    if b"\0" not in raw[:_SEARCHED]:
        return None
    likely = [encoding for encoding in ("utf-16-le", "utf-16-be") if _is_text(raw[:_SEARCHED], encoding)]
    return likely[0] if len(likely) == 1 else None


def _is_text(start: bytes, encoding: str) -> bool:
    """Whether the start of a file is a table or markup in an encoding."""
    try:
        text = start[: len(start) // 2 * 2].decode(encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and ("\n" in text or ">" in text) and any(sign in text for sign in "\t,;|<")


def decoded_markup(raw: bytes) -> tuple[str, str] | None:
    """The text of a page or an XML file and its encoding; None where no encoding decodes all of it."""
    for encoding in dict.fromkeys(_candidates(raw)):
        try:
            return raw.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def _candidates(raw: bytes) -> list[str]:
    if mark := next((encoding for mark, encoding in _MARKS.items() if raw.startswith(mark)), utf16_of(raw)):
        return [mark]
    declared = _DECLARED.search(raw[:_SEARCHED])
    name = declared[1].decode().lower() if declared else "utf-8"
    first = "gb18030" if name in _CHINESE else name
    known = [first] if first in ("utf-8", "gb18030", "big5") else []
    return [*known, "utf-8", "gb18030"]
