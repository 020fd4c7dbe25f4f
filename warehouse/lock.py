"""The writer's lock: an advisory ``flock``, released by the system when the process ends; the file holds its id."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.errors import Busy
from warehouse.home import Home


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Acquire the writer's lock of a home; raises ``Busy`` with the id of the process that has it."""
    with home.lock.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "?"
            raise Busy(
                f"另一次运行正在写入（进程 {holder}），请稍后再试\n"
                f"another run is at work (process {holder}), try again later"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
