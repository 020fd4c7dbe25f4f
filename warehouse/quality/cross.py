"""Cross-feed rules: one SELECT each in ``checks/cross/<rule>.sql``, returning place, field and value.

A query that looks at one firm's rows in staging is asked before the firms are built, so that rows can still leave the
figures. One that reads what is built from them (``core_…``), or states ``-- scope: zone``, is asked at the
end, of everything, also where a run rebuilds only a part; it can only warn.
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


def files() -> list[Path]:
    """The queries, by rule; a rule that is asked in several ways has several, as in G12-figures.sql."""
    return sorted(CROSS.glob("*.sql"))


def rule_in(path: Path) -> Rule:
    """The rule that a query holds."""
    return rule_of(path.stem.partition("-")[0])


@lru_cache
def is_zone_wide(path: Path) -> bool:
    """Whether a query is asked of the whole zone, once everything is built; such a rule cannot take rows out."""
    text = path.read_text("utf-8")
    named = tables_named(text, path.name)
    wide = ZONE_WIDE in text or any(name.startswith("core_") for name in named)
    if wide and rule_in(path).removes:
        raise DefinitionError(f"{path.name}: rows cannot leave once the firms are built; make it warn, and say why")
    return wide


def check_rows_across(build: Build, stage: str) -> None:
    """Ask the queries of a stage that look at one firm's rows; those that may not stay leave their tables."""
    for path in files():
        rule = rule_in(path)
        if rule.stage == stage and not is_zone_wide(path):
            _ask(build, path)
            if rule.removes:
                _remove(build, rule)


def check_zone(build: Build) -> None:
    """Ask the queries of the whole zone anew; what an earlier run found by them is forgotten."""
    for path in files():
        if is_zone_wide(path):
            build.execute("delete from quarantine where rule_id = $1", [rule_in(path).id])
            _ask(build, path)


def _ask(build: Build, path: Path) -> None:
    with noting(f"cross/{path.stem}"):
        record_across(build, rule_in(path), path.read_text("utf-8").rstrip().rstrip(";"))


def _remove(build: Build, rule: Rule) -> None:
    touched = set(build.column("select distinct feed from quarantine where rule_id = $1", [rule.id]))
    for table in tables("staging"):
        if touched & {feed.name for feed in feeds_of(table)}:
            remove(build, table)
