"""One writer at a time: an advisory lock that the system itself releases when a process dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.errors import Busy
from warehouse.home import Home


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Hold the writer's lock of a home; raises ``Busy`` with the process that holds it."""
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            who = file.read().strip() or "?"
            raise Busy(
                f"另一次运行正在写入（进程 {who}），请稍后再试\nanother run is at work (process {who}), try again later"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
