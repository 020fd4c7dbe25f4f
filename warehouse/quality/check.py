"""Checks a layer: rows against the quality rules, tables against their keys, the accounts against what was read.

Rows that fail leave staging for quarantine, with the reason, stage after stage in the order of work.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from warehouse.database import Build
from warehouse.errors import noting
from warehouse.intake.feed import load_feeds
from warehouse.models.graph import is_view, key_of, tables
from warehouse.quality import cross, findings
from warehouse.quality.checks import suite_of
from warehouse.quality.quarantine.decisions import apply_decisions, describe_rows
from warehouse.quality.rows import check_rows, preview_rows
from warehouse.quality.rules import order, rule_of
from warehouse.quality.suite import failed
from warehouse.quality.thresholds import write_thresholds
from warehouse.rule_exchange import results


@dataclass(frozen=True)
class Breach:
    """Something critical that does not hold: nothing may be published."""

    table: str
    rule_id: str
    count: int
    message: str


def check_layer(build: Build, layer: str, only: Collection[str] | None = None) -> list[Breach]:
    """Check every rule of a layer; findings go to ``quarantine``, and what stops the release is returned.

    ``only`` names the tables of the layer that are to be checked; all of them where it is not given.
    """
    if layer == "staging":
        _check_staging(build, check_rows)
    checked = [table for table in tables(layer) if only is None or table in only]
    return [breach for table in checked for breach in _key(build, table)]


def preview_staging(build: Build) -> None:
    """What ``check_layer`` would find in the rows of staging, without Great Expectations."""
    _check_staging(build, preview_rows)


def _check_staging(build: Build, find: Callable[[Build, str], None]) -> None:
    write_thresholds(build)
    for table in tables("staging"):
        with noting(table):
            find(build, table)
            findings.remove(build, table)
    for stage in order().stages:
        cross.check_rows_across(build, stage)
    apply_decisions(build, load_feeds())
    for table in tables("staging"):
        findings.remove(build, table)
    findings.account(build)


def check_whole(build: Build) -> list[Breach]:
    """What only the whole zone can answer: the rules across firms, and the accounts of every delivery."""
    cross.check_zone(build)
    describe_rows(build, load_feeds())
    findings.write_hits(build)
    findings.account(build)
    return list(_unaccounted(build))


def check_results(build: Build) -> list[Breach]:
    """Whether verdicts and findings have one row a firm and day, as they were written."""
    return [breach for table, key in results.KEYS.items() for breach in _repeated(build, table, key, table)]


FIRMS_OF_A_VIEW = 200
"""So many firms of a view are checked: the tables below it were, and a join that repeats rows does so for any firm."""


def _key(build: Build, table: str) -> Iterator[Breach]:
    """No two rows of a table share the key that its model states, and none lacks the first column of it."""
    if not is_view(table):
        yield from _repeated(build, table, key_of(table), table)
        return
    last = build.value(
        "select max(firm_key) from (select firm_key from core_firm__facts order by firm_key limit $1)",
        [FIRMS_OF_A_VIEW],
    )
    yield from _repeated(build, table, key_of(table), f"(from {table} where firm_key <= {last or 0})")


def _repeated(build: Build, table: str, columns: Sequence[str], rows: str) -> Iterator[Breach]:
    """Whether ``rows`` of a table repeat their key or lack it."""
    key = ", ".join(columns)
    counted = f"select count(*) - count(distinct ({key},)), count(*) - count({columns[0]}) from {rows}"  # noqa: S608
    ((repeated, without),) = build.tuples(counted)
    for rule_id, count in (("K01", repeated), ("K02", without)):
        if count:
            rule = rule_of(rule_id)
            yield Breach(table, rule_id, count, f"{key}: {rule.zh} {rule.en}")


def _unaccounted(build: Build) -> Iterator[Breach]:
    """The deliveries whose accounts do not add up."""
    frame = build.execute("select feed, file_name, rows_read, rows_accounted from accounts").df()
    checks = suite_of("deliveries").checks
    for at in failed([(check, check.options) for check in checks], frame):
        rule, wrong = checks[at].says, frame[frame["rows_read"] != frame["rows_accounted"]]
        names = "、".join(f"{feed} {name}" for feed, name in zip(wrong["feed"], wrong["file_name"], strict=True))
        yield Breach("deliveries", rule.id, len(wrong), f"{rule.zh} {rule.en}: {names}")
