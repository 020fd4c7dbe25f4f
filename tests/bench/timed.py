"""One piece of work in a process of its own: its seconds, and the most memory it held."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timed:
    """Wall seconds, peak resident megabytes, what was written to standard error, and CPU seconds with all children."""

    seconds: float
    megabytes: float
    said: str
    cpu_seconds: float


def run(command: Sequence[str | Path], **environment: str) -> Timed:
    """Run a command to its end; a failure ends the benchmark with what the command said."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3, 4):  # refused or waiting files are an answer
        sys.exit(said)
    return Timed(time.perf_counter() - began, usage.ru_maxrss / 1024, said, usage.ru_utime + usage.ru_stime)


def report(seconds: float) -> str:
    """What a measured process hands back on standard error."""
    return json.dumps({"seconds": seconds})
