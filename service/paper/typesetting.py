"""Sets a template with data as a PDF: the same bytes for the same data and moment, no network, no font of the machine.

Texts reach Typst as JSON and are shown as text, whatever markup they hold. PDF/UA-1 makes a sign that no font has an
error; such a sign is set as ``MISSING``, so that a rare name costs a sign and not the sheet.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, cast

import justmytype_intl_cjk  # type: ignore[import-untyped]
import typst

from warehouse.errors import WarehouseError

FOLDER = Path(__file__).parent
FONTS = tuple(f"fonts/ofl/{family}" for family in ("notosanssc", "notosansjp", "notosanskr"))
"""Of the package ``justmytype-intl-cjk``; the other two have Han signs that the Chinese one lacks."""
MISSING = "〓"
"""What printers set for a sign they have no type for."""
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
"""How Typst's errors write combining signs."""
_UNSET = ("Cc", "Cf", "Cs", "Co", "Cn")
"""Categories of signs that cannot be set: controls, marks of direction, private and unassigned ones."""
MOST_MISSING = 50
Made = TypeVar("Made")


class PaperFailed(WarehouseError):
    """A template that cannot be set, with the message of Typst."""


@cache
def _compiler(template: str) -> typst.Compiler:
    fonts = files(justmytype_intl_cjk)
    folders = [str(fonts / folder) for folder in FONTS]
    return typst.Compiler(
        str(FOLDER / template), root=str(FOLDER), font_paths=folders, ignore_system_fonts=True,
        package_path="/dev/null", package_cache_path="/dev/null",
    )  # fmt: skip


def pdf(template: str, content: Mapping[str, Any], published_at: datetime) -> bytes:
    """The PDF (UA-1) of a template of this folder; raises ``PaperFailed`` for a warning too."""
    compiler = _compiler(template)

    def set_(inputs: dict[str, str]) -> bytes:
        made, warnings = compiler.compile_with_warnings(
            format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=int(published_at.timestamp())
        )
        if warnings:
            raise PaperFailed(f"{template}: {warnings[0].message}")
        return cast(bytes, made)  # a PDF is one piece

    return _with_known_signs(template, content, set_)


def pages(template: str, content: Mapping[str, Any]) -> int:
    """How many pages the content would take."""
    compiler = _compiler(template)

    def count(inputs: dict[str, str]) -> int:
        made = compiler.compile(format="svg", sys_inputs=inputs)
        return len(made) if isinstance(made, list) else 1

    return _with_known_signs(template, content, count)


def _with_known_signs(template: str, content: Mapping[str, Any], make: Callable[[dict[str, str]], Made]) -> Made:
    """Set it, and again without each sign that no font has."""
    text = json.dumps(_settable(content), ensure_ascii=False)
    for _ in range(MOST_MISSING):
        try:
            return make({"data": text})
        except typst.TypstError as error:
            missing = _missing_signs(str(error)) & set(text)
            if not missing:
                raise PaperFailed(f"{template}: {error}") from error
            text = text.translate(dict.fromkeys(map(ord, missing), MISSING))
    raise PaperFailed(f"{template}: more than {MOST_MISSING} signs are in no font")


def _settable(content: Any) -> Any:
    """The content with every text as text that can be set."""
    if isinstance(content, Mapping):
        return {name: _settable(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [_settable(value) for value in content]
    if content is None or isinstance(content, bool | int | float):
        return content
    return "".join(MISSING if unicodedata.category(sign) in _UNSET else sign for sign in str(content))


def _missing_signs(error: str) -> set[str]:
    """The signs that an error names, none where it is about something else; every font has those of ASCII."""
    unshown = _UNSHOWN.search(error)
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), unshown[1]) if unshown else ""
    return {sign for sign in text if not sign.isascii()}
