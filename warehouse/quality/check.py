"""Checks a layer: rows against the quality rules, tables against their keys, the accounts against the rows read.

Rows that fail move from staging to quarantine with the reason, stage after stage in the order of ``order.yml``.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from warehouse.database.build import Build
from warehouse.errors import CheckStoppedRelease, noting
from warehouse.intake.feed import load_feeds
from warehouse.models.building import WithoutRows
from warehouse.models.graph import is_view, key_of, tables
from warehouse.quality import cross, findings
from warehouse.quality.amount_reasons import add_reasons
from warehouse.quality.checks import suite_of
from warehouse.quality.quarantine.decisions import apply_decisions, describe_rows
from warehouse.quality.rows import check_rows, preview_rows
from warehouse.quality.rules import order, rule_of
from warehouse.quality.suite import failed
from warehouse.quality.thresholds import write_thresholds
from warehouse.rule_exchange import results


@dataclass(frozen=True)
class Breach:
    """A failure of a critical rule: nothing may be published."""

    table: str
    rule_id: str
    count: int
    zh: str
    en: str


def stop_on(breaches: Sequence[Breach]) -> None:
    """Raise ``CheckStoppedRelease`` where a critical rule failed: the run ends, what is published stays."""
    if breaches:
        zh = [f"  {breach.table} {breach.rule_id}: {breach.zh}" for breach in breaches]
        en = [f"  {breach.table} {breach.rule_id}: {breach.en}" for breach in breaches]
        raise CheckStoppedRelease(
            "\n".join(("关键校验未通过，未发布：", *zh)),
            "\n".join(("A critical check failed, nothing was published:", *en)),
        )


def check_layer(build: Build, layer: str, only: Collection[str] | None = None) -> list[Breach]:
    """Check every rule of a layer; findings go to ``quarantine``, breaches that stop the release are returned.

    ``only``: the tables of the layer to check; all where it is not given.
    """
    if layer == "staging":
        _check_staging(build, check_rows)
        findings.write_hits(build)
    checked = [table for table in tables(layer) if only is None or table in only]
    # most tables of a small zone have no rows, and planning is what the check of a key costs
    filled = WithoutRows(build).others(checked)
    return _of_keys(build, {table: key_of(table) for table in filled}, list(filter(is_view, filled)))


def preview_staging(build: Build) -> None:
    """The findings of ``check_layer`` in the rows of staging, without Great Expectations."""
    _check_staging(build, preview_rows)


def _check_staging(build: Build, check_table: Callable[[Build, str], None]) -> None:
    with build.together():
        _check_tables(build, check_table)


def _check_tables(build: Build, check_table: Callable[[Build, str], None]) -> None:
    write_thresholds(build)
    filled = build.with_rows(tables("staging"))  # no check adds a row
    for table in filled:
        with noting(table):
            check_table(build, table)
            findings.remove(build, table)
    add_reasons(build)
    is_empty = cross.emptiness(build)
    for stage in order().stages:
        cross.check_rows_across(build, stage, is_empty)
    apply_decisions(build, load_feeds())
    for table in filled:
        findings.remove(build, table)
    findings.account(build)


def check_zone(build: Build) -> list[Breach]:
    """Check what needs all rows of the zone: the rules across firms, and the accounts of every delivery."""
    rules = cross.check_zone(build)
    describe_rows(build, load_feeds())
    findings.replace_hits(build, rules)
    findings.account(build)
    return list(_unaccounted(build))


def check_results(build: Build) -> list[Breach]:
    """Check that verdicts and findings have one row per firm and day."""
    return _of_keys(build, results.KEYS)


FIRMS_OF_A_VIEW = 200
"""Number of firms checked in a view: its tables were checked, and a join that repeats rows does so for any firm."""


def _of_keys(build: Build, keys: Mapping[str, Sequence[str]], views: Sequence[str] = ()) -> list[Breach]:
    """Breaches of keys: columns of tables that are unique, of which the first is not null.

    One query asks which tables have any, in half the time of one each; only those are counted.
    """
    limit = [_last_of_view(build)] if views else []
    rows = {table: f"(from {table} where firm_id <= $1)" if table in views else table for table in keys}
    breached = " union all ".join(
        f"(select {at} from {rows[table]} group by {', '.join(key)} having count(*) > 1 or {key[0]} is null limit 1)"  # noqa: S608
        for at, (table, key) in enumerate(keys.items())
    )
    repeated = [list(keys)[at] for at in sorted(build.column(breached, limit))] if keys else []
    return [
        breach
        for table in repeated
        for breach in _repeated(build, table, keys[table], rows[table], limit if table in views else ())
    ]


def _last_of_view(build: Build) -> str | None:
    """The last firm checked in views: by firm_id, which reaches the tables below, as a firm_key worked out does not."""
    firms = "select firm_id from core_firm order by firm_id limit $1"
    last: str | None = build.value(f"select max(firm_id) from ({firms})", [FIRMS_OF_A_VIEW])  # noqa: S608
    return last


def _repeated(
    build: Build, table: str, columns: Sequence[str], rows: str, parameters: Sequence[str | None]
) -> Iterator[Breach]:
    """Breaches of the key ``columns`` in ``rows``: repeated (K01) or without its first column (K02)."""
    key = ", ".join(columns)
    counts = f"select count(*) - count(distinct ({key},)), count(*) - count({columns[0]}) from {rows}"  # noqa: S608
    ((repeated, missing),) = build.tuples(counts, parameters)
    for rule_id, count in (("K01", repeated), ("K02", missing)):
        if count:
            rule = rule_of(rule_id)
            yield Breach(table, rule_id, count, f"{key}: {rule.zh}", f"{key}: {rule.en}")


def _unaccounted(build: Build) -> Iterator[Breach]:
    """Breaches by deliveries whose accounts do not add up."""
    frame = build.execute("select feed, file_name, rows_read, rows_accounted from accounts").df()
    checks = suite_of("deliveries").checks
    for position in failed([(check, check.options) for check in checks], frame):
        rule, wrong = checks[position].definition, frame[frame["rows_read"] != frame["rows_accounted"]]
        names = "、".join(f"{feed} {name}" for feed, name in zip(wrong["feed"], wrong["file_name"], strict=True))
        yield Breach("deliveries", rule.id, len(wrong), f"{rule.zh}：{names}", f"{rule.en}: {names}")
