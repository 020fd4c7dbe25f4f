"""The log of Prefect and its server: names and figures of firms can stand in it, so only the owner may read it."""

import os
from io import TextIOWrapper
from logging import LogRecord
from logging.handlers import RotatingFileHandler

from flows.api.secret import PRIVATE


class PrivateLog(RotatingFileHandler):
    """A rotating log whose files are made with mode 0600; a record that cannot be written is dropped."""

    def handleError(self, record: LogRecord) -> None:  # noqa: N802 - the name in the library
        """Nothing: the terminal is for the message of the run, and the full disk is the run's to report."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT, PRIVATE))
        return super()._open()
