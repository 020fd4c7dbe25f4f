"""The marts of a zone as Parquet files beside those of other zones, written after a release and named by a pointer.

What reads above the zones reads the paths that the pointers name, never a folder: a file that is being written, or one
of an earlier run, is none of them.
"""

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.database.build import Snapshot
from warehouse.errors import WarehouseError
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.pointer import flush
from warehouse.zones.registry import Zone

MARTS: dict[str, str] = {
    "mart_zone__ladder": "from mart_zone__ladder",
    "mart_zone__transitions": "from mart_zone__transitions",
    "mart_zone__cohorts": "from mart_zone__cohorts",
    "mart_movers__totals": "from mart_movers__totals",
    "mart_run__late_feeds": "from mart_run__late_feeds",
    "firm_index": "select firm_id, name, titles, held, met, change, from_held, from_met from mart_movers__firms"
    " order by firm_id",
    "firm_titles": "select firm_id, designation, zh, en, event, granted_on, valid_from, valid_to from mart_firm__titles"
    " order by firm_id",
    "firm_changes": "select firm_id, change_kind, change, changed_on, reported_on, completed_on from mart_firm__changes"
    " order by firm_id",
}
"""Each table with the SELECT over the release of its zone. Those of firms follow them from zone to zone, sorted by
credit code, so that few row groups are read of a single firm."""
FOLDER = "marts"
KEPT_RUNS = 2
"""Files of so many runs stay: readers may be at those of the run before."""


ENDS_WITH = b"PAR1"
"""The last bytes of a whole Parquet file."""


class MartsDamaged(WarehouseError):
    """The pointer of a zone or a file of its marts is missing or cut short."""


@dataclass(frozen=True)
class Pointer:
    """The run of a zone whose marts are current, with the days that it compares."""

    zone: str
    run_id: str
    previous_day: date
    day: date


def export(home: Home, zone: Zone, release: Path) -> Pointer:
    """Write the marts of a release and then the pointer to them; the same release again changes nothing."""
    with Snapshot.open(release) as snapshot:
        ((run_id, previous_day, day),) = snapshot.tuples("select run_id, previous_day, day from mart_run__summary")
        pointer = Pointer(zone.code, run_id, previous_day, day)
        if _exported(home, zone.code) == pointer:
            return pointer
        for table, sql in MARTS.items():
            _write(path_of(home, table, pointer), snapshot.frame(sql))
    _write_pointer(home, pointer)
    _remove_older(home, zone.code)
    return pointer


def _exported(home: Home, code: str) -> Pointer | None:
    """What is exported whole; None also where it is damaged, and is then written anew."""
    try:
        return current(home, code)
    except MartsDamaged:
        return None


def newest_exported(home: Home, zone: Zone, zone_home: Home) -> Pointer | None:
    """Export the newest release of a zone, as after a run that was killed before it could; None where there is none."""
    release = releases.newest(zone_home)
    return None if release is None else export(home, zone, release)


def path_of(home: Home, table: str, pointer: Pointer) -> Path:
    """The file of a table for the run of a pointer."""
    return home.root / FOLDER / _place_of(table, pointer)


def _place_of(table: str, pointer: Pointer) -> str:
    return f"{table}/zone={pointer.zone}/{pointer.run_id}.parquet"


def current(home: Home, code: str) -> Pointer | None:
    """The pointer of a zone; None before its first release. Raises ``MartsDamaged`` where it or a file is not whole."""
    path = _pointer_path(home, code)
    try:
        content = json.loads(path.read_text("utf-8"))
        days = {name: date.fromisoformat(content[name]) for name in ("previous_day", "day")}
        pointer = Pointer(code, content["run_id"], **days)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise _damaged(path, code) from error
    for table in MARTS:
        if not _is_whole(f"{home.root}/{FOLDER}/{_place_of(table, pointer)}"):
            raise _damaged(path_of(home, table, pointer), code)
    return pointer


def _is_whole(path: str) -> bool:
    """Whether a Parquet file is there to its last byte; a question asks it of every mart of every zone."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return os.pread(file, len(ENDS_WITH), os.fstat(file).st_size - len(ENDS_WITH)) == ENDS_WITH
    except OSError:  # also of fewer bytes, and of a folder
        return False
    finally:
        os.close(file)


def _damaged(path: Path, code: str) -> MartsDamaged:
    return MartsDamaged(
        f"{path}: 缺失或不完整；请再运行 tidu run --zones {code}，将由该区现行一期重新写出",
        f"{path}: missing or cut short; tidu run --zones {code} writes it anew from the zone's current release",
    )


def _pointer_path(home: Home, code: str) -> Path:
    return home.root / FOLDER / f"{code}.json"


ROWS_TOGETHER = 4096
"""Rows of a row group, so that a firm is looked up without reading its zone: groups have bounds of credit codes."""


def _write(path: Path, frame: pl.DataFrame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    frame.write_parquet(part, row_group_size=ROWS_TOGETHER)
    flush(part)
    part.replace(path)
    flush(path.parent)


def _write_pointer(home: Home, pointer: Pointer) -> None:
    path = _pointer_path(home, pointer.zone)
    content = {"run_id": pointer.run_id, "previous_day": str(pointer.previous_day), "day": str(pointer.day)}
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(content) + "\n", "utf-8")
    flush(part)
    part.replace(path)
    flush(path.parent)


def _remove_older(home: Home, code: str) -> None:
    for table in MARTS:
        for path in sorted((home.root / FOLDER / table / f"zone={code}").glob("*.parquet"))[:-KEPT_RUNS]:
            path.unlink()
