"""The place of a build in the order of releases: it is given with the last tables, while the build is open anyway."""

from pathlib import Path

from warehouse.database.build import Build
from warehouse.errors import NoRelease
from warehouse.home import Home
from warehouse.release.inspection import ReleaseFile, inspect
from warehouse.release.order import order


def number(build: Build, home: Home, run_id: str) -> None:
    """Store the place in the order in ``run``: how many releases there were, and which was current."""
    if build.value("select run_id from run") != run_id:
        raise NoRelease(f"{run_id}: 构建不完整，未发布", f"{run_id}: the build is not complete, it was not published")
    build.execute("alter table run add column if not exists seq bigint")
    build.execute("alter table run add column if not exists follows varchar")
    build.execute("update run set seq = $1, follows = $2", list(_next_place(home)))


def _next_place(home: Home) -> tuple[int, str | None]:
    earlier = order(home)
    before = earlier.current
    return max(before.seq or 0 if before else 0, len(earlier.names)) + 1, before.path.stem if before else None


def is_numbered(home: Home, path: Path, run_id: str) -> bool:
    """Whether the next place is in the file of a closed build, and not only in a log beside it."""
    built = inspect(path)
    return (
        isinstance(built, ReleaseFile)
        and (built.run["run_id"], built.seq, built.run.get("follows")) == (run_id, *_next_place(home))
        and not path.with_name(f"{path.name}.wal").exists()
    )
