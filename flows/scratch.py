"""The folder of the workers of a run, in the home: Dask keeps one for each worker, and none may stay behind.

It is locked as long as the run lives, so that the next run knows and removes that of a run that was killed.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from warehouse.home import Home

PREFIX = "workers-"
LOCK = "lock"


@contextmanager
def scratch(home: Home) -> Iterator[Path]:
    """An empty folder for the length of the block; those of runs that were killed are removed."""
    _remove_abandoned(home)
    folder = home.runs / f"{PREFIX}{token_hex(4)}"
    aside = folder.with_name(f".{folder.name}")
    aside.mkdir()
    with (aside / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        aside.rename(folder)  # no other run ever sees it unlocked
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(home: Home) -> None:
    for folder in home.runs.glob(f"{PREFIX}*"):
        try:
            with (folder / LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        except FileNotFoundError:
            shutil.rmtree(folder, ignore_errors=True)
