"""Cross-feed rules: one SELECT each in ``expectations/cross/<rule>.sql``, returning place, field and value.

A query on the rows of a firm in staging runs before the firms are built, so that rows can still be excluded from the
figures. A query that reads tables built from staging (``core_…``) or states ``-- scope: zone`` runs at the end on all
rows, also where a run rebuilds only a part; such a rule can only warn.
"""

from functools import lru_cache
from pathlib import Path

from warehouse.database import Build
from warehouse.errors import DefinitionError, noting
from warehouse.models.graph import tables, tables_named
from warehouse.quality.checks import EXPECTATIONS, feeds_of
from warehouse.quality.findings import record_across, remove
from warehouse.quality.rules import Rule, rule_of

CROSS = EXPECTATIONS / "cross"
ZONE_WIDE = "-- scope: zone"
WITH_PLACES = ("raw_", "stg_", "core_")
"""Tables whose rows have a place in a delivery, or come from rows that have."""


def files() -> list[Path]:
    """The queries, by rule; a rule can have several, as in G12-figures.sql."""
    return sorted(CROSS.glob("*.sql"))


def rule_in(path: Path) -> Rule:
    """The rule that a query enforces."""
    return rule_of(path.stem.partition("-")[0])


@lru_cache
def is_zone_wide(path: Path) -> bool:
    """Whether a query runs once everything is built; raises ``DefinitionError`` if its rule then excludes rows."""
    text = path.read_text("utf-8")
    named = _reads(path)
    wide = ZONE_WIDE in text or any(name.startswith("core_") for name in named)
    if wide and rule_in(path).removes:
        raise DefinitionError(f"{path.name}: rows cannot leave once the firms are built; make it warn, and say why")
    return wide


def check_rows_across(build: Build, stage: str) -> None:
    """Run the queries of a stage on the rows of firms; rows that a rule excludes are removed from their tables."""
    for path in files():
        rule = rule_in(path)
        if rule.stage == stage and not is_zone_wide(path):
            _record_findings(build, path)
            if rule.removes:
                _remove(build, rule)


def check_zone(build: Build) -> list[str]:
    """Run the queries of the zone; their findings replace those of an earlier run. Returns the rules."""
    wide = [path for path in files() if is_zone_wide(path)]
    rules = [rule_in(path).id for path in wide]
    build.execute("delete from quarantine where list_contains($1, rule_id)", [rules])
    for path in wide:
        _record_findings(build, path)
    return rules


@lru_cache
def _reads(path: Path) -> frozenset[str]:
    """The tables that a query names."""
    return frozenset(tables_named(path.read_text("utf-8"), path.name))


def _record_findings(build: Build, path: Path) -> None:
    of_rows = [name for name in _reads(path) if name.startswith(WITH_PLACES)]
    if not any(build.has_rows(name) for name in of_rows):
        return  # a finding is about a row of one of them; planning the query takes far longer than asking
    with noting(f"cross/{path.stem}"):
        record_across(build, rule_in(path), path.read_text("utf-8").rstrip().rstrip(";"))


def _remove(build: Build, rule: Rule) -> None:
    feeds = set(build.column("select distinct feed from quarantine where rule_id = $1", [rule.id]))
    for table in tables("staging"):
        if feeds & {feed.name for feed in feeds_of(table)}:
            remove(build, table)
