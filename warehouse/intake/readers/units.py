"""The money unit of a table: from the feed, the unit row, the heading or a line above; never guessed."""

from collections.abc import Iterable, Mapping

import polars as pl

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, unit_of
from warehouse.intake.unit_words import YUAN, is_unit, money_unit_of, units_in_lines


def is_unit_row(texts: Iterable[str]) -> bool:
    """Whether a row below the header contains only units."""
    return all(is_unit(text) for text in texts)


def line_unit(above: str, where: str) -> str | None:
    """The unit of money in the lines above a table; contradicting ones are refused."""
    units = units_in_lines(above)
    if len(units) > 1:
        listed = "、".join(sorted(units))
        raise BadInput(
            f"{where}: 表上方写了不同的金额单位 {listed}；请只留一个",
            f"{where}: the lines above the table state different units of money, {listed}; leave one of them",
        )
    return next(iter(units), None)


_NO_UNIT = "[^A-Za-z十百千万亿元圆块()（）]*"
_WITHOUT_UNIT = rf"^(?:(?:USD|RMB|CNY|HKD|EUR|US\$|HK\$)?{_NO_UNIT}\d{_NO_UNIT}|[-+]?[\d.,]+[eE][+-]?\d+)$"
"""Figures, bounds and ranges that name no unit of their own: 5000, 约300, 1000-2000, ¥500, 1.2E+4."""


def with_unit(cell: pl.Expr, unit: str) -> pl.Expr:
    """A figure without a unit with the stated one in brackets, as the grammar of amounts reads it: 5000（千元）."""
    stated = pl.format("{}（{}）", cell, pl.lit(unit))
    return pl.when(cell.str.contains(_WITHOUT_UNIT)).then(stated).otherwise(cell)


def amount_units(
    feed: Feed, columns: Mapping[str, str], heads: Mapping[str, str], units: Mapping[str, str], above: str, where: str
) -> dict[str, str]:
    """The unit of each column of amounts in words, by our name, from the unit row, the heading or a line above."""
    amounts = [(at, name) for at, name in columns.items() if feed.columns[name].type == "amount"]
    line = line_unit(above, where) if amounts else None
    stated = {
        name: money_unit_of(units.get(at, "")) or money_unit_of(unit_of(heads.get(at, "")) or "") or line
        for at, name in amounts
    }
    return {name: unit for name, unit in stated.items() if unit}


def money_unit(
    feed: Feed, columns: Mapping[str, str], heads: Mapping[str, str], units: Mapping[str, str], above: str, where: str
) -> str | None:
    """The common unit of the money columns without a unit of their own; contradictions with the feed are refused.

    ``columns`` are our names by grid column, ``heads`` and ``units`` the texts there, ``above`` the lines above.
    """
    money = [name for name in columns.values() if feed.columns[name].type == "money"]
    line = line_unit(above, where) if money else None
    stated_units: set[str] = set()
    for at, name in columns.items():
        column = feed.columns[name]
        if column.type != "money":
            continue
        stated = _named(units.get(at)) or unit_of(heads.get(at, "")) or (None if column.unit else line)
        fixed = column.unit or (feed.money_unit if feed.money_unit != "stated" else None)
        _require_unit(stated, fixed, heads[at], where)
        if not column.unit:
            stated_units.add(fixed or str(stated))
    if len(stated_units) > 1:
        raise BadInput(
            f"{where}: 同一张表有不同的金额单位 {'、'.join(sorted(stated_units))}；请统一后重交",
            f"{where}: one table has different money units {', '.join(sorted(stated_units))}; make them one",
        )
    if stated_units:
        return stated_units.pop()
    return feed.money_unit if feed.money_unit != "stated" else None


def _named(unit: str | None) -> str | None:
    """A unit of a unit row, of money by its usual name."""
    return (money_unit_of(unit) or unit) if unit else None


def _require_unit(stated: str | None, fixed: str | None, heading: str, where: str) -> None:
    """Refuse a stated unit that differs from the feed's ``fixed`` unit, and a missing one where the feed has none."""
    if fixed and stated not in (None, fixed):
        raise BadInput(
            f"{where}: 列“{heading}”注明单位 {stated}，而该报表规定为 {fixed}；请核实后重交",
            f"{where}: the column {heading!r} states {stated} where the form says {fixed}; look and deliver it again",
        )
    if not fixed and stated not in YUAN.values():
        raise BadInput(
            f"{where}: 列“{heading}”没有注明金额单位；请在表头写明，如（千元），或在表上方写“单位：千元”",
            f"{where}: the column {heading!r} states no unit; write it in the heading, as in （千元）, "
            "or above the table, as in 单位：千元",
        )
