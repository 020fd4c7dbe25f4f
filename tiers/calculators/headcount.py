"""Head-counts as yearly means, and which persons they count; technology SMEs by quarters, high-tech firms by months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from tiers.calculators import TERMS
from tiers.errors import FactsError
from tiers.result import Result, derived, unknown

Count = Fraction | int | None
Kind = Literal["regular", "part_time", "temporary"]
KINDS: dict[str, Kind] = {"在职": "regular", "兼职": "part_time", "临时聘用": "temporary"}
QUARTERS, MONTHS = 4, 12


def mean_of_quarters(starts: Sequence[Count], ends: Sequence[Count], year: int) -> Result[Fraction]:
    """Staff of a technology SME: of each quarter half of start and end, of the year the mean (指标说明, 季平均数)."""
    return _mean(starts, ends, QUARTERS, year)


def mean_of_months(starts: Sequence[Count], ends: Sequence[Count], year: int) -> Result[Fraction]:
    """Staff of a high-tech enterprise: of each month half of start and end, of the year the mean; 195号 三（五）."""
    return _mean(starts, ends, MONTHS, year)


def _mean(starts: Sequence[Count], ends: Sequence[Count], periods: int, year: int) -> Result[Fraction]:
    """Over the periods given: fewer than a year's are those in operation, which is one reading of the text."""
    if len(starts) != len(ends) or not 0 < len(starts) <= periods:
        raise FactsError(
            f"期初、期末人数须各有 1 至 {periods} 个",
            f"write 1 to {periods} counts of the start and as many of the end",
        )
    counts: list[Fraction] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        if start is None or end is None:
            return unknown(f"{number}/{periods}")
        if start < 0 or end < 0:
            raise FactsError(f"人数不能为负：{start}, {end}", f"a head-count cannot be negative: {start}, {end}")
        counts.append(Fraction(start + end) / 2)
    mean = sum(counts, Fraction(0)) / len(counts)
    is_part = len(counts) < periods
    return derived(mean, *([TERMS.require("part_of_a_year", date(year, 12, 31))] if is_part else []))


@dataclass(frozen=True)
class Counting:
    """Whether a person counts among all staff, and whether among those who do or serve R&D."""

    in_total: bool
    may_be_tech_staff: bool


def person_by_days(kind: Kind, days_worked: int | None, year: int) -> Result[Counting]:
    """Who counts for a high-tech enterprise: regular staff in the total anyway, others and technical staff by days."""
    total, tech = (TERMS.require(name, date(year, 12, 31)) for name in ("days_of_staff", "days_of_tech_staff"))
    if days_worked is None:
        return unknown("days_worked")
    enough = {version: kind not in version.of or version.holds(days_worked) for version in (total, tech)}
    return derived(Counting(enough[total], enough[tech]), total, tech)


def person_by_months(kind: Kind, months_worked: int | Fraction | None, year: int) -> Result[Counting]:
    """Who counts for a technology SME: regular staff; part-time and temporary staff by months worked in the year."""
    rule = TERMS.require("sme_days_of_staff", date(year, 12, 31))
    if kind not in rule.of:
        return derived(Counting(True, True), rule)
    if months_worked is None:
        return unknown("months_worked")
    enough = rule.holds(months_worked)
    return derived(Counting(enough, enough), rule)
