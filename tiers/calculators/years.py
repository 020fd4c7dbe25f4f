"""The years and days an application looks back on; 195号 三（一）."""

from dataclasses import dataclass
from datetime import date, timedelta

from tiers.calculators import TERMS
from tiers.result import Result, derived
from tiers.schema.strict import Words


@dataclass(frozen=True)
class ReferenceYears:
    """The accounting years that count, and the days that are “within a year before applying”."""

    recent_year: int | None
    years: tuple[int, ...]
    first_day: date
    last_day: date


def reference_years(applied_on: date, established_on: date | None = None) -> Result[ReferenceYears]:
    """The years before that of the application, as far as the firm existed; the year of applying never counts.

    Contested where the first year is not a full one: no rule makes a full year of it.
    """
    rule, window = (TERMS.require(name, applied_on) for name in ("reference_years", "days_before_application"))
    last = applied_on.year - 1
    first = last + 1 - int(rule.number)
    born = established_on.year if established_on else first
    years = tuple(range(max(first, born), last + 1))
    reference = ReferenceYears(
        years[-1] if years else None,
        years,
        applied_on - timedelta(days=int(window.number)),
        applied_on - timedelta(days=1),
    )
    is_part = established_on is not None and established_on.year in years and established_on > date(born, 1, 1)
    note = Words(zh=f"{born} 年不是完整年度，按账面数计", en=f"{born} is not a whole year; taken as booked")
    return derived(reference, rule, window, reasons=[note] if is_part else [])
