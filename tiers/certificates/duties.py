"""Deadlines of a certificate or side-track title against what was filed, and what follows when one is missed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tiers.calendar import months_after, years_after
from tiers.certificates import TERMS
from tiers.certificates.validity import Certificate
from tiers.result import Result, derived, unknown
from tiers.schema.strict import Words
from tiers.schema.terms import Version

State = Literal["done", "late", "missed", "open"]
"""``missed``: the day has gone by and nothing came; ``open``: the day is still to come."""


@dataclass(frozen=True)
class Duty:
    """Something owed by a day."""

    name: str
    due_on: date
    done_on: date | None
    state: State


def _duty(name: str, due_on: date, done_on: date | None, day: date) -> Duty:
    if done_on is not None and done_on <= day:
        return Duty(name, due_on, done_on, "done" if done_on <= due_on else "late")
    return Duty(name, due_on, None, "open" if day <= due_on else "missed")


def annual_reports(certificate: Certificate, filed: Mapping[int, date], day: date) -> Result[tuple[Duty, ...]]:
    """The yearly reports of one validity; ``filed`` maps the year reported on to the day of filing."""
    rule = TERMS.require("report_due", certificate.issued_on)
    years = range(certificate.issued_on.year, certificate.last_day.year + 1)
    due = [rule.last_day(year) for year in years]
    owed = [due_on for due_on in due if certificate.issued_on <= due_on <= certificate.last_day]
    return derived(tuple(_duty("annual_report", due_on, filed.get(due_on.year - 1), day) for due_on in owed), rule)


def loses_by_missed_reports(missed_years: Collection[int], day: date) -> Result[bool]:
    """Whether the reports missed within one validity, not necessarily in a row, are a ground for losing it."""
    rule = TERMS.require("missed_reports", day)
    return derived(rule.holds(len(set(missed_years))), rule)


@dataclass(frozen=True)
class Consequence:
    """What follows for a certificate; ``year``: the first year for which it is cancelled."""

    name: str
    year: int | None = None

    @property
    def words(self) -> Words:
        """In both languages."""
        return CONSEQUENCES[self.name]


CONSEQUENCES = {
    "new_certificate_same_number_same_expiry": Words(
        zh="换发证书，编号和有效期不变", en="a new certificate with the same number and the same last day"
    ),
    "cancelled_from_year": Words(zh="自该年度起取消资格", en="cancelled from that year on"),
    "may_be_cancelled": Words(
        zh="未按期报告重大变化，可被取消资格", en="a major change was not reported in time: a ground for cancelling"
    ),
    "keeps_qualification": Words(zh="资格继续有效", en="the qualification goes on"),
    "new_region_must_recognise_again": Words(
        zh="由迁入地认定机构重新认定", en="the body of the new region has to recognise it again"
    ),
}


def renamed(changed_on: date, reported_on: date | None, still_meets: bool | None, day: date) -> Result[Consequence]:
    """After a new name, merger or other business: kept if reported in time and still fit; 32号 第十七、十九条."""
    rule = TERMS.require("change_months", changed_on)
    if still_meets is False:
        return derived(Consequence("cancelled_from_year", changed_on.year), rule)
    if _duty("change_report", _change_due(rule, changed_on), reported_on, day).state in ("late", "missed"):
        return Result(
            Consequence("may_be_cancelled", changed_on.year),
            "review",
            (rule, TERMS.require("cancelling", changed_on)),
            (CONSEQUENCES["may_be_cancelled"],),
        )
    if still_meets is None:
        return unknown("still_meets")
    return derived(Consequence("new_certificate_same_number_same_expiry"), rule)


def _change_due(rule: Version, changed_on: date) -> date:
    return months_after(changed_on, int(rule.number))


def change_report(changed_on: date, reported_on: date | None, day: date) -> Result[Duty]:
    """The report on a change: within three months; 32号 第十七条."""
    rule = TERMS.require("change_months", changed_on)
    return derived(_duty("change_report", _change_due(rule, changed_on), reported_on, day), rule)


def relocated(certificate: Certificate, is_whole: bool, completed_on: date | None) -> Result[Consequence]:
    """After moving to another body's region; the text speaks of a whole move completed within the validity."""
    rule = TERMS.require("relocation", certificate.last_day)
    if not is_whole:
        return derived(Consequence("new_region_must_recognise_again"), rule)
    if completed_on is None:
        return unknown("completed_on")
    if completed_on <= certificate.last_day:
        return derived(Consequence("keeps_qualification"), rule)
    late = Words(
        zh="整体迁移未在有效期内完成，条文未作规定",
        en="moved as a whole after the validity: the text says nothing",
    )
    return derived(Consequence("new_region_must_recognise_again"), rule, reasons=[late])


def may_apply(applied_on: date, certificate: Certificate | None) -> Result[bool]:
    """Whether an application may be made: not in the year of a cancelling, not before the year in which one ends."""
    if certificate is None:
        return derived(True)
    if certificate.cancelled:
        rule = TERMS.require("years_after_cancelling", certificate.cancelled.decided_on)
        return derived(applied_on.year >= certificate.cancelled.decided_on.year + int(rule.number), rule)
    return derived(applied_on.year >= certificate.last_day.year, TERMS.require("applying_again", applied_on))


@dataclass(frozen=True)
class Review:
    """A title of the side track: whether its years are used up, and which yearly updates came late or not at all."""

    status: Literal["valid", "review_due"]
    review_by: date
    late: tuple[date, ...]
    missing: tuple[date, ...]


def review(recognised_on: date, updates: Collection[date], day: date) -> Result[Review]:
    """A specialised SME or little giant on a day: reviewed once its years are used up, updated by a day of each year.

    An update counts for the year in which it was made. ``late`` names the updates, ``missing`` the days gone by.
    """
    term = TERMS.require("review_years", recognised_on)
    review_by = years_after(recognised_on, int(term.number))
    rule = TERMS.require("update_due", max(recognised_on, day))
    due = [rule.last_day(year) for year in range(recognised_on.year, day.year + 1)]
    owed = [due_on for due_on in due if max(recognised_on, rule.from_) <= due_on < day]
    made = {due_on: sorted(on for on in updates if on.year == due_on.year and on <= day) for due_on in owed}
    late = tuple(dates[0] for due_on, dates in made.items() if dates and dates[0] > due_on)
    missing = tuple(due_on for due_on, dates in made.items() if not dates)
    return derived(Review("review_due" if day >= review_by else "valid", review_by, late, missing), term, rule)
