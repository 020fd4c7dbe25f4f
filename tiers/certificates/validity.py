"""A high-tech certificate: its status on a day and, apart from that, in a tax year; 32号 cancels from a year."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from tiers.benefits.reliefs import reduced_rate, standard_rate
from tiers.calendar import years_after
from tiers.certificates import TERMS
from tiers.result import Result, derived
from tiers.schema.strict import Words

Standing = Literal["not_yet", "valid", "expired", "cancelled"]


@dataclass(frozen=True)
class Cancelled:
    """A cancellation: decided on a day, with effect from a whole year."""

    from_year: int
    decided_on: date


@dataclass(frozen=True)
class Certificate:
    """What is printed: the day of issue; and the cancellation, if there was one."""

    issued_on: date
    cancelled: Cancelled | None = None

    @property
    def last_day(self) -> date:
        """The last day of its printed validity, itself included."""
        return years_after(self.issued_on, int(TERMS.require("certificate_years", self.issued_on).number))

    def is_cancelled_in(self, year: int) -> bool:
        """Whether a cancellation reaches that tax year."""
        return self.cancelled is not None and year >= self.cancelled.from_year


def on_day(certificate: Certificate, day: date) -> Result[Standing]:
    """The status that day; contested where a later cancellation reaches back over it."""
    term = TERMS.require("certificate_years", certificate.issued_on)
    if day < certificate.issued_on:
        return derived("not_yet", term)
    cancelled = certificate.cancelled
    if cancelled and day.year >= cancelled.from_year:
        rule = TERMS.require("cancelling", cancelled.decided_on)
        if day >= cancelled.decided_on:
            return derived("cancelled", rule)
        later = Words(
            zh=f"{cancelled.decided_on} 被取消，追溯自 {cancelled.from_year} 年度；该日当时仍有效",
            en=f"cancelled on {cancelled.decided_on} with effect from {cancelled.from_year};"
            " on that day it still stood",
        )
        standing: Standing = "valid" if day <= certificate.last_day else "expired"
        return derived(standing, term, rule, reasons=[later])
    return derived("valid" if day <= certificate.last_day else "expired", term)


@dataclass(frozen=True)
class TaxYear:
    """A certificate in one tax year: rate prepaid, rate settled (None: not yet known), and its use for losses."""

    prepaid: Fraction
    settled: Fraction | None
    is_provisional: bool
    counts_for_losses: bool


def in_tax_year(certificate: Certificate, year: int, is_certified_again: bool | None = None) -> Result[TaxYear]:
    """The reduced rate from the whole year of issue; in the year it ends in advance, for good only if certified again.

    For losses the years of the printed validity count, which includes the year it ends: contested.
    """
    full, reduced = standard_rate(), reduced_rate()
    rule = TERMS.require("years_at_reduced_rate", certificate.issued_on)
    if certificate.is_cancelled_in(year):
        return derived(TaxYear(full, full, False, False), TERMS.require("cancelling", date(year, 12, 31)))
    number, ends = year - certificate.issued_on.year, certificate.last_day.year
    losses = TERMS.on("loss_years", date(year, 12, 31))
    counts = losses is not None and number >= 0 and year <= ends
    if 0 <= number < rule.number:
        return derived(TaxYear(reduced, reduced, False, counts), rule)
    if year != ends:
        return derived(TaxYear(full, full, False, False), rule)
    settled = None if is_certified_again is None else reduced if is_certified_again else full
    last_year = TaxYear(reduced, settled, True, counts)
    return derived(last_year, *([rule, losses] if losses else [rule]))


def loss_years(certificate: Certificate) -> Result[tuple[int, ...]]:
    """The tax years that count as years with the status when a loss is carried forward; 公告2018年第45号."""
    years = range(certificate.issued_on.year, certificate.last_day.year + 1)
    tax_years = {year: in_tax_year(certificate, year).value for year in years}
    counting = tuple(year for year, tax_year in tax_years.items() if tax_year and tax_year.counts_for_losses)
    rule = TERMS.on("loss_years", date(certificate.last_day.year, 12, 31)) or TERMS.first("loss_years")
    return derived(counting, rule) if certificate.last_day.year in counting else Result(counting, "derived", (rule,))
