"""``tidu`` as a process; ``python -m flows`` is the same."""

import atexit
import os
import sys

from flows import cli
from flows.commands.options import Process
from warehouse.machine.process import configure


def main() -> None:
    """Run one command; its process then ends without the collection of garbage that Python makes at its exit.

    That collection takes two CPU seconds after a run and frees what the system frees anyway. Threads are joined and
    exit functions run before.
    """
    configure()
    Process.ends_with_command = True
    exit_codes: list[int] = []
    atexit.register(_end_at_once, exit_codes)  # the first registered runs last
    try:
        cli.main()
        exit_codes.append(0)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            exit_codes.append(end.code or 0)
        raise


def _end_at_once(exit_codes: list[int]) -> None:
    """What ends in another way, or cannot be written out, is left to the interpreter."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    if exit_codes:
        os._exit(exit_codes[0])


if __name__ == "__main__":
    main()
