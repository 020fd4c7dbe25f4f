"""Vintages: the release of a month, frozen. A vintage is a home of its own with one release, and answers as one.

``vintages/<month>/`` is made aside and appears by one rename, which fails where the month is frozen already: nothing
writes over a vintage, and no run, tidying or removal of a release touches it.
"""

import hashlib
import json
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import BadInput, ReleaseUnreadable
from warehouse.home import FROZEN, Home


@dataclass(frozen=True)
class Vintage:
    """What is known of a vintage: the month, its run and day, the hash of the release file, when it was frozen."""

    month: str
    run_id: str
    day: date
    sha256: str
    frozen_at: datetime


def month_of(text: str) -> str:
    """A month written as 2026-06; raises ``BadInput`` for anything else."""
    try:
        return f"{datetime.strptime(text, '%Y-%m'):%Y-%m}"  # noqa: DTZ007 - a month has no zone
    except ValueError as error:
        raise BadInput(f"{text}: 月份请写作 2026-06", f"{text}: write a month as 2026-06") from error


def last_day_of(month: str) -> date:
    """``2026-06`` is 30 June 2026; raises ``ValueError``."""
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def file_hash(path: Path) -> str:
    """SHA-256 in hexadecimal, read in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def vintage(home: Home, month: str) -> Vintage | None:
    """The vintage of a month; None where it is not frozen."""
    try:
        content: dict[str, Any] = json.loads((home.vintages / month / FROZEN).read_text("utf-8"))
    except FileNotFoundError:
        return None
    content["day"] = date.fromisoformat(content["day"])
    content["frozen_at"] = datetime.fromisoformat(content["frozen_at"])
    return Vintage(**content)


def vintages(home: Home) -> list[Vintage]:
    """Every vintage, the newest month first."""
    months = sorted((path.parent.name for path in home.vintages.glob(f"[0-9]*/{FROZEN}")), reverse=True)
    return [frozen for month in months if (frozen := vintage(home, month)) is not None]


def home_of(home: Home, month: str) -> Home:
    """The home that a vintage is; raises ``BadInput`` with the months that are frozen."""
    month = month_of(month)
    if vintage(home, month) is None:
        frozen = "、".join(entry.month for entry in vintages(home)) or "–"
        raise BadInput(f"{month} 没有冻结；已冻结：{frozen}", f"{month} is not frozen; there are {frozen}")
    return Home(home.vintages / month)


def verify(home: Home) -> list[Vintage]:
    """Every vintage, once each file was found to be the one that was frozen; raises ``ReleaseUnreadable``."""
    frozen = vintages(home)
    for entry in frozen:
        path = home.vintages / entry.month / "releases" / f"{entry.run_id}.duckdb"
        if not path.is_file() or file_hash(path) != entry.sha256:
            raise ReleaseUnreadable(
                f"已冻结的 {entry.month} 一期与冻结时不一致（丢失或被改动），请从备份恢复该文件",
                f"the vintage of {entry.month} is not what was frozen (lost or changed); restore the file from a"
                " backup",
                place=path,
            )
    return frozen
