"""One reader process for all runs of a test process: starting one takes 0.3 CPU seconds, a tenth of a small run."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from types import TracebackType

import pytest
from waits import ended

from warehouse.intake.readers import process
from warehouse.intake.readers.process import Reader

Settings = frozenset[tuple[str, str]]


def _settings() -> Settings:
    """What the limits of a reader process depend on."""
    return frozenset((name, value) for name, value in os.environ.items() if name.startswith("TIDU_"))


@contextmanager
def kept_reader() -> Iterator[None]:
    """Readers take the process over that an earlier one left, where its settings are theirs and nothing went wrong.

    ``__wrapped__`` of both functions is the product's own.
    """
    start, leave = process._start, Reader.__exit__
    kept: dict[Settings, subprocess.Popen[bytes]] = {}

    @wraps(start)
    def take_over() -> "subprocess.Popen[bytes]":
        left = kept.pop(_settings(), None)
        return left if left is not None and left.poll() is None else start()

    @wraps(leave)
    def keep(
        reader: Reader, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error is None and reader._process is not None and _settings() not in kept:
            kept[_settings()], reader._process = reader._process, None
        leave(reader, kind, error, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process, "_start", take_over)
        patch.setattr(Reader, "__exit__", keep)
        yield
    for left in kept.values():
        left.kill()
        ended(left)
