"""Runs the steps in a process of its own and kills it, as a power cut might, at the moment it is told.

python killed_run.py ROOT INBOX MODULE FUNCTION before|after [NTH CALL]
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from whole_job import run_steps


def killing(function: Callable[..., Any], moment: str, nth: int) -> Callable[..., Any]:
    """The function, but the process dies before or after its nth call."""
    calls = count(1)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        is_last = next(calls) == nth
        result = None if is_last and moment == "before" else function(*args, **kwargs)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


if __name__ == "__main__":
    root, inbox, module, name, moment = sys.argv[1:6]
    nth = int(sys.argv[6]) if len(sys.argv) > 6 else 1
    owner = importlib.import_module(module)
    setattr(owner, name, killing(getattr(owner, name), moment, nth))
    run_steps(Path(root), Path(inbox))
