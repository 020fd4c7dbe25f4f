"""What became different of firms between the release that the user last marked as seen and the present one."""

from collections.abc import Sequence
from typing import Any

from warehouse.errors import ReleaseUnreadable
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.desk.desk import Kind, ZoneSnapshot, open_desk
from warehouse.release.releases import Reader
from warehouse.rows import Row

_POSITIONS = (
    "select firm_id, name, acting, held_zh, held_en, met_zh, met_en, next_zh, next_en from desk_movers__firms"
    " where $1::varchar[] is null or list_contains($1::varchar[], firm_id)"
)
_SIGNALS = (
    "select firm_id, signal, designation, signal_zh, signal_en, designation_zh, designation_en"
    " from desk_movers__signals where $1::varchar[] is null or list_contains($1::varchar[], firm_id)"
)
PARTS = ("held", "met")


def since(
    home: Home, run_id: str, release: Reader, reach: tuple[Kind, Sequence[str]], firms: Sequence[str] | None
) -> list[Row] | None:
    """Firms that hold or meet something else than in an earlier run, or give a signal that is new.

    Each has ``was`` and ``is`` of what changed, and its new signals. None where the earlier release is gone.
    """
    path = releases.path_of(home, run_id)
    if not path.is_file():
        return None
    try:
        snapshot = ZoneSnapshot.connect(path)
        with open_desk(snapshot, *reach) as desk:
            before = _state(desk, firms)
        snapshot.close()
    except ReleaseUnreadable:
        return None
    return _different(before, _state(release, firms))


def _state(reader: Reader, firms: Sequence[str] | None) -> tuple[dict[str, Row], dict[str, dict[tuple[Any, ...], Row]]]:
    positions = {row["firm_id"]: row for row in reader.rows(_POSITIONS, [firms])}
    signals: dict[str, dict[tuple[Any, ...], Row]] = {}
    for row in reader.rows(_SIGNALS, [firms]):
        signals.setdefault(row["firm_id"], {})[(row["signal"], row["designation"])] = row
    return positions, signals


def _different(
    before: tuple[dict[str, Row], dict[str, dict[tuple[Any, ...], Row]]],
    now: tuple[dict[str, Row], dict[str, dict[tuple[Any, ...], Row]]],
) -> list[Row]:
    rows = []
    for firm_id, firm in sorted(now[0].items()):
        earlier = before[0].get(firm_id)
        moved = [] if earlier is None else [part for part in PARTS if earlier[f"{part}_zh"] != firm[f"{part}_zh"]]
        known = before[1].get(firm_id, {})
        fresh = [row for key, row in now[1].get(firm_id, {}).items() if key not in known]
        if earlier is None or moved or fresh:
            rows.append({**firm, "is_new": earlier is None, "moved": moved, "was": earlier, "signals": fresh})
    return sorted(rows, key=lambda row: (not row["moved"], not row["is_new"], row["firm_id"]))
