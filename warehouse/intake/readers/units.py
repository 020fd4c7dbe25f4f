"""The money unit of a table: from the feed, the unit row, the heading or a line above; never guessed."""

import re
from collections.abc import Iterable, Mapping

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, unit_of

MONEY_UNITS = ("元", "千元", "万元", "亿元")
_UNIT_LINE = re.compile(r"(?:金额)?单位[:：]\s*(?:人民币)?\s*(元|千元|万元|亿元)")
_UNIT_WORD = re.compile(r"^(元|千元|万元|亿元|人|件|项|家|个|次|篇|条|年|月|日|吨标准煤|平方米|㎡|m2|%|-|—|/)$")


def is_unit_row(texts: Iterable[str]) -> bool:
    """Whether a row below the header contains only units."""
    return all(_UNIT_WORD.match(text) for text in texts)


def money_unit(
    feed: Feed, columns: Mapping[str, str], heads: Mapping[str, str], units: Mapping[str, str], above: str, where: str
) -> str | None:
    """The common unit of the money columns without a unit of their own; contradictions with the feed are refused.

    ``columns`` are our names by grid column, ``heads`` and ``units`` the texts there, ``above`` the lines above.
    """
    line = _UNIT_LINE.search(above)
    stated_units: set[str] = set()
    for at, name in columns.items():
        column = feed.columns[name]
        if column.type != "money":
            continue
        stated = units.get(at) or unit_of(heads.get(at, "")) or (line[1] if line and not column.unit else None)
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


def _require_unit(stated: str | None, fixed: str | None, heading: str, where: str) -> None:
    """Refuse a stated unit that differs from the feed's ``fixed`` unit, and a missing one where the feed has none."""
    if fixed and stated not in (None, fixed):
        raise BadInput(
            f"{where}: 列“{heading}”注明单位 {stated}，而该报表规定为 {fixed}；请核实后重交",
            f"{where}: the column {heading!r} states {stated} where the form says {fixed}; look and deliver it again",
        )
    if not fixed and stated not in MONEY_UNITS:
        raise BadInput(
            f"{where}: 列“{heading}”没有注明金额单位；请在表头写明，如（千元），或在表上方写“单位：千元”",
            f"{where}: the column {heading!r} states no unit; write it in the heading, as in （千元）, "
            "or above the table, as in 单位：千元",
        )
