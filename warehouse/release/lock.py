"""The writer's lock: an advisory ``flock``, released by the system when the process ends; the file holds its id."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TextIO

from warehouse.errors import Busy, HomeFailed
from warehouse.home import Home
from warehouse.machine.refusals import refused

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())
"""The locks of this thread and of the calls it is within; another thread of the process has none of them."""


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Acquire the writer's lock of a home; raises ``Busy`` with the id of the process that has it.

    Raises ``HomeFailed`` for a vintage.

    Within itself, as where a command that holds it calls the flow, it is acquired already.
    """
    if home.is_frozen:
        raise HomeFailed.frozen(home.root)
    path = home.lock.resolve()
    if path in _held.get():
        yield
        return
    with _opened(path) as file:
        _lock(file)
        before = _held.set(_held.get() | {path})
        try:
            yield
        finally:
            _held.reset(before)


def _opened(path: Path) -> TextIO:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise refused(path, error) from error


def _lock(file: TextIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip() or "?"
        raise Busy(
            f"另一次运行正在写入（进程 {holder}），请稍后再试",
            f"another run is at work (process {holder}), try again later",
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
