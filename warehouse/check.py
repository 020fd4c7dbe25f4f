"""Checks: Great Expectations suites beside the tables; rows that fail leave the table for quarantine, with the reason.

``checks/<table>.yml`` lists expectations with rule id, severity, field and both messages. A suite sees the table
with its source texts, so that a figure that could not be read is told as it was written.
"""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl

from warehouse.database import Connection, writing
from warehouse.decisions import settle
from warehouse.definition import read_yaml
from warehouse.feed import Feed, load_feeds
from warehouse.models import grain_of, sql_of, tables
from warehouse.suite import Rule, run_suite

CHECKS = Path(__file__).parent / "checks"
CHUNK_ROWS = int(os.environ.get("TIDU_CHECK_ROWS", "100000"))
REMOVES = ("reject", "quarantine")
PLACE = ["delivery_id", "sheet", "row_no"]
"""Where a row of staging stood: the delivery, the sheet, the row as a person counts."""


@dataclass(frozen=True)
class Breach:
    """A rule that did not hold: how often, and what it means."""

    table: str
    rule_id: str
    severity: str
    count: int
    message: str


def check_layer(build: Path, layer: str, only: Collection[str] | None = None) -> list[Breach]:
    """Run the suites of a layer; rows that fail are moved to ``quarantine``, what fails as a whole is returned.

    ``only`` names the tables of the layer that are to be checked; all of them where it is not given.
    """
    with writing(build) as con:
        asked = [table for table in tables(layer) if only is None or table in only]
        breaches = [breach for table in asked for breach in _check(con, table, layer)]
        if layer == "staging":
            settle(con, load_feeds())
            _take_out(con)
        return breaches


def check_accounts(build: Path) -> list[Breach]:
    """``accounts``, a row a delivery; a delivery whose rows do not add up is a breach."""
    with writing(build) as con:
        return list(_accounts(con))


def _check(con: Connection, table: str, layer: str) -> Iterator[Breach]:
    content = suite_of(table)
    rules = [Rule(**rule) for rule in content.get("rules", [])]
    if layer == "staging":
        yield from _check_rows(con, table, rules, content.get("derive", {}))
        return
    yield from _grain(con, table)
    frame = con.execute(f"select {_needed(rules)} from {table}").df() if rules else pd.DataFrame()  # noqa: S608
    for rule, found in run_suite(rules, frame, []):
        yield Breach(table, rule.id, rule.severity, found.height, f"{rule.zh} {rule.en}")


def _grain(con: Connection, table: str) -> Iterator[Breach]:
    """A table has one row for each of what its model says in its head, and none without a key."""
    grain = grain_of(table)
    key = ", ".join(grain)
    counted = f"select count(*) - count(distinct ({key},)), count(*) - count({grain[0]}) from {table}"  # noqa: S608
    repeated, without = con.execute(counted).fetchone() or (0, 0)
    if repeated:
        yield Breach(table, "K01", "critical", repeated, f"{key} 有重复 are not unique")
    if without:
        yield Breach(table, "K02", "critical", without, f"{grain[0]} 为空 is empty")


@lru_cache
def suite_of(table: str) -> dict[str, Any]:
    """The suite beside a table, or one without rules."""
    path = CHECKS / f"{table}.yml"
    return read_yaml(path)[0] if path.exists() else {}


def _needed(rules: list[Rule]) -> str:
    return ", ".join(sorted({column for rule in rules for column in rule.columns})) or "1 as one"


def _check_rows(con: Connection, table: str, rules: list[Rule], derive: dict[str, str]) -> Iterator[Breach]:
    """Check a staging table in pieces of bounded size; what fails is recorded before it is taken out."""
    feed = _feed_of(table)
    unread = _unread(feed, table) if feed else {}
    rules = [*rules, *(_could_be_read(field, column) for column, field in unread.items())]
    if not rules:
        return
    raw = table.replace("stg_", "raw_", 1)
    extra = "".join(f", {sql} as {name}" for name, sql in (derive | _sources(unread)).items())
    con.execute(
        f"create or replace temp table checked as select stg.* {extra}, row_number() over () as position"  # noqa: S608
        f" from {table} as stg join {raw} as raw using (delivery_id, sheet, row_no)"
    )
    wanted = ", ".join(["position", *PLACE, *sorted(set(_needed(rules).split(", ")))])
    (count,) = con.execute("select count(*) from checked").fetchone() or (0,)
    for start in range(0, count, CHUNK_ROWS):
        frame = con.execute(
            f"select {wanted} from checked where position > $1 and position <= $2",  # noqa: S608
            [start, start + CHUNK_ROWS],
        ).df()
        for rule, found in run_suite(rules, frame, PLACE):
            _record(con, feed, table, rule, found)
            yield Breach(table, rule.id, rule.severity, found.height, f"{rule.zh} {rule.en}")
    con.execute("drop table checked")


