"""Everything that can go wrong with the warehouse.

WarehouseError
├── BadInput             a file cannot be used; says file, sheet, row, column, value and the way out
├── DefinitionError      a feed definition, SQL model or column entry does not say what it must
├── CheckStoppedRelease  a critical check failed: nothing was published
│   └── DamagedOriginal  an original in landing is not what was delivered
├── ReaderFailed         the process that reads files does not start
├── StepFailed           a step failed unforeseen and no delivery is to blame
├── DiskFailed           the disk is full, or a file could not be written or read
├── HomeFailed           a folder of the home cannot be made, read or written
├── ReleaseUnreadable    a release file is damaged, or was made by another version
├── CasebookFailed       what people stated cannot be read, so no run may go on without it
├── Busy                 another run is writing
└── NoRelease            nothing has been published yet
"""

from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_MESSAGE = 2000
"""Signs of a message about a file, in each language: what it quotes comes from the file and may be of any length."""


def _bounded(text: str) -> str:
    """The text without its middle where it is too long, and with escapes for what is no text."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= LONGEST_MESSAGE:
        return text
    begin, end = LONGEST_MESSAGE * 2 // 3, LONGEST_MESSAGE // 3
    return f"{text[:begin]} … {text[-end:]}"


class WarehouseError(Exception):
    """Root of the tree; every message is written for the person who must act on it."""


class BadInput(WarehouseError):
    """A delivered file cannot be used as it is; ``zh`` and ``en`` say the same in two languages."""

    def __init__(self, zh: str, en: str = "") -> None:
        zh, en = _bounded(zh), _bounded(en)
        super().__init__(f"{zh}\n{en}" if en else zh)
        self.zh = zh
        self.en = en or zh


class DefinitionError(WarehouseError):
    """One of the warehouse's own definitions is wrong."""


class CheckStoppedRelease(WarehouseError):
    """A critical check failed, so nothing was published."""


class DamagedOriginal(CheckStoppedRelease):
    """An original in landing is missing or no longer fits its hash."""


class ReaderFailed(WarehouseError):
    """The process that reads files does not start: no file can be read, so nothing may be published."""


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


class HomeFailed(WarehouseError):
    """A folder of the home cannot be made, read or written."""

    @classmethod
    def unwritable(cls, folder: object, detail: object = "") -> "HomeFailed":
        """With the folder and the way out."""
        because = f" ({detail})" if detail else ""
        return cls(
            f"{folder}: 不能用作数据目录的一部分{because}；请确认它是文件夹、可写，"
            "并移开占用此名的文件，或用 --home 另指目录\n"
            f"{folder}: cannot serve as a folder of the home; make it a folder that may be written, move away a"
            " file that has its name, or choose another home with --home"
        )


class ReleaseUnreadable(WarehouseError):
    """A release file is damaged, or lacks what this version asks for."""


class CasebookFailed(WarehouseError):
    """The casebook is locked or damaged."""


class Busy(WarehouseError):
    """Another run holds the writer's lock."""


class NoRelease(WarehouseError):
    """Nothing has been published yet."""
