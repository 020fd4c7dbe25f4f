"""Checks the rows of one staging table: Great Expectations in pieces of bounded size, then the rows that failed.

Every rule is checked on every row, so that a supplier gets all failures of a delivery at once.
"""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from warehouse.database.build import Build
from warehouse.database.memory import beside_frames
from warehouse.errors import DefinitionError
from warehouse.machine.settings import whole_number
from warehouse.models.graph import sql_of
from warehouse.quality.batching import Batch, batches
from warehouse.quality.checks import (
    DECIMAL,
    Check,
    Suite,
    derived_for,
    in_order,
    limits_of,
    required_columns,
    suite_of,
    unclear_columns,
    unread_columns,
)
from warehouse.quality.findings import record
from warehouse.quality.predicate import failing
from warehouse.quality.suite import failed
from warehouse.quality.thresholds import threshold_values, with_thresholds

if TYPE_CHECKING:
    import pandas as pd

CHUNK_ROWS = whole_number("TIDU_CHECK_ROWS", 200_000)
VECTOR = 2048
"""Rows that DuckDB hands over at once."""
NOTHING = "null::varchar"
OVER = " over ("
PARAMETER = re.compile(r"\$(\d+)")


def check_rows(build: Build, table: str) -> None:
    """Record every row on which a rule fires, in the order of stages."""
    if _is_checked(build, table):
        suite = suite_of(table)
        run_checks(build, table, suite, in_order(suite))


def preview_rows(build: Build, table: str) -> None:
    """As ``check_rows`` by the predicates alone, which agree with Great Expectations but need no import of it.

    For previews, which are not kept; a run publishes only rows that Great Expectations validated.
    """
    if not _is_checked(build, table):
        return
    suite, limits = suite_of(table), threshold_values(build)
    if not (checks := _prepare(build, table, suite, in_order(suite))):
        return
    _record(build, table, _failed_by_predicate(build, checks, limits), limits)
    build.execute("drop table checked")


def _is_checked(build: Build, table: str) -> bool:
    return build.has_rows(table) and bool(suite_of(table).checks)


def _failed_by_predicate(build: Build, checks: list[Check], limits: dict[str, float]) -> list[Check]:
    """The checks that fail on some row, evaluated in one query."""
    if not checks:
        return []
    conditions, bound = _conditions(checks, limits)
    fails = ", ".join(f"bool_or({condition})" for condition in conditions)
    (results,) = build.tuples(f"select {fails} from checked", bound)  # noqa: S608 - our own columns
    return [check for check, is_failed in zip(checks, results, strict=True) if is_failed]


def _conditions(checks: list[Check], limits: dict[str, float]) -> tuple[list[str], list[Any]]:
    """Conditions that are true on the rows that fail, with the parameters of all."""
    conditions: list[str] = []
    bound: list[Any] = []
    for check in checks:
        where, values = failing(check, with_thresholds(check.options, limits))
        conditions.append(_renumbered(where, len(bound)))
        bound += values
    return conditions, bound


def _renumbered(where: str, offset: int) -> str:
    """A condition whose parameters come after ``offset`` others."""
    return PARAMETER.sub(lambda match: f"${int(match[1]) + offset}", where)


def run_checks(build: Build, table: str, suite: Suite, checks: list[Check]) -> None:
    """Record the rows on which these checks of a suite fire.

    Raises ``DefinitionError`` where Great Expectations reports a failure and the predicates of its checks match no row.
    """
    if not (checks := _prepare(build, table, suite, checks)):
        return
    limits = threshold_values(build)
    with beside_frames(build):
        failed_batches = list(_failed_batches(build, batches(checks), limits))
    firing = _failed_by_predicate(build, [check for batch in failed_batches for check in batch.checks], limits)
    for batch in failed_batches:
        if not any(check in firing for check in batch.checks):
            raise DefinitionError(f"{table} {batch.expectation.rule}: Great Expectations and the predicate disagree")
    _record(build, table, firing, limits)
    build.execute("drop table checked")


def _record(build: Build, table: str, checks: list[Check], limits: dict[str, float]) -> None:
    if checks:
        record(build, table, checks, *_conditions(checks, limits))


def _prepare(build: Build, table: str, suite: Suite, checks: list[Check]) -> list[Check]:
    """``checked``: the place of each row in its delivery, and what the checks need; returns the checks that may fail.

    Of a typed column that was read in every row, the checks of its source values cannot.
    """
    raw = table.replace("stg_", "raw_", 1)
    listed = [sql.rpartition(" as ") for sql in _source_columns(table, _with_unread(build, table))]
    unfailing = {name for sql, _, name in listed if sql == NOTHING}
    if not (checks := [check for check in checks if not unfailing.issuperset(check.columns)]):
        return []
    columns = required_columns(checks)
    derived = derived_for(suite, columns)
    windows = [name for name in derived if OVER in suite.derive[name]]
    _put_windows(build, suite, windows, table, raw)
    source = "".join(f", {sql} as {name}" for sql, _, name in listed if name in columns)
    given = "".join(f", {suite.derive[name]} as {name}" for name in derived if name not in windows)
    conditions = "".join(f", {suite.conditions[name]} as {name}" for name in columns if name in suite.conditions)
    selected = ", ".join(["delivery_id, sheet, row_no", *(f'"{name}"' for name in columns)])
    beside = "".join(f", windows.{name}" for name in windows)
    build.execute(
        f"create or replace temp table checked as select {selected} from"  # noqa: S608
        f" (select * {conditions} from (select * {given} from (select t.*, raw.money_unit{source}{beside}"
        f" from {table} as t join {raw} as raw using (delivery_id, sheet, row_no)"
        f"{' join windows on windows.place = t.rowid' if windows else ''}) as stg) as stg)"
    )
    build.execute("drop table if exists windows")
    return checks


