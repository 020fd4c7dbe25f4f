"""Time and peak memory of a command in a process of its own."""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SET_CHILD_SUBREAPER = 36
"""Of Linux: processes whose parent ended become children of this one."""


@dataclass(frozen=True)
class Timed:
    """Wall seconds, peak resident megabytes, standard error, and CPU seconds with all children."""

    seconds: float
    megabytes: float
    stderr: str
    cpu_seconds: float

    @property
    def reported(self) -> dict[str, Any]:
        """What the process wrote as JSON at the begin of a line; libraries write before and after it."""
        line = next(line for line in self.stderr.splitlines() if line.startswith("{"))
        content: dict[str, Any] = json.JSONDecoder().raw_decode(line)[0]
        return content


def run(command: Sequence[str | Path], **environment: str) -> Timed:
    """Run a command; a failure ends the benchmark with its standard error."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1)
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
    seconds, usages = time.perf_counter() - began, [usage, *_usages_of_orphans()]
    cpu_seconds = sum(used.ru_utime + used.ru_stime for used in usages)
    return Timed(seconds, max(used.ru_maxrss for used in usages) / 1024, stderr, cpu_seconds)


def _usages_of_orphans() -> Iterator[resource.struct_rusage]:
    """Of processes that the command did not wait for, such as the server that workers are forked from."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def report(seconds: float) -> str:
    """The line that a measured process writes to standard error."""
    return json.dumps({"seconds": seconds})
