"""A technology-SME entry: on which days it counts, by both readings, and for which tax years."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tiers.certificates import TERMS
from tiers.certificates.numbers import Number
from tiers.result import Result, derived

Marker = Literal["0", "A", "B"]


@dataclass(frozen=True)
class Counts:
    """Whether an entry counts on a day: to the end of its year, and by the other reading to March of the next."""

    to_year_end: bool
    to_next_march: bool


def counts_on(announced_on: date, day: date) -> Result[Counts]:
    """Both readings of how long an entry counts; contested on the days on which they differ."""
    usual, other = (TERMS.require(name, announced_on) for name in ("sme_entry_until", "sme_entry_until_otherwise"))
    counts = Counts(
        announced_on <= day <= usual.last_day(announced_on.year),
        announced_on <= day <= other.last_day(announced_on.year + 1),
    )
    status: Literal["derived", "contested"] = "derived" if counts.to_year_end == counts.to_next_march else "contested"
    return Result(counts, status, (usual, other))


def marker_of(founded_on: date, evaluated_on: date, entry_year: int) -> Result[Marker]:
    """The eleventh character: B founded in the entry year, else 0 up to the day of ``sme_marker_by``, A after it."""
    rule = TERMS.require("sme_marker_by", evaluated_on)
    if founded_on.year >= entry_year:
        return derived("B", rule)
    return derived("0" if evaluated_on <= rule.last_day(entry_year) else "A", rule)


def counts_for_last_year(number: Number) -> Result[bool]:
    """Whether a number may be used in the settlement of the year before its own."""
    rule = TERMS.require("sme_marker_for_last_year", date(number.year, 12, 31))
    return derived(number.marker in rule.of, rule)


@dataclass(frozen=True)
class Supports:
    """Whether a number supports the SME share of the super-deduction of a tax year, by either reading."""

    by_next_years_number: bool
    by_own_number: bool
    is_moot: bool  # every firm has that share in that year


def supports_super_deduction(number: Number, tax_year: int) -> Result[Supports]:
    """A 0 number of the next year; in 2022, by the other reading, the number of the year itself."""
    rule = TERMS.require("sme_marker_for_last_year", date(number.year, 12, 31))
    own = TERMS.on("sme_entry_for_its_own_year", date(tax_year, 12, 31))
    universal = TERMS.on("sme_rate_is_universal", date(tax_year, 12, 31))
    supports = Supports(
        number.year == tax_year + 1 and number.marker in rule.of,
        own is not None and number.year == tax_year,
        universal is not None,
    )
    if own is not None and supports.by_next_years_number != supports.by_own_number:
        return derived(supports, rule, own)
    return derived(supports, rule, *([universal] if universal else []))


def status_year(number: Number) -> int:
    """The year with the status when a loss is carried forward: the one in the number; 公告2018年第45号."""
    return number.year


def may_file_from(revoked_in: int, is_fraud: bool) -> Result[int]:
    """The first year in which a firm may be evaluated again after its number was revoked."""
    end = date(revoked_in, 12, 31)
    rule = (TERMS.on("sme_after_fraud", end) if is_fraud else None) or TERMS.require("sme_after_revoking", end)
    return derived(revoked_in + int(rule.number), rule)
