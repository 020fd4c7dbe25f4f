"""Time and peak memory of a command in a process of its own."""

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
    """Wall seconds, peak resident megabytes, standard error, and CPU seconds with all children."""

    seconds: float
    megabytes: float
    stderr: str
    cpu_seconds: float


def run(command: Sequence[str | Path], **environment: str) -> Timed:
    """Run a command; a failure ends the benchmark with its standard error."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    stderr = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3, 4):  # 3 and 4: files refused or rows quarantined
        sys.exit(stderr)
    return Timed(time.perf_counter() - began, usage.ru_maxrss / 1024, stderr, usage.ru_utime + usage.ru_stime)


def report(seconds: float) -> str:
    """The line that a measured process writes to standard error."""
    return json.dumps({"seconds": seconds})
