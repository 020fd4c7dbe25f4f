"""How connections are configured: memory before a database spills to disk, threads, no extension from the network."""

from typing import Any

from warehouse.machine.refusals import MEMORY_SETTING
from warehouse.machine.settings import whole_number

MEMORY_MB = whole_number(MEMORY_SETTING, 900)
MEMORY_LIMIT = f"{MEMORY_MB}MB"
"""Memory of a connection before it spills to disk, so that memory stays flat."""
HALF = f"{MEMORY_MB // 2}MB"
THREADS = whole_number("TIDU_DATABASE_THREADS", 1)
"""Of a build: two take a twentieth more CPU time for a tenth less time, since Python and one thread do most."""

IN_MEMORY: dict[str, Any] = {"memory_limit": MEMORY_LIMIT, "autoinstall_known_extensions": False}
OF_A_BUILD: dict[str, Any] = {
    "autoload_known_extensions": False,
    "preserve_insertion_order": False,
    "threads": THREADS,
    "default_block_size": "65536",
}
"""What a build has beyond ``IN_MEMORY``.

A column takes a block at least: in blocks of 256 kB, the default of DuckDB, the release of a small zone is four times
as large and takes a fifteenth more CPU time; a large one is the same in both.
"""
