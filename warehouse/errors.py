"""Everything that can go wrong with the warehouse.

WarehouseError
├── BadInput             a file cannot be used; says file, sheet, row, column, value and the way out
├── DefinitionError      a feed definition, SQL model or column entry does not say what it must
├── CheckStoppedRelease  a critical check failed: nothing was published
│   └── DamagedOriginal  an original in landing is not what was delivered
├── StepFailed           a step failed unforeseen and no delivery is to blame
├── DiskFailed           the disk is full, or a file could not be written or read
├── CasebookFailed       what people stated cannot be read, so no run may go on without it
├── Busy                 another run is writing
└── NoRelease            nothing has been published yet
"""

from collections.abc import Iterator
from contextlib import contextmanager


class WarehouseError(Exception):
    """Root of the tree; every message is written for the person who must act on it."""


class BadInput(WarehouseError):
    """A delivered file cannot be used as it is; ``zh`` and ``en`` say the same in two languages."""

    def __init__(self, zh: str, en: str = "") -> None:
        super().__init__(f"{zh}\n{en}" if en else zh)
        self.zh = zh
        self.en = en or zh


class DefinitionError(WarehouseError):
    """One of the warehouse's own definitions is wrong."""


class CheckStoppedRelease(WarehouseError):
    """A critical check failed, so nothing was published."""


class DamagedOriginal(CheckStoppedRelease):
    """An original in landing is missing or no longer fits its hash."""


class StepFailed(WarehouseError):
    """A step failed unforeseen, and it would without any delivery; names the step and the error."""

    def __init__(self, zh: str, en: str, reason: str) -> None:
        super().__init__(
            f"“{zh}”一步出错，不是某一份来件所致，未发布任何内容，上一期仍然有效：{reason}\n"
            f"The step “{en}” failed, and no delivery is to blame; nothing was published and the last release stands:"
            f" {reason}"
        )


@contextmanager
def noting(place: str) -> Iterator[None]:
    """Note on an error the table or check at which it was raised; the innermost is the first note."""
    try:
        yield
    except BaseException as error:
        error.add_note(place)
        raise


class DiskFailed(WarehouseError):
    """The disk is full, or a file could not be written or read."""


class CasebookFailed(WarehouseError):
    """The casebook is locked or damaged."""


class Busy(WarehouseError):
    """Another run holds the writer's lock."""


class NoRelease(WarehouseError):
    """Nothing has been published yet."""
