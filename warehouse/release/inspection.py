"""Inspects a release file: opened read-only, identified by its content and not by its name alone."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.database.build import Snapshot

MODELS = Path(__file__).parent.parent / "models"
LAYERS = ("core", "facts", "marts")
Version = tuple[int, int, int, int, int]

OTHER_TABLES = {"accounts", "deliveries", "event", "quarantine", "run", "statement"}
"""Tables that no model makes and that readers query."""


@dataclass(frozen=True)
class ReleaseFile:
    """A release file that can be read: its row of ``run``, and the tables of this version that it lacks."""

    path: Path
    run: dict[str, Any]
    missing: frozenset[str]

    @property
    def seq(self) -> int | None:
        """Its place in the order of publication, from 1; None where it was published before this was noted."""
        number = self.run.get("seq")
        return None if number is None else int(number)

    @property
    def age(self) -> tuple[int, int, int, str, str]:
        """A key that sorts releases by the order of publication.

        Releases without ``seq`` come first, by the newest delivery and statement they read, since those numbers only
        grow; the clock decides only between two that read the same.
        """
        published_at = self.run.get("published_at")
        return (
            self.seq or 0,
            self.run.get("newest_delivery") or 0,
            self.run.get("newest_statement") or 0,
            published_at.isoformat() if isinstance(published_at, datetime) else "",
            self.path.name,
        )


@dataclass(frozen=True)
class Problem:
    """Why a file of the releases folder cannot be used, in two languages; ``detail`` is DuckDB's own message."""

    name: str
    zh: str
    en: str
    detail: str = ""


def inspect(path: Path) -> ReleaseFile | Problem:
    """A ``Problem`` in place of an error where the file is missing, damaged or no release."""
    if not path.exists():
        return Problem(path.name, "文件不见了", "the file is gone")
    if not path.is_file():
        return Problem(path.name, "不是文件", "this is no file")
    try:
        return _release(path, _version(path))
    except (duckdb.Error, OSError) as error:
        return Problem(
            path.name,
            "无法读取（不完整、已损坏、无权限，或由另一版本的 DuckDB 写成）",
            "cannot be read (cut short, damaged, without permission, or written by another version of DuckDB)",
            str(error).partition("\n")[0],
        )


def _version(path: Path) -> Version:
    """What changes whenever the file is written, replaced or may be read by others than before."""
    status = path.stat()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@lru_cache(maxsize=256)
def _release(path: Path, _: Version) -> ReleaseFile | Problem:
    """Read once for each version of a file: a run asks five times, and opening a file costs more than its query."""
    with closing(Snapshot.connect(path)) as snapshot:
        run = next(iter(snapshot.rows("from run")), {})
        tables = set(snapshot.column("select table_name from information_schema.tables"))
    if run.get("run_id") != path.stem:
        return Problem(path.name, "里面不是这一期", "the file holds another run than its name says")
    return ReleaseFile(path, run, frozenset(_tables_of_readers() - tables))


def _tables_of_readers() -> set[str]:
    """The tables that pages and commands of this version query."""
    return {path.stem for layer in LAYERS for path in (MODELS / layer).glob("*.sql")} | OTHER_TABLES
