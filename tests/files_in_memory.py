"""Files of tests lie in memory where it has room: waiting for a disk is a quarter of the time of the suite.

Nothing is lost of what is tested: a killed process leaves in memory what it would leave on a disk.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own below it
ROOM = 8 << 30
"""Bytes that must be free."""


def lay_files_in_memory() -> None:
    """Before pytest and its workers choose their folders; ``TMPDIR`` overrides."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None
