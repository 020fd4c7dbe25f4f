"""The SELECT that types a feed, generated from its definition; a feed that needs more has a model in SQL."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from warehouse.intake.feed import Column, Feed

_TYPED = {
    "count": "parse_count",
    "number": "parse_number",
    "rate": "parse_rate",
    "date": "parse_date",
    "bool": "parse_boolean",
    "year": "parse_year",
}
_NAMES = ("name", "former_name")
_CREDIT_CODES = ("uscc", "parent_code")
PLACE = ("uscc_state", "delivery_id", "sheet", "row_no", "seq")
_TYPES = {
    "fen": "bigint",
    "parse_count": "bigint",
    "parse_number": "decimal(38, 15)",
    "parse_percent": "decimal(38, 15)",
    "parse_stated_percent": "decimal(38, 15)",
    "parse_rate": "decimal(18, 10)",
    "parse_date": "date",
    "parse_year": "integer",
    "parse_boolean": "boolean",
    "first_day": "date",
    "amount_in_words": "struct(kind varchar, low bigint, high bigint, currency varchar)",
    "row_no": "bigint",
    "seq": "integer",
}
"""Types that the macros return, and of columns loaded as numbers; all others are text."""
_TEXTS = ("name_norm", "clean_uscc", "clean_code", "clean_stock_code", "date_precision")
_READS_A_COLUMN = re.compile(r"^( *)(\w+)\((\w+)(?:, ([\w']+))?\) as (\w+)(,?)$", re.MULTILINE)
"""A line of a SELECT with a macro of a source column: its indent, macro, column, unit, name, comma."""
_PLAIN = {
    "fen": ("is_plain_integer({0})", "plain_fen({0}, {1})"),
    "parse_count": ("is_plain_integer({0})", "plain_count({0})"),
    "parse_number": (r"regexp_full_match({0}, '-?\d{{1,10}}(\.\d{{1,15}})?')", "try_cast({0} as decimal(38, 15))"),
    "parse_date": ("is_plain_day({0})", "try_cast({0} as date)"),
    "parse_year": (r"regexp_full_match({0}, '(19|20)\d\d')", "try_cast({0} as integer)"),
    "parse_boolean": ("{0} in ('是', '否')", "({0} = '是')"),
    "clean_uscc": ("regexp_full_match({0}, '[0-9A-Z]{{18}}')", "{0}"),
}
"""By macro: whether a value is plain, and what the macro gives for a plain one."""


def typed(feed: Feed) -> str:
    """A model as in ``models/staging/``: money in fen, days, counts, names in their comparable form."""
    listed = ",\n    ".join(_expressions(feed))
    return (
        f"-- {feed.title.en}, typed. Every row that was loaded; checks take out what fails.\n"
        f"-- key: delivery_id, sheet, row_no\n-- scope: row\nselect\n    {listed}\nfrom raw_{feed.name}"
    )


def without_rows(feed: Feed) -> str:
    """CREATE TABLE for a feed without rows; planning the SELECT only for its types takes far longer."""
    columns = []
    for expression in _expressions(feed):
        name = expression.rpartition(" as ")[2]
        kind = "bigint" if name.endswith("_cents") else _TYPES.get(expression.partition("(")[0], "varchar")
        columns.append(f'"{name}" {kind}')
    return f"create or replace table stg_{feed.name} ({', '.join(columns)})"


def columns_read(sql: str) -> set[str]:
    """The source columns that a SELECT reads by a macro which gives null for a null."""
    return set(_macro_of_column(sql))


def plain_tests(sql: str) -> dict[str, str]:
    """SQL by source column, whether a value is written as programs write it, for macros that have a short form.

    A cast that fails is null, which an aggregate would pass over: it counts as not plain.
    """
    macros = _macro_of_column(sql)
    return {
        column: f"coalesce({_PLAIN[name][0].format(column)}, {column} is null)"
        for column, name in macros.items()
        if name in _PLAIN
    }


def simplified(sql: str, empty: Collection[str], plain: Collection[str]) -> str:
    """The SELECT with nulls for columns without a value, and short forms for columns whose values are all plain.

    Planning the macros takes longer than all else where rows are few, and evaluating them where they are many.
    """

    def short(line: re.Match[str]) -> str:
        indent, macro, column, unit, name, comma = line.groups(default="")
        if not (kind := _type_of_macro(macro)):
            return line[0]
        if column in empty:
            return f"{indent}null::{kind} as {name}{comma}"
        if column in plain and macro in _PLAIN:
            return f"{indent}{_PLAIN[macro][1].format(column, unit)} as {name}{comma}"
        return line[0]

    return _READS_A_COLUMN.sub(short, sql)


def _macro_of_column(sql: str) -> dict[str, str]:
    """The macro that reads each source column; of several one that has a short form."""
    read = [(line[3], line[2]) for line in _READS_A_COLUMN.finditer(sql) if _type_of_macro(line[2])]
    return dict(sorted(read, key=lambda pair: pair[1] in _PLAIN))


def _type_of_macro(name: str) -> str | None:
    return "varchar" if name in _TEXTS else _TYPES.get(name)


def _expressions(feed: Feed) -> list[str]:
    columns = [sql for name, column in feed.columns.items() for sql in _of_column(name, column, feed)]
    stated = [_of_stated(name) for name in feed.stated_names]
    place = [name for name in PLACE if name != "uscc_state" or "uscc" in feed.columns]
    return [*columns, *stated, *place]


def _of_column(name: str, column: Column, feed: Feed) -> Iterator[str]:
    if column.type == "money":
        unit = f"'{column.unit}'" if column.unit else "money_unit"
        yield f"fen({name}, {unit}) as {name}_fen"
    elif column.type == "number" and column.unit == "%":
        yield f"{'parse_stated_percent' if column.always_percent else 'parse_percent'}({name}) as {name}"
    elif column.type == "month":
        yield f"{_month(name, column)} as {name}"
    elif column.type == "amount":
        words = f"amount_in_words({name}, '')"
        yield f"case when {words}.kind = 'exact' then {words}.low end as {name}_cents"
        yield f"{words}.low as {name}_low_cents"
        yield f"{words}.high as {name}_high_cents"
        yield f"{words}.currency as {name}_currency"
    elif column.type in _TYPED:
        yield f"{_TYPED[column.type]}({name}) as {name}"
    elif column.type == "code":
        yield f"{_cleaned(name, feed)} as {name}"
    else:
        yield name
    if name in _NAMES:
        yield f"name_norm({name}) as {name}_norm"


def _cleaned(name: str, feed: Feed) -> str:
    """SQL of a code as it is checked and compared."""
    if name in _CREDIT_CODES:
        return f"clean_uscc({name})"
    if name == "stock_code":
        return f"clean_stock_code({name}, {'exchange' if 'exchange' in feed.columns else 'null'})"
    return f"clean_code({name})"


def _month(name: str, column: Column) -> str:
    """SQL of a month; also without its year, or as a span, where the feed declares what that means."""
    readings = [f"parse_month({name})", f"month_of_span({name})"]
    if column.cumulative:
        readings.append(f"month_from_january({name})")
    if column.year_from:
        readings.append(f"month_in_year_of({name}, {column.year_from})")
    return f"coalesce({', '.join(readings)})"


def _of_stated(name: str) -> str:
    """A value that a file states about itself, typed by the ending of its name."""
    if name == "as_of" or name.endswith("_on"):
        return f"parse_date({name}) as {name}"
    if name.endswith("_year"):
        return f"parse_year({name}) as {name}"
    return f"parse_count({name}) as {name}" if name.endswith("_count") else name


def indicators(feeds: Iterable[Feed]) -> list[dict[str, Any]]:
    """The figures of forms that are flows, stocks or means, with code and unit as in the form."""
    return [
        {
            "feed": feed.name,
            "indicator": name,
            "code": column.code,
            "unit": column.unit or feed.money_unit or "",
            "is_money": column.type == "money",
            "kind": column.kind,
            "zh": column.headings[0],
        }
        for feed in feeds
        for name, column in feed.columns.items()
        if column.kind
    ]
