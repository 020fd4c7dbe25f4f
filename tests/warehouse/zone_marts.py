"""Marts of zones as a run would write them, for what reads above the zones."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.home import Home
from warehouse.zones import marts
from warehouse.zones.marts import Pointer
from warehouse.zones.registry import FILE

BEFORE, DAY = date(2025, 6, 30), date(2026, 6, 30)
STATES = ("none", "tech_sme", "gone")
Counts = dict[str, int]

MARTS: dict[str, dict[str, Any]] = {
    "mart_zone__ladder": {
        "designation": pl.String, "zh": pl.String, "en": pl.String, "rank": pl.Int32, "held_count": pl.Int64,
        "met_count": pl.Int64, "judgement_count": pl.Int64, "unknown_count": pl.Int64, "not_met_count": pl.Int64,
    },
    "mart_zone__transitions": {
        "previous_day": pl.Date, "day": pl.Date, "from_state": pl.String, "from_seq": pl.UInt32, "from_zh": pl.String,
        "from_en": pl.String, "to_state": pl.String, "to_seq": pl.UInt32, "to_zh": pl.String, "to_en": pl.String,
        "firms": pl.Int64,
    },
    "mart_zone__cohorts": {
        "level": pl.String, "first_designation": pl.String, "first_zh": pl.String, "first_en": pl.String,
        "cohort_year": pl.Int32, "designation": pl.String, "zh": pl.String, "en": pl.String, "rank": pl.Int32,
        "years": pl.Int32, "firms": pl.Int64, "reached": pl.Int64,
    },
    "mart_movers__totals": {
        "total": pl.String, "kind": pl.String, "seq": pl.Int64, "zh": pl.String, "en": pl.String, "firms": pl.Int64,
    },
    "mart_run__late_feeds": {"feed": pl.String},
    "firm_index": {
        "firm_id": pl.String, "name": pl.String, "titles": pl.List(pl.String), "held": pl.String, "met": pl.String,
        "change": pl.String, "from_held": pl.String, "from_met": pl.String,
    },
    "firm_titles": {
        "firm_id": pl.String, "designation": pl.String, "zh": pl.String, "en": pl.String, "event": pl.String,
        "granted_on": pl.Date, "valid_from": pl.Date, "valid_to": pl.Date,
    },
    "firm_changes": {
        "firm_id": pl.String, "change_kind": pl.String, "change": pl.String, "changed_on": pl.Date,
        "reported_on": pl.Date, "completed_on": pl.Date,
    },
}  # fmt: skip
"""Every table with the types of its columns."""


class Zones:
    """An installation whose zones have published: ``add`` writes the marts of a zone and their pointer."""

    def __init__(self, folder: Path) -> None:
        self.home, self._lines = Home(folder), ["zones:\n"]

    def add(self, code: str, peers: str = "mature", *, shares: bool = False, days: tuple[date, date] = (BEFORE, DAY),
            held: int = 10, moved: Counts | None = None, firms: dict[str, str] | None = None,
            titles: dict[str, date] | None = None) -> Pointer:  # fmt: skip
        """``moved``: firms by ``from→to``; ``firms``: kind of change by credit code; ``titles``: granted, by code."""
        self._lines.append(
            f"  - {{code: {code}, zh: {code}区, en: zone {code}, place: CN, inbox: in, peers: {peers}, owner: 甲,"
            f" shares_firms: {str(shares).lower()}}}\n"
        )
        (self.home.root / FILE).write_text("".join(self._lines), "utf-8")
        pointer = Pointer(code, f"run-{code}", *days)
        changes = firms or {}
        rows = {
            "mart_zone__ladder": [("tech_sme", "科技型中小企业", "technology-based SME", 1, held, held, 0, 0, 0)],
            "mart_zone__transitions": _cells(days, moved or {}),
            "mart_movers__totals": [
                ("change", kind, seq, kind, kind, list(changes.values()).count(kind))
                for seq, kind in enumerate(("new", "gone", "same"))
            ],
            "firm_index": [(code, f"{code}公司", [], None, None, kind, None, None) for code, kind in changes.items()],
            "firm_titles": [
                (code, "hnte", "高新技术企业", "HNTE", "granted", on, on, None) for code, on in (titles or {}).items()
            ],
        }
        for table, schema in MARTS.items():
            frame = pl.DataFrame(rows.get(table, []), schema=schema, orient="row")
            marts._write(marts.path_of(self.home, table, pointer), frame)
        marts._write_pointer(self.home, pointer)
        return pointer


def _cells(days: tuple[date, date], moved: Counts) -> list[tuple[Any, ...]]:
    return [
        (*days, start, i, start, start, end, j, end, end, moved.get(f"{start}→{end}", 0))
        for i, start in enumerate(STATES[:-1])
        for j, end in enumerate(STATES)
    ]
