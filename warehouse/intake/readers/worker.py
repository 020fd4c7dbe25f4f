"""What the reader process does.

Requests are lines of JSON on standard input; each is answered by a line of JSON on the original standard output:
``{}`` if the tables were written, ``zh`` and ``en`` if the file is refused, ``fault`` for an unexpected exception,
``errno`` and ``error`` if the disk failed.
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
from warehouse.intake.personal import masked_text
from warehouse.intake.readers import limits
from warehouse.intake.readers.table import read_tables
from warehouse.intake.readers.table_files import write_tables

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve requests until the input ends; the first line reports that the process is ready."""
    parent = int(sys.argv[1])
    _die_with(parent)
    _limit(resource.RLIMIT_AS, limits.READER_MEMORY_MB * limits.MEGABYTE)
    _limit(resource.RLIMIT_CORE, 0)
    with os.fdopen(os.dup(1), "w", encoding="ascii") as responses:
        os.dup2(2, 1)  # keeps output of libraries out of the responses
        pl.DataFrame({"text": ["x"]}).select(
            pl.col("text").str.len_chars()
        )  # starts the threads of Polars within the limits
        print(json.dumps({"ready": os.getpid()}), file=responses, flush=True)
        for line in sys.stdin.buffer:
            _limit(resource.RLIMIT_CPU, int(sum(os.times()[:2])) + limits.READER_SECONDS)
            response = _response(json.loads(line))
            print(json.dumps(response), file=responses, flush=True)
            if "fault" in response:
                return  # the state of the process is unknown


def _die_with(parent: int) -> None:
    """Let Linux kill this process when its parent ends, in whatever way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the run, which ends its reader
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _limit(kind: int, value: int) -> None:
    """Set a soft limit, at most the hard limit."""
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


@lru_cache(maxsize=200)
def _feed(content: str) -> Feed:
    return Feed.model_validate_json(content)


def _response(request: dict[str, str]) -> dict[str, Any]:
    try:
        tables = read_tables(Path(request["path"]), request["name"], _feed(request["feed"]))
    except BadInput as error:
        operator = [masked_text(text) for text in error.operator or ()]
        return {"zh": masked_text(error.zh), "en": masked_text(error.en), "operator": operator}
    except BaseException as error:  # Rust panics are no Exception
        return {"fault": type(error).__name__}
    try:
        write_tables(tables, Path(request["folder"]))
    except OSError as error:
        return {"errno": error.errno, "error": str(error)[:1000]}
    except BaseException as error:
        return {"fault": type(error).__name__}
    return {}
