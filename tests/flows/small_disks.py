"""A small disk of its own, in memory, for a copy of a folder."""

import mmap
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from waits import run
from whole_job import run_steps

from warehouse.buckets import bucket
from warehouse.errors import DiskFailed
from warehouse.home import Home


@contextmanager
def copy_on_small_disk(folder: Path, disk: Path, left: int) -> Iterator[Path]:
    """A copy of ``folder`` on a disk mounted at ``disk`` with so many bytes left; skips where none can be mounted."""
    sizes = [path.stat().st_size for path in folder.rglob("*")]  # blocks are counted late
    used = sum(-(-size // mmap.PAGESIZE) * mmap.PAGESIZE for size in sizes)
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={used + left}", "tmpfs", str(disk)]
    mounted = run(mount)
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield Path(shutil.copytree(folder, disk / folder.name))
    finally:
        run(["umount", "--lazy", disk], check=True)  # a process that is ending may have a file open


def assert_buckets_that_fill_their_disk_stop_the_run(home: Home, inbox: Path, disk: Path) -> None:
    """The files of the buckets on a disk with a megabyte left, all else where there is room."""
    (nothing := disk.with_name("nothing")).mkdir()
    with copy_on_small_disk(nothing, disk, 1_000_000) as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(bucket, "folder_of", lambda _: folder)
        with pytest.raises(DiskFailed, match=rf"{folder}.*(.|\n)*make room and run again"):
            run_steps(home.root, inbox, buckets=2)
        assert not folder.exists()
