"""Log lines of bounded length: what a request contains can neither fill a log nor forge a line of it."""

import logging
import re

MAX_LINE = 500
SECRETS = re.compile(r"(/calendar/)[^\s\"'?]+")
"""Parts of addresses that let in everybody who has them: a log names the route and not the secret."""
MAX_LINES = 80
"""Of one record; a traceback of a callback has about 40."""


class BoundedFormatter(logging.Formatter):
    """Cuts lines and records, and writes control characters of a message as escapes."""

    def format(self, record: logging.LogRecord) -> str:
        """The record; a line break in its message is no new line, one in its traceback is."""
        message = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in record.getMessage())
        copy = logging.makeLogRecord({**vars(record), "msg": message, "args": None})
        lines = super().format(copy).splitlines()
        if len(lines) > MAX_LINES:
            lines = [*lines[: MAX_LINES // 2], "…", *lines[-MAX_LINES // 2 :]]
        lines = [SECRETS.sub(r"\1…", line) for line in lines]
        return "\n".join(line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in lines)


def bound_log_lines(logger: logging.Logger) -> None:
    """Let a logger write its records to standard error through ``BoundedFormatter``, and nowhere else."""
    handler = logging.StreamHandler()
    handler.setFormatter(BoundedFormatter("[%(asctime)s] %(levelname)s %(name)s: %(message)s"))
    logger.handlers = [handler]
    logger.propagate = False