def _take_out(con: Connection) -> None:
    """Rows that a rule keeps out leave staging, unless somebody accepted every finding that does so."""
    con.execute(
        "create or replace temp table kept_out as select distinct delivery_id, sheet, row_no from quarantine"
        " where severity in ('reject', 'quarantine') and decision is distinct from 'accepted'"
    )
    for table in tables("staging"):
        con.execute(
            f"delete from {table} as stg using kept_out as bad"  # noqa: S608 - our own tables
            " where stg.delivery_id = bad.delivery_id and stg.sheet = bad.sheet and stg.row_no = bad.row_no"
        )


def _record(con: Connection, feed: Feed | None, table: str, rule: Rule, found: pl.DataFrame) -> None:
    """One line a failing row: where it stood, the rule, the field and what was written there."""
    if found.is_empty():
        return
    raw = table.replace("stg_", "raw_", 1)
    field = rule.field or rule.columns[0]
    known = {row[0] for row in con.execute(f"describe {raw}").fetchall()}
    value = f'raw."{field}"' if field in known else "found.value"
    name = f"'{feed.name}'" if feed else "raw.feed"
    con.register("found", found)
    con.execute(
        f"insert into quarantine by name select found.delivery_id, {name} as feed, found.sheet, found.row_no,"  # noqa: S608
        f" $1 as rule_id, $2 as severity, $3 as field, {value} as value, $4 as message_zh, $5 as message_en"
        f" from found join {raw} as raw using (delivery_id, sheet, row_no)",
        [rule.id, rule.severity, field, rule.zh, rule.en],
    )
    con.unregister("found")


def _feed_of(table: str) -> Feed | None:
    return load_feeds().get(table.removeprefix("stg_"))


def _unread(feed: Feed, table: str) -> dict[str, str]:
    """The typed columns of a table, each with the field of the source it was read from."""
    suffix = {"money": "_fen"}
    text = {"reg_capital": "reg_capital_cents"}
    typed = {
        f"{name}{suffix.get(column.type, '')}": name
        for name, column in feed.columns.items()
        if column.type not in ("text", "code")
    } | {typed: name for name, typed in text.items() if name in feed.columns}
    return {column: name for column, name in typed.items() if column in sql_of(table)}


def _could_be_read(field: str, column: str) -> Rule:
    return Rule(
        id="F10",
        severity="quarantine",
        expect="column_values_to_be_null",
        columns=[f"unread_{column}"],
        field=field,
        zh="无法按该列的类型读出，或超出允许范围",
        en="cannot be read as this column's type, or is out of range",
    )


def _sources(unread: dict[str, str]) -> dict[str, str]:
    return {
        f"unread_{column}": f'case when stg."{column}" is null then raw."{field}" end'
        for column, field in unread.items()
    }


def _accounts(con: Connection) -> Iterator[Breach]:
    """Rows read are rows in staging and rows in quarantine, delivery by delivery; nothing is lost."""
    kept = " union all ".join(
        f"select delivery_id from {table}"  # noqa: S608 - our own tables
        for table in tables("staging")
    )
    con.execute(
        f"""create or replace table accounts as
        with kept as (select delivery_id, count(*) as loaded from ({kept}) group by all),
        held as (
            select delivery_id, count(distinct (sheet, row_no)) as quarantined,
                count(distinct (sheet, row_no)) filter (decision = 'rejected') as rejected
            from quarantine
            where (severity in ('reject', 'quarantine') and decision is distinct from 'accepted')
                or rule_id in ('F01', 'F02')
            group by all
        ),
        waiting as (
            select delivery_id, count(distinct (sheet, row_no)) as waiting from quarantine
            where severity in ('reject', 'quarantine') and decision is null group by all
        ),
        accepted as (
            select delivery_id, count(distinct (sheet, row_no)) as accepted from quarantine
            where decision = 'accepted' group by all
        ),
        mended as (select delivery_id, count(distinct (sheet, row_no)) as corrected from correction group by all)
        select delivery_id, feed, file_name, rows_read, coalesce(loaded, 0) as rows_loaded,
            coalesce(quarantined, 0) as rows_quarantined, rows_loaded + rows_quarantined as rows_accounted,
            coalesce(waiting, 0) as rows_waiting, coalesce(rejected, 0) as rows_rejected,
            coalesce(accepted, 0) as rows_accepted, coalesce(corrected, 0) as rows_corrected
        from deliveries left join kept using (delivery_id) left join held using (delivery_id)
            left join waiting using (delivery_id) left join accepted using (delivery_id)
            left join mended using (delivery_id)"""  # noqa: S608
    )
    frame = con.execute("select feed, file_name, rows_read, rows_accounted from accounts").df()
    rule = Rule(**suite_of("deliveries")["rules"][0])
    for checked, found in run_suite([rule], frame, ["feed", "file_name"]):
        names = "、".join(f"{row['feed']} {row['file_name']}" for row in found.to_dicts())
        yield Breach(
            "deliveries",
            checked.id,
            checked.severity,
            found.height,
            f"{rule.zh} {rule.en}: {names}",
        )
