"""What came of each supplier's files in this release and those before: rows read, kept out, waiting."""

from pathlib import Path
from typing import Any

from service.queries.data.quarantine import BY_SUPPLIER
from service.queries.files.file_words import rule_words
from warehouse.errors import WarehouseError
from warehouse.home import Home
from warehouse.outputs.report_cards import trend
from warehouse.release import releases
from warehouse.release.releases import Reader

Row = dict[str, Any]

LOOKED_BACK = 12
"""Releases of a trend."""


def suppliers(release: Reader) -> list[Row]:
    """One row a supplier, the one with most rows waiting first; ``worst`` are its three commonest rules."""
    rows = release.rows(BY_SUPPLIER)
    return [{**row, **_worst(row["worst"] or [])} for row in rows]


def _worst(rule_ids: list[str]) -> Row:
    return {f"worst_{lang}": [(rule_id, rule_words(rule_id, lang)) for rule_id in rule_ids] for lang in ("zh", "en")}


def trends(home: Home) -> dict[str, list[Row]]:
    """By supplier its counts in the last releases, the oldest first; releases that cannot be read are left out."""
    by_supplier: dict[str, list[Row]] = {}
    for run_id in reversed(releases.runs(home)[:LOOKED_BACK]):
        for supplier, counts in _counts(releases.path_of(home, run_id)).items():
            by_supplier.setdefault(supplier, []).append({"run_id": run_id, **counts})
    return by_supplier


def _counts(path: Path) -> dict[str, Row]:
    try:
        return trend(path)
    except WarehouseError:
        return {}
