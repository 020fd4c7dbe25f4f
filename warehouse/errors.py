"""Exceptions of the warehouse.

WarehouseError
├── BadInput             a file cannot be used; names file, sheet, row, column, value and the way out
├── DefinitionError      a feed definition, SQL model or column entry is invalid
├── CheckStoppedRelease  a critical check failed: nothing was published
│   └── DamagedOriginal  an original in landing is missing or differs from its hash
├── ReleaseHeld          more firms changed than the publish gate allows: the release waits for a decision
├── ReaderFailed         the reader process does not start
├── StepFailed           a step failed unexpectedly, and would without any delivery
├── DiskFailed           the disk is full, or a file could not be written or read
├── LimitReached         memory, or the number of open files, reached its limit
├── HomeFailed           a folder of the home cannot be made, read or written
├── ReleaseUnreadable    a release file is damaged, or was made by another version
├── CasebookFailed       the statements of people cannot be read, and no run may ignore them
├── Busy                 another run is writing
└── NoRelease            nothing has been published yet
    └── NoUsableRelease  releases are there, and none can be read
"""

from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_MESSAGE = 2000
"""Characters of a message per language; quoted content of files may be of any length."""


def _bounded(text: str) -> str:
    """The text, shortened in the middle where too long, with lone surrogates escaped."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= LONGEST_MESSAGE:
        return text
    begin, end = LONGEST_MESSAGE * 2 // 3, LONGEST_MESSAGE // 3
    return f"{text[:begin]} … {text[-end:]}"


class WarehouseError(Exception):
    """Root of the tree, written for the person who must act: ``zh`` and ``en`` are the message in each language.

    ``place`` is the file or database it is about, with which a message begins; ``detail`` is what a library or the
    system reported, in its own words. A single text stands for both languages.
    """

    def __init__(self, zh: str, en: str = "", detail: str = "", *, place: object = "") -> None:
        super().__init__(zh, en, detail)
        self.place, self.detail = str(place), detail
        self._reasons = {"zh": _bounded(zh), "en": _bounded(en or zh)}
        begin, because = f"{place}: " if self.place else "", f"\n({detail})" if detail else ""
        self.zh = _bounded(begin + zh) + because
        self.en = _bounded(begin + (en or zh)) + because
        self._both = "\n".join(_bounded(begin + text) for text in (zh, en) if text) + because

    def reason(self, lang: str) -> str:
        """Why, and the way out, in one language: without the place and the words of a library, for the log."""
        return self._reasons[lang]

    def __str__(self) -> str:
        return self._both


class BadInput(WarehouseError):
    """A delivered file cannot be used.

    The message is for who delivers it; ``operator`` has, by language, what an operator may write into a definition.
    """

    operator: tuple[str, str] | None = None

    def for_operator(self, zh: str, en: str) -> "BadInput":
        """The same with what an operator may do."""
        self.operator = (zh, en)
        return self


class DefinitionError(WarehouseError):
    """A definition of the warehouse itself is invalid."""


class CheckStoppedRelease(WarehouseError):
    """A critical check failed, so nothing was published."""


class DamagedOriginal(CheckStoppedRelease):
    """An original in landing is missing or differs from its hash."""


class ReleaseHeld(WarehouseError):
    """A complete release is held by the publish gate until a person accepts or refuses it."""


class ReaderFailed(WarehouseError):
    """The reader process does not start, so no file can be read and nothing may be published."""


class StepFailed(WarehouseError):
    """A step failed unexpectedly, and would without any delivery; names the step and why, in words or a library's."""

    def __init__(self, zh: str, en: str, reason: str, reason_en: str = "") -> None:
        super().__init__(
            f"“{zh}”一步出错，不是某一份来件所致，未发布任何内容：{reason}",
            f"The step “{en}” failed, and no delivery is to blame; nothing was published: {reason_en or reason}",
        )
        self.args = (zh, en, reason, reason_en)  # what the class is called with, so that it can be pickled


@contextmanager
def noting(place: str) -> Iterator[None]:
    """Add the table or check as a note to an error; the innermost place is the first note."""
    try:
        yield
    except BaseException as error:
        error.add_note(place)
        raise


class DiskFailed(WarehouseError):
    """The disk is full, or a file could not be written or read."""


class LimitReached(WarehouseError):
    """Memory, or the number of open files, reached its limit."""


class HomeFailed(WarehouseError):
    """A folder of the home cannot be made, read or written."""

    @classmethod
    def unwritable(cls, folder: object, detail: object = "") -> "HomeFailed":
        """The error for a folder, with the way out."""
        because = f" ({detail})" if detail else ""
        return cls(
            f"不能用作数据目录的一部分{because}；请确认它是文件夹、可写，并移开占用此名的文件，或用 --home 另指目录",
            "cannot serve as a folder of the home; make it a folder that may be written, move away a file that has its"
            " name, or choose another home with --home",
            place=folder,
        )

    @classmethod
    def frozen(cls, folder: object) -> "HomeFailed":
        """The error for a run or a decision in a vintage."""
        return cls(
            "已冻结的一期只供查询，不再写入；请用 --home 指明现行数据目录",
            "a vintage answers questions and is never written; name the home in use with --home",
            place=folder,
        )

    @classmethod
    def unreadable_file(cls, path: object, detail: object) -> "HomeFailed":
        """The error for a file that cannot be read or written, with the way out."""
        return cls(
            f"不能读写 ({detail})；请给予本用户读写权限，或以其所有者运行",
            f"cannot be read and written ({detail}); let this user read and write it, or run as its owner",
            place=path,
        )


class ReleaseUnreadable(WarehouseError):
    """A release file is damaged, or lacks tables or columns of this version."""


class CasebookFailed(WarehouseError):
    """The casebook is locked or damaged."""


class Busy(WarehouseError):
    """Another run holds the writer's lock."""


class NoRelease(WarehouseError):
    """Nothing has been published yet."""


class NoUsableRelease(NoRelease):
    """There are releases, and none can be read: the problems of their files, with the way out, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"没有可用的一期：\n{zh}", f"there is no release that can be used:\n{en}")
        self._reasons = {
            "zh": "各期文件都读不到；请系统管理员从备份恢复，或运行 tidu run 另发一期",
            "en": "no release can be read; your administrator should restore it from a backup, or publish another by"
            " tidu run",
        }
