"""``CURRENT``: the names of all releases, newest first, a line each; for people, and so that few files are opened."""

import os
import re
from pathlib import Path

POINTER = "CURRENT"
NAME = re.compile(r"[^./\\\x00-\x1f][^/\\\x00-\x1f]*\.duckdb")


def read(folder: Path) -> list[str] | None:
    """The names in the pointer; None where there is none, or it is cut short or damaged."""
    try:
        text = (folder / POINTER).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    names = text.removesuffix("\n").split("\n")
    is_complete = text.endswith("\n") and len(set(names)) == len(names) and all(map(NAME.fullmatch, names))
    return names if is_complete else None


def write(folder: Path, names: list[str]) -> None:
    """Replace the pointer by a rename, flushed to disk."""
    part = folder / f".{POINTER}.part"
    part.write_text("".join(f"{name}\n" for name in names), "utf-8")
    flush(part)
    part.replace(folder / POINTER)
    flush(folder)


def flush(path: Path) -> None:
    """Flush a file or a folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
