"""Checks of a table: ``expectations/<table>.yml``, one expectation each, with rows on which it fires and passes.

``derive`` defines columns that checks need beside the table's own, as SQL over one row of the table, ``money_unit``
and the source values (``unread_…``, ``beyond_…``, ``present_…``).
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field

from warehouse.definition import Strict, read_yaml, validated
from warehouse.intake.feed import Feed, load_feeds
from warehouse.models.graph import sql_of
from warehouse.quality.rules import Rule, order, rule_of
from warehouse.rows import Row

EXPECTATIONS = Path(__file__).parent / "expectations"


class Check(Strict):
    """One expectation of Great Expectations by its name without ``expect_``, or a condition in SQL; null passes."""

    rule: str
    field: str
    expect: str = "column_values_to_be_in_set"
    columns: list[str] = Field(default_factory=list)
    options: dict[str, Any] = Field(default_factory=dict)
    holds: str = ""
    fires: list[Row] = Field(default_factory=list)
    """Rows for the tests: the rule fires on the last; those before it are its context."""
    passes: list[Row] = Field(default_factory=list)

    @property
    def definition(self) -> Rule:
        """Entry of ``rules/*.yml``."""
        return rule_of(self.rule)


class Suite(Strict):
    """``expectations/TABLE.yml``."""

    derive: dict[str, str] = Field(default_factory=dict)
    usual: Row = Field(default_factory=dict)
    """Default values of rows for the tests."""
    checks: list[Check] = Field(default_factory=list)
    conditions: dict[str, str] = Field(default_factory=dict)
    """SQL conditions of checks by column: 1 where the condition holds, 0 where not, null where it does not apply."""


_SUFFIXES = {"money": "_fen", "amount": "_cents"}
"""What the name of a typed column adds to that of the source."""

LARGEST = {
    "money": "largest_amount() / fen_of_unit({unit})",
    "number": "largest_number()",
    "count": "largest_count()",
    "rate": "largest_rate()",
}
"""The largest figure by type of column, as SQL; the limits themselves are macros."""

DECIMAL = ("money", "number", "rate")
"""Types that keep a number of decimals; a value with more of them is not read."""

_UNREAD = {"count": "A31", "month": "F16"}
"""The rule for what a type cannot read; F10 for any other."""

_UNCLEAR = {"percent_readings": "F20", "date_readings": "F21"}
"""The rule for a value with two readings, by the macro that names them."""


@lru_cache
def suite_of(table: str) -> Suite:
    """The suite of a table, with the checks that every typed column and every period column gets."""
    path = EXPECTATIONS / f"{table}.yml"
    content, lines = read_yaml(path) if path.exists() else ({}, {})
    suite = validated(Suite, content, path, lines)
    conditions: dict[str, str] = {}
    checks = []
    for number, check in enumerate([*suite.checks, *_type_checks(table), *_period_checks(table)]):
        if check.holds:
            name = f"holds_{number}"
            conditions[name] = f"({check.holds})::tinyint"
            check = check.model_copy(update={"columns": [name], "options": {"value_set": [1]}})
        checks.append(check)
    return suite.model_copy(update={"conditions": conditions, "checks": checks})


def in_order(suite: Suite) -> list[Check]:
    """The checks in the order of their stages."""
    stages = list(order().stages)
    return sorted(suite.checks, key=lambda check: stages.index(check.definition.stage))


def required_columns(checks: list[Check]) -> list[str]:
    """The columns that checks need, of the table or derived."""
    return sorted({column for check in checks for column in check.columns})


def derived_for(suite: Suite, columns: list[str]) -> list[str]:
    """The derived columns that these columns depend on, in the order of the file."""
    texts = [suite.conditions.get(name, name) for name in columns]
    needed: set[str] = set()
    while texts:
        text = texts.pop()
        derived = {name for name in suite.derive if name not in needed and _references(text, name)}
        needed |= derived
        texts += [suite.derive[name] for name in derived]
    return [name for name in suite.derive if name in needed]


def _references(sql: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", sql) is not None


def feeds_of(table: str) -> list[Feed]:
    """The feeds whose rows a staging table contains: a single feed, or several of the same kind."""
    name, known = table.removeprefix("stg_"), load_feeds()
    return [known[name]] if name in known else [feed for key, feed in known.items() if key.startswith(f"{name}__")]


def unread_columns(table: str) -> dict[str, tuple[str, str]]:
    """The typed columns of a table, each with the field of the source it was read from and its kind."""
    typed = {}
    for feed in feeds_of(table):
        for name, column in feed.columns.items():
            if column.type not in ("text", "code"):
                typed[f"{name}{_SUFFIXES.get(column.type, '')}"] = (name, column.type)
    return {column: source for column, source in typed.items() if re.search(rf"\bas {column}\b", sql_of(table))}


def unclear_columns(table: str) -> dict[str, str]:
    """The typed columns whose source value may have two readings, each with the macro that names them."""
    columns = {name: column for feed in feeds_of(table) for name, column in feed.columns.items()}
    percents = {name for name, column in columns.items() if column.unit == "%" and not column.always_percent}
    return {
        typed: "date_readings" if kind == "date" else "percent_readings"
        for typed, (field, kind) in unread_columns(table).items()
        if kind == "date" or field in percents
    }


def _type_checks(table: str) -> list[Check]:
    """Checks that every source value could be read by its type and one way, and that plain numbers are in range."""
    typed = unread_columns(table).items()
    columns_by_rule = [(_UNREAD.get(kind, "F10"), field, f"unread_{column}") for column, (field, kind) in typed]
    columns_by_rule += [
        ("F15", field, f"beyond_{column}") for column, (field, kind) in typed if kind in (*LARGEST, "amount")
    ]
    columns_by_rule += [
        ("F22", field, f"fine_{column}") for column, (field, kind) in typed if kind in (*DECIMAL, "amount")
    ]
    columns_by_rule += [
        (_UNCLEAR[macro], unread_columns(table)[column][0], f"unclear_{column}")
        for column, macro in unclear_columns(table).items()
    ]
    return [
        Check(rule=rule, field=field, expect="column_values_to_be_null", columns=[column])
        for rule, field, column in columns_by_rule
    ]


def limits_of(table: str) -> dict[str, str]:
    """The largest figure of each numeric column in its source unit, as SQL over ``money_unit``."""
    columns = {name: column for feed in feeds_of(table) for name, column in feed.columns.items()}
    return {
        typed: LARGEST[kind].format(unit=f"'{columns[field].unit}'" if columns[field].unit else "raw.money_unit")
        for typed, (field, kind) in unread_columns(table).items()
        if kind in LARGEST
    }


def _period_checks(table: str) -> list[Check]:
    """Checks that the year, month or day of a row's key is present; an unreadable value is a failure of F10."""
    columns = {feed.period.column for feed in feeds_of(table) if feed.period.column in feed.key}
    shown = [name for name in sorted(columns) if re.search(rf"(?m)\bas {name}\b|^\s*{name},?$", sql_of(table))]
    typed = unread_columns(table)
    return [
        Check(
            rule="F13",
            field=name,
            expect="column_values_to_not_be_null",
            columns=[f"present_{name}" if name in typed else name],
        )
        for name in shown
    ]
