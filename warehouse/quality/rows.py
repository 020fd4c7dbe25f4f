"""Checks the rows of one staging table: Great Expectations in pieces of bounded size, then the rows that failed.

Every rule is asked of every row, so that a supplier hears all that is wrong with it at once.
"""

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from warehouse.database import Build
from warehouse.errors import DefinitionError
from warehouse.quality.batching import Question, questions
from warehouse.quality.checks import (
    Check,
    Suite,
    asked_columns,
    derived_for,
    in_order,
    limits_of,
    suite_of,
    unread_columns,
)
from warehouse.quality.findings import record
from warehouse.quality.predicate import failing
from warehouse.quality.suite import failed
from warehouse.quality.thresholds import filled, standing

if TYPE_CHECKING:
    import pandas as pd

CHUNK_ROWS = int(os.environ.get("TIDU_CHECK_ROWS", "200000"))
VECTOR = 2048
"""Rows that DuckDB hands over at once."""
PARAMETER = re.compile(r"\$(\d+)")


def check_rows(build: Build, table: str) -> None:
    """Record every row on which a rule fires, in the order of work."""
    if _is_checked(build, table):
        suite = suite_of(table)
        ask(build, table, suite, in_order(suite))


def preview_rows(build: Build, table: str) -> None:
    """As ``check_rows`` by the predicates alone, which agree with Great Expectations but need no import of it.

    For what is looked at and kept nowhere; a run may publish only what Great Expectations judged.
    """
    if not _is_checked(build, table):
        return
    suite, limits = suite_of(table), standing(build)
    checks = in_order(suite)
    _prepare(build, table, suite, asked_columns(checks))
    for check in _failed_by_predicate(build, checks, limits):
        _record(build, table, check, limits)
    build.execute("drop table checked")


def _is_checked(build: Build, table: str) -> bool:
    return build.has_rows(table) and bool(suite_of(table).checks)


def _failed_by_predicate(build: Build, checks: list[Check], limits: dict[str, float]) -> list[Check]:
    """The checks that fail on some row, asked in one query."""
    fails: list[str] = []
    bound: list[Any] = []
    for check in checks:
        where, values = failing(check, filled(check.options, limits))
        fails.append(f"bool_or({_counted_from(len(bound), where)})")
        bound += values
    (answers,) = build.tuples(f"select {', '.join(fails)} from checked", bound)  # noqa: S608 - our own columns
    return [check for check, is_failed in zip(checks, answers, strict=True) if is_failed]


def _counted_from(number: int, where: str) -> str:
    """A condition whose parameters come after so many others."""
    return PARAMETER.sub(lambda at: f"${int(at[1]) + number}", where)


def ask(build: Build, table: str, suite: Suite, checks: list[Check]) -> None:
    """Record the rows on which these checks of a suite fire.

    Raises ``DefinitionError`` where Great Expectations finds a failure and the predicates of its checks no row.
    """
    _prepare(build, table, suite, asked_columns(checks))
    limits = standing(build)
    for question in list(_failed(build, questions(checks), limits)):
        if not sum(_record(build, table, check, limits) for check in question.checks):
            raise DefinitionError(f"{table} {question.asked.rule}: Great Expectations and the predicate do not agree")
    build.execute("drop table checked")


def _record(build: Build, table: str, check: Check, limits: dict[str, float]) -> int:
    where, bound = failing(check, filled(check.options, limits))
    return record(build, table, check.says, check.field, where, bound, check.columns[0])


def _prepare(build: Build, table: str, suite: Suite, columns: list[str]) -> None:
    """``checked``: where each row stood, and the columns the checks ask."""
    raw = table.replace("stg_", "raw_", 1)
    wanted_of_source = (sql for sql in _written(table) if sql.rpartition(" as ")[2] in columns)
    written = "".join(f", {sql}" for sql in wanted_of_source)
    named = "".join(f", {suite.derive[name]} as {name}" for name in derived_for(suite, columns))
    wanted = ", ".join(f"{suite.held[name]} as {name}" if name in suite.held else f'"{name}"' for name in columns)
    build.execute(
        f"create or replace temp table checked as select delivery_id, sheet, row_no, {wanted} from"  # noqa: S608
        f" (select * {named} from (select t.*, raw.money_unit {written} from {table} as t"
        f" join {raw} as raw using (delivery_id, sheet, row_no)) as stg) as stg"
    )


def _written(table: str) -> Iterator[str]:
    """What the source has where the typed table ``t`` has nothing, as columns over ``t`` and ``raw``."""
    limits = limits_of(table)
    for column, (field, _) in unread_columns(table).items():
        beyond = f'is_beyond(raw."{field}", {limits.get(column, "null")})'
        is_empty = f't."{column}" is null and raw."{field}" is not null'
        yield f'case when {is_empty} and not {beyond} then raw."{field}" end as unread_{column}'
        yield f'case when {is_empty} and {beyond} then raw."{field}" end as beyond_{column}'
        yield f'coalesce(t."{column}"::varchar, raw."{field}") as told_{column}'


def _failed(build: Build, all_questions: list[Question], limits: dict[str, float]) -> Iterator[Question]:
    """The questions that fail on some row; what failed once is not asked again."""
    waiting = dict(enumerate(all_questions))
    for frame in _pieces(build, all_questions):
        places = list(waiting)
        put = [(waiting[place].asked, filled(waiting[place].asked.options, limits)) for place in places]
        for at in failed(put, frame):
            yield waiting.pop(places[at])


def _pieces(build: Build, all_questions: list[Question]) -> Iterator["pd.DataFrame"]:
    columns = {name: sql for question in all_questions for name, sql in question.columns.items()}
    wanted = ", ".join(f'{sql} as "{name}"' for name, sql in columns.items())
    result = build.execute(f"select {wanted} from checked")  # noqa: S608 - our own columns
    while not (frame := result.fetch_df_chunk(CHUNK_ROWS // VECTOR)).empty:
        yield frame
