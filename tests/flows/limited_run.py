"""Runs the steps in a process of its own that may write no file larger than so many bytes, as on a full disk.

python limited_run.py ROOT INBOX BYTES
"""

import resource
import sys
from pathlib import Path

from whole_job import run_steps

from flows.cli import exit_code

if __name__ == "__main__":
    root, inbox, size = sys.argv[1:4]
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))
    try:
        run_steps(Path(root), Path(inbox))
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.exit(exit_code(error))
