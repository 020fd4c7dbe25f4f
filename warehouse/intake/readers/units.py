"""The money unit of a table: of the form, else of the unit row, the heading, or a line above; nothing is guessed."""

import re
from collections.abc import Iterable, Mapping

from warehouse.errors import BadInput
from warehouse.intake.feed import Feed, unit_of

MONEY_UNITS = ("元", "千元", "万元", "亿元")
_UNIT_LINE = re.compile(r"(?:金额)?单位[:：]\s*(?:人民币)?\s*(元|千元|万元|亿元)")
_UNIT_WORD = re.compile(r"^(元|千元|万元|亿元|人|件|项|家|个|次|篇|条|年|月|日|吨标准煤|平方米|㎡|m2|%|-|—|/)$")


def is_unit_row(texts: Iterable[str]) -> bool:
    """Whether a row below the head holds nothing but units."""
    return all(_UNIT_WORD.match(text) for text in texts)


def money_unit(
    feed: Feed, columns: Mapping[str, str], heads: Mapping[str, str], units: Mapping[str, str], above: str, where: str
) -> str | None:
    """The one unit of the money columns whose unit the form leaves open; a form's own unit must not be contradicted.

    ``columns`` are our names by grid column, ``heads`` and ``units`` the texts there, ``above`` the lines on top.
    """
    line = _UNIT_LINE.search(above)
    found: set[str] = set()
    for at, name in columns.items():
        column = feed.columns[name]
        if column.type != "money":
            continue
        stated = units.get(at) or unit_of(heads.get(at, "")) or (line[1] if line and not column.unit else None)
        fixed = column.unit or (feed.money_unit if feed.money_unit != "stated" else None)
        _require_unit(stated, fixed, heads[at], where)
        if not column.unit:
            found.add(fixed or str(stated))
    if len(found) > 1:
        raise BadInput(
            f"{where}: 同一张表有不同的金额单位 {'、'.join(sorted(found))}；请统一后重交",
            f"{where}: one table has different money units {', '.join(sorted(found))}; make them one",
        )
    return found.pop() if found else (feed.money_unit if feed.money_unit != "stated" else None)


def _require_unit(stated: str | None, fixed: str | None, heading: str, where: str) -> None:
    """A unit is stated where the form leaves it open, and is the form's own where it does not."""
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
