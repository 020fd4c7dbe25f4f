"""Removal of a single release, by a person; no run removes any."""

import json
from datetime import UTC, datetime
from pathlib import Path

from warehouse.database.build import Snapshot
from warehouse.errors import BadInput, ReleaseUnreadable
from warehouse.home import Home
from warehouse.release import pointer
from warehouse.release.disclosure.records import RECORDS
from warehouse.release.inspection import ReleaseFile, inspect
from warehouse.release.order import order
from warehouse.release.vintages import vintages

REMOVED = "REMOVED.jsonl"
"""Who removed which release and why, a line each; below ``releases/``."""


def remove(home: Home, run_id: str, *, by: str, why: str, now: datetime) -> Path:
    """Remove the release of a run, or an unreadable file of its name; the caller has the writer's lock.

    Raises ``BadInput`` for the current release, one that totals of another rest on, and an unknown one.
    """
    if not (by.strip() and why.strip()):
        raise BadInput("请写明由谁、为何移除（--by、--why）", "say who removes it and why (--by, --why)")
    releases = order(home)
    path = home.releases / f"{run_id}.duckdb"
    if path.name not in releases.names or not path.is_file():
        raise BadInput(f"没有第 {run_id} 期，见 tidu releases", f"there is no run {run_id}, see tidu releases")
    if releases.current is not None and path == releases.current.path:
        raise BadInput(
            f"第 {run_id} 期是现行一期，不能移除", f"run {run_id} is the current release and cannot be removed"
        )
    if citing := _citing(home, releases.names, run_id):
        listed = "、".join(citing)
        raise BadInput(
            f"第 {run_id} 期不能移除：{listed} 沿用它公布的汇总",
            f"run {run_id} cannot be removed: totals of {listed} rest on it",
        )
    if frozen := [entry.month for entry in vintages(home) if entry.run_id == run_id]:
        raise BadInput(
            f"第 {run_id} 期已冻结为 {'、'.join(frozen)}，不能移除",
            f"run {run_id} is frozen as {', '.join(frozen)} and cannot be removed",
        )
    log(home, run_id, by=by.strip(), why=why.strip(), at=now)
    path.unlink()
    pointer.write(home.releases, [name for name in releases.names if name != path.name])
    return path


def log(home: Home, run_id: str, *, by: str, why: str, at: datetime) -> None:
    """Add a line to the log of removals."""
    entry = {"run_id": run_id, "by": by, "why": why, "at": at.astimezone(UTC).isoformat()}
    with (home.releases / REMOVED).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(entry, ensure_ascii=False) + "\n")


def is_logged(home: Home, run_id: str) -> bool:
    """Whether the removal of a run is in the log."""
    path = home.releases / REMOVED
    return path.exists() and any(json.loads(line)["run_id"] == run_id for line in path.read_text("utf-8").splitlines())


def _citing(home: Home, names: tuple[str, ...], run_id: str) -> list[str]:
    """The other runs whose totals of some period are those that this run published."""
    others = (inspect(home.releases / name) for name in names if name != f"{run_id}.duckdb")
    return [
        release.path.stem
        for release in others
        if isinstance(release, ReleaseFile) and run_id in _rests_on(release.path)
    ]


def _rests_on(path: Path) -> set[str]:
    """The runs that totals of a release rest on; none where it lacks the table."""
    try:
        with Snapshot.open(path) as snapshot:
            tables = filter(snapshot.has_table, RECORDS)
            return {run for table in tables for run in snapshot.column(f"select distinct run_id from {table}")}  # noqa: S608
    except ReleaseUnreadable:
        return set()
