"""The log of Prefect and its server: names and figures of firms can stand in it, so only the owner may read it."""

import os
from logging.handlers import RotatingFileHandler
from typing import TextIO

from flows.api.secret import PRIVATE


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, PRIVATE)


class PrivateLog(RotatingFileHandler):
    """A rotating log whose files are made with mode 0600."""

    def _open(self) -> TextIO:
        return open(self.baseFilename, self.mode, encoding="utf-8", opener=_private)  # type: ignore[return-value]  # noqa: PTH123,SIM115
