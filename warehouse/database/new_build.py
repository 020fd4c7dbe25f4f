"""What a new build begins with: nothing, and from the second of a process on a copy of what every one has.

To create our macros takes 60 CPU milliseconds, the reference tables (``recipe.open_new``) 70, to read both from a file
six.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import WarehouseError

SECOND = 2
"""The build before which the template is made: most processes make one only."""

Opened = Callable[[Path], AbstractContextManager[object]]


@dataclass
class Template:
    """How many builds this process began, and the file that the next one is a copy of; empty before the second."""

    builds: int = 0
    content: bytes = b""

    def begin(self, path: Path, opened: Opened) -> None:
        """Lay the content where there is no file; ``opened`` is a build, with the macros where it is new.

        What the disk refuses is left to the caller that opens the build.
        """
        with suppress(OSError, WarehouseError):
            if path.exists():
                return
            self.builds += 1
            if self.builds == SECOND:
                self.content = _macros(_aside(path), opened)
            if self.content:
                _lay(path, self.content)


TEMPLATE = Template()


def _aside(path: Path) -> Path:
    """Beside the build, where what an interrupted run leaves is tidied up."""
    return path.with_suffix(".macros")


def _macros(aside: Path, opened: Opened) -> bytes:
    try:
        with opened(aside):
            pass
        return aside.read_bytes()
    finally:
        aside.unlink(missing_ok=True)


def _lay(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    aside = _aside(path)
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