def _put_windows(build: Build, suite: Suite, windows: list[str], table: str, raw: str) -> None:
    """``windows``: the derived columns with window functions by the place of a row in the table; none without any.

    Apart, since a window function carries every column of its SELECT through its sort, and written, since the sort
    beside the joins of the other columns would take more memory than a large zone has.
    """
    if not windows:
        return
    expressions = "".join(f", {suite.derive[name]} as {name}" for name in derived_for(suite, windows))
    rows = (
        f"select t.rowid as place, t.*, raw.money_unit from {table} as t"  # noqa: S608 - our own tables
        f" join {raw} as raw using (delivery_id, sheet, row_no)"
    )
    build.execute(
        f"create or replace temp table windows as select place, {', '.join(windows)}"  # noqa: S608
        f" from (select * {expressions} from ({rows}) as stg)"
    )


def _with_unread(build: Build, table: str) -> set[str]:
    """The typed columns that are null, or an amount in words, in some row with a source value."""
    source = unread_columns(table)
    if not source:
        return set()
    tests = [
        f'bool_or(raw."{field}" is not null)' if kind == "amount" else f"bool_or({_is_empty(column, field)})"
        for column, (field, kind) in source.items()
    ]
    raw = table.replace("stg_", "raw_", 1)
    (results,) = build.tuples(
        f"select {', '.join(tests)} from {table} as t join {raw} as raw using (delivery_id, sheet, row_no)"  # noqa: S608
    )
    return {column for column, is_unread in zip(source, results, strict=True) if is_unread}


def _source_columns(table: str, with_unread: Collection[str]) -> Iterator[str]:
    """Source values where the typed table ``t`` is null, and present values, as SQL over ``t`` and ``raw``.

    Columns without such a value, which are most, are null: planning their macros takes longer than any other statement.
    """
    limits, readings = limits_of(table), unclear_columns(table)
    for column, (field, kind) in unread_columns(table).items():
        yield f'coalesce(t."{column}"::varchar, raw."{field}") as present_{column}'
        if column not in with_unread:
            yield from (f"{NOTHING} as {part}_{column}" for part in ("unread", "unclear", "fine", "beyond"))
        elif kind == "amount":
            yield from _amount_columns(table, column, field)
        else:
            yield from _unread_columns(column, field, kind, limits.get(column, "null"), readings.get(column))


def _is_empty(column: str, field: str) -> str:
    return f't."{column}" is null and raw."{field}" is not null'


def _unread_columns(column: str, field: str, kind: str, limit: str, readings: str | None) -> Iterator[str]:
    unclear = f'{readings}(raw."{field}")' if readings else "null"
    beyond, decimals = f'is_beyond(raw."{field}", {limit})', f'has_decimals(raw."{field}")'
    if kind == "money":
        words = f"coalesce(amount_in_words(raw.\"{field}\", '元').kind"
        beyond, decimals = f"({beyond} or {words} = 'beyond', false))", f"({decimals} or {words} = 'fine', false))"
    is_empty = _is_empty(column, field)
    is_fine = f"not {beyond} and {unclear} is null and {decimals}" if kind in DECIMAL else "false"
    is_unread = f"not {beyond} and {unclear} is null and not ({is_fine})"
    # nested, so that readings are only computed for values that are not read
    yield f'case when {is_empty} then case when {is_unread} then raw."{field}" end end as unread_{column}'
    yield f"case when {is_empty} then {unclear} end as unclear_{column}"
    yield f'case when {is_empty} then case when {is_fine} then raw."{field}" end end as fine_{column}'
    yield f'case when {is_empty} and {beyond} then raw."{field}" end as beyond_{column}'


def _amount_columns(table: str, column: str, field: str) -> Iterator[str]:
    """The same of an amount in words; a range is read where the table has columns for its ends."""
    has_ends = f"as {column.removesuffix('_cents')}_low_cents" in sql_of(table)
    unread = "in ('unread')" if has_ends else "in ('unread', 'range')"
    for name, kinds in (("unread", unread), ("beyond", "= 'beyond'"), ("fine", "= 'fine'")):
        yield f'case when amount_in_words(raw."{field}", \'\').kind {kinds} then raw."{field}" end as {name}_{column}'


def _failed_batches(build: Build, all_batches: list[Batch], limits: dict[str, float]) -> Iterator[Batch]:
    """The batches that fail on some row; a failed batch is not validated again on later frames."""
    pending = dict(enumerate(all_batches))
    for frame in _frames(build, all_batches):
        numbers = list(pending)
        expectations = [pending[number].expectation for number in numbers]
        checks = [(check, with_thresholds(check.options, limits)) for check in expectations]
        for position in failed(checks, frame):
            yield pending.pop(numbers[position])


def _frames(build: Build, all_batches: list[Batch]) -> Iterator["pd.DataFrame"]:
    """The columns of all batches, in frames of about ``CHUNK_ROWS`` rows."""
    columns = {name: sql for batch in all_batches for name, sql in batch.columns.items()}
    selected = ", ".join(f'{sql} as "{name}"' for name, sql in columns.items())
    result = build.execute(f"select {selected} from checked")  # noqa: S608 - our own columns
    while not (frame := result.fetch_df_chunk(CHUNK_ROWS // VECTOR)).empty:
        yield frame
