"""Cross-feed rules: one SELECT each in ``expectations/cross/<rule>.sql``, returning place, field and value.

A query on the rows of a firm in staging runs before the firms are built, so that rows can still be excluded from the
figures. A query that reads tables built from staging (``core_…``) or states ``-- scope: zone`` runs at the end on all
rows, also where a run rebuilds only a part; such a rule can only warn.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from warehouse.database.build import Build
from warehouse.errors import DefinitionError, noting
from warehouse.models.graph import parsed, tables
from warehouse.models.row_sources import Sources, has_no_rows
from warehouse.quality.checks import EXPECTATIONS, feeds_of
from warehouse.quality.findings import record_across, remove
from warehouse.quality.rules import Rule, rule_of

CROSS = EXPECTATIONS / "cross"
ZONE_WIDE = "-- scope: zone"
IsEmpty = Callable[[str], bool]


def files() -> list[Path]:
    """The queries, by rule; a rule can have several, as in G12-figures.sql."""
    return sorted(CROSS.glob("*.sql"))


def rule_in(path: Path) -> Rule:
    """The rule that a query enforces."""
    return rule_of(path.stem.partition("-")[0])


@lru_cache
def is_zone_wide(path: Path) -> bool:
    """Whether a query runs once everything is built; raises ``DefinitionError`` if its rule then excludes rows."""
    text, named, _ = _parsed(path)
    wide = ZONE_WIDE in text or any(name.startswith("core_") for name in named)
    if wide and rule_in(path).removes:
        raise DefinitionError(f"{path.name}: rows cannot leave once the firms are built; make it warn, and say why")
    return wide


def check_rows_across(build: Build, stage: str, is_empty: IsEmpty | None = None) -> None:
    """Run the queries of a stage on the rows of firms; rows that a rule excludes are removed from their tables.

    ``is_empty`` may remember its answers: no query adds a row to a table that it reads.
    """
    is_empty = is_empty or emptiness(build)
    for path in files():
        rule = rule_in(path)
        if rule.stage == stage and not is_zone_wide(path) and _record_findings(build, path, is_empty) and rule.removes:
            _remove(build, rule)


def check_zone(build: Build) -> list[str]:
    """Run the queries of the zone; their findings replace those of an earlier run. Returns the rules."""
    wide = [path for path in files() if is_zone_wide(path)]
    rules = [rule_in(path).id for path in wide]
    build.execute("delete from quarantine where list_contains($1, rule_id)", [rules])
    is_empty = emptiness(build)
    for path in wide:
        _record_findings(build, path, is_empty)
    return rules


@lru_cache
def _parsed(path: Path) -> tuple[str, frozenset[str], Sources]:
    """A query, the tables that it names, and on which of them without rows it has none."""
    sql = path.read_text("utf-8").rstrip().rstrip(";")
    named, sources = parsed(sql, path.name)
    return sql, frozenset(named), sources


def emptiness(build: Build) -> IsEmpty:
    """Whether a table has no row, asked once for each table."""
    return cache(lambda table: not build.has_rows(table))


def _record_findings(build: Build, path: Path, is_empty: IsEmpty) -> int:
    """The number of findings; a query without rows is not planned, which takes far longer than to ask its tables."""
    sql, _, sources = _parsed(path)
    if has_no_rows(sources, is_empty):
        return 0
    with noting(f"cross/{path.stem}"):
        return record_across(build, rule_in(path), sql)


def _remove(build: Build, rule: Rule) -> None:
    feeds = set(build.column("select distinct feed from quarantine where rule_id = $1", [rule.id]))
    for table in tables("staging"):
        if feeds & {feed.name for feed in feeds_of(table)}:
            remove(build, table)
