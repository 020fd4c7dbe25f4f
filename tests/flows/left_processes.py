"""Processes that outlive the run that started them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from waits import until


def left_behind(folder: Path) -> list[str]:
    """The processes whose HOME is a folder, once those that are ending have ended."""
    with suppress(AssertionError):
        until(lambda: not list(_with_home(folder)), "the end of the processes of a run")
    return list(_with_home(folder))


def _with_home(folder: Path) -> Iterator[str]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={folder}".encode() in (process / "environ").read_bytes().split(b"\0"):
                yield (process / "cmdline").read_text()
        except OSError:
            continue
