"""What came of each supplier's files in this release and those before: rows read, kept out, waiting."""

from service.queries.data.quarantine import BY_SUPPLIER
from service.queries.files.file_words import rule_words
from warehouse.home import Home
from warehouse.outputs import supplier_counts
from warehouse.release import releases
from warehouse.release.releases import Reader
from warehouse.rows import Row


def suppliers(release: Reader) -> list[Row]:
    """One row a supplier, the one with most rows waiting first; ``worst`` are its three commonest rules."""
    rows = release.rows(BY_SUPPLIER)
    return [{**row, **_worst(row["worst"] or [])} for row in rows]


def _worst(rule_ids: list[str]) -> Row:
    return {f"worst_{lang}": [(rule_id, rule_words(rule_id, lang)) for rule_id in rule_ids] for lang in ("zh", "en")}


def trends(home: Home) -> dict[str, list[Row]]:
    """By supplier its counts in the last releases, the oldest first; releases that cannot be read are left out."""
    by_supplier: dict[str, list[Row]] = {}
    paths = [releases.path_of(home, run_id) for run_id in releases.runs(home)]
    for run_id, of_run in reversed(supplier_counts.trends(paths)):
        for supplier, counts in of_run.items():
            by_supplier.setdefault(supplier, []).append({**counts, "run_id": run_id})
    return by_supplier
