"""The process that reads files: what a file does to it, it does to nobody else.

Requests come as lines of JSON on standard input; each is answered by one line of JSON on what was standard output:
``{}`` where the tables were kept, ``zh`` and ``en`` where the file is refused, ``fault`` where reading it failed in a
way nobody foresaw, ``errno`` and ``error`` where the disk failed.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed
from warehouse.intake.readers import limits
from warehouse.intake.readers.kept import write_tables
from warehouse.intake.readers.table import read_tables

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Answer requests until the input ends; the first line says that the process is ready."""
    parent = int(sys.argv[1])
    _die_with(parent)
    _limit(resource.RLIMIT_AS, limits.READER_MEMORY_MB * limits.MEGABYTE)
    _limit(resource.RLIMIT_CORE, 0)
    with os.fdopen(os.dup(1), "w", encoding="ascii") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        pl.DataFrame({"text": ["x"]}).select(pl.col("text").str.len_chars())  # its threads start within the limits
        print(json.dumps({"ready": os.getpid()}), file=answers, flush=True)
        for line in sys.stdin.buffer:
            _limit(resource.RLIMIT_CPU, int(sum(os.times()[:2])) + limits.READER_SECONDS)
            answer = _answer(json.loads(line))
            print(json.dumps(answer), file=answers, flush=True)
            if "fault" in answer:
                return  # whatever state that left behind ends with the process


def _die_with(parent: int) -> None:
    """Linux ends this process when the one that asked for it ends, however that came."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which ends its reader
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _limit(kind: int, value: int) -> None:
    """A soft limit, within what this process is allowed anyway."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


@lru_cache(maxsize=200)
def _feed(content: str) -> Feed:
    return Feed.model_validate_json(content)


def _answer(request: dict[str, str]) -> dict[str, Any]:
    try:
        tables = read_tables(Path(request["path"]), request["name"], _feed(request["feed"]))
    except BadInput as error:
        return {"zh": error.zh, "en": error.en}
    except BaseException as error:  # panics of the reader's own language are no Exception
        return {"fault": type(error).__name__}
    try:
        write_tables(tables, Path(request["folder"]))
    except OSError as error:
        return {"errno": error.errno, "error": str(error)[:1000]}
    except BaseException as error:
        return {"fault": type(error).__name__}
    return {}


if __name__ == "__main__":
    main()
