"""Freezing: the release of a month becomes a vintage."""

import json
import os
import shutil
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.errors import BadInput
from warehouse.home import FROZEN, Home
from warehouse.release import pointer, releases
from warehouse.release.run_files import remove
from warehouse.release.vintages import Vintage, file_hash, last_day_of, month_of, vintage

READ_ONLY = 0o400


def freeze(home: Home, month: str, today: date, now: datetime) -> tuple[Vintage, bool]:
    """The vintage of a month, and whether it was made now; the caller has the writer's lock.

    It is the newest release whose evaluation day lies in the month. Raises ``BadInput`` for a month that is not over,
    and for one without a release.
    """
    month = month_of(month)
    if (standing := vintage(home, month)) is not None:
        return standing, False
    if today <= last_day_of(month):
        raise BadInput(
            f"{month} 尚未结束，{last_day_of(month)} 之后才能冻结",
            f"{month} is not over, freeze it after {last_day_of(month)}",
        )
    release = _release_of(home, month)
    path = releases.path_of(home, release.run_id)
    for left in home.vintages.glob(f".{month}.part"):
        remove(left)
    part = home.vintages / f".{month}.part"
    (part / "releases").mkdir(parents=True)
    kept = part / "releases" / path.name
    _link(path, kept)
    made = Vintage(month, release.run_id, release.day, file_hash(kept), now.astimezone(UTC))
    pointer.write(part / "releases", [path.name])
    (part / FROZEN).write_text(json.dumps(asdict(made), default=str, indent=1) + "\n", "utf-8")
    for written in (kept, part / FROZEN):
        written.chmod(READ_ONLY)
        pointer.flush(written)
    pointer.flush(part)
    part.rename(home.vintages / month)
    pointer.flush(home.vintages)
    return made, True


def _release_of(home: Home, month: str) -> releases.Release:
    known = releases.releases(home)
    release = next((release for release in known if f"{release.day:%Y-%m}" == month), None)
    if release is None:
        months = "、".join(sorted({f"{release.day:%Y-%m}" for release in known})) or "–"
        raise BadInput(
            f"{month} 没有已发布的一期可冻结；有发布的月份：{months}",
            f"there is no release of a day in {month} to freeze; there are releases of {months}",
        )
    return release


def _link(source: Path, target: Path) -> None:
    """A second name of the file, which takes no room; a copy on a file system without links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
