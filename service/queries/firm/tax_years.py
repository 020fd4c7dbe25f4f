"""What delivered settlements mean: rate, deduction, credit and tax of each year, and how long losses last."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from service.queries.files.delivered import rows_of
from service.queries.release.provenance import own_sources
from service.queries.rules.stated_values import reliability
from tiers.benefits.reliefs import (
    FEN,
    GENERAL_RD,
    has_reduced_rate,
    income_tax,
    income_tax_with_transfer,
    last_year_for_loss,
    rd_extra_deduction,
    rd_extra_rate,
    standard_rate,
)
from tiers.calculators.manufacturing import has_vat_extra_credit, is_manufacturer_for_rd
from tiers.certificates import entry, numbers, validity
from tiers.certificates.validity import Certificate
from warehouse.release.releases import Reader
from warehouse.rows import Row

MONTHS = range(1, 13)


def settled_years(published: Reader, firm_id: str) -> list[Row]:
    """The delivered tax years of a firm, the earliest first."""
    return rows_of(published, "desk_firm__tax", firm_id, "year")


def settled_year(published: Reader, firm_id: str, year: int) -> Row | None:
    """The delivered settlement of one year."""
    return next((row for row in settled_years(published, firm_id) if row["year"] == year), None)


def tax_years(years: Iterable[Mapping[str, Any]], titles: Sequence[Mapping[str, Any]], day: date) -> list[Row]:
    """One row a delivered year: amounts in yuan, rates as fractions of one.

    ``titles`` are all that the firm was granted; by them alone a year has the reduced rate.
    """
    return [_tax_year(row, titles, day) for row in years]


def _tax_year(row: Mapping[str, Any], titles: Sequence[Mapping[str, Any]], day: date) -> Row:
    year = row["year"]
    rate = certified_rate(titles, year, day)
    is_certified = None if rate is None else rate["is_reduced"]
    return {
        "year": year,
        "certificate": rate,
        "income_tax": _income_tax(row, bool(is_certified)),
        "rd": _rd(row),
        "is_manufacturer_for_rd": _answer(is_manufacturer_for_rd(_share(row["manufacturing_share_pct"]), year)),
        "has_vat_extra_credit": _answer(
            has_vat_extra_credit(date(year, 12, 31), is_certified, _share(row["vat_share_pct"]), row["is_on_vat_list"])
        ),
        **own_sources(row),
    }


def _share(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent) / 100


def _answer(result: Any) -> Row:
    return {"value": result.value, **reliability(result)}


def certified_rate(titles: Iterable[Mapping[str, Any]], year: int, day: date) -> Row | None:
    """The rate that the certificates of a firm give a tax year: prepaid, settled, whether tax is made up.

    None where no certificate reaches the year. In the year in which one ends, a new one of that year decides; once the
    year is over without one, the full rate does.
    """
    issued = sorted({title["valid_from"] for title in titles if has_reduced_rate(title["designation"])})
    reaching = [granted for granted in issued if granted.year <= year <= Certificate(granted).last_day.year]
    if not reaching:
        return None
    first = Certificate(reaching[0])
    is_again = True if any(granted > first.issued_on for granted in reaching) else False if day.year > year else None
    result = validity.in_tax_year(first, year, is_again)
    if result.value is None:
        return None
    prepaid, settled = result.value.prepaid, result.value.settled
    return {
        "prepaid": float(prepaid),
        "settled": None if settled is None else float(settled),
        "is_reduced": prepaid < standard_rate() if settled is None else settled < standard_rate(),
        "tops_up": None if settled is None else settled > prepaid,
        **reliability(result),
    }


def _income_tax(row: Mapping[str, Any], is_certified: bool) -> Row | None:
    """The least tax, and whether the firm chose the relief that gives it; None without the figures."""
    income, staff, assets = row["taxable_income_fen"], row["staff_mean"], row["assets_mean_fen"]
    if income is None:
        return None
    if row["transfer_income_fen"]:
        tax = income_tax_with_transfer(income, row["transfer_income_fen"], is_certified)
        return {"tax": float(tax / FEN), "choice": None, "chosen": row["relief"], "is_best": None}
    if staff is None or assets is None:
        return None
    least = income_tax(row["year"], income, Fraction(staff), assets, is_certified, bool(row["is_restricted"]))
    chosen = row["relief"]
    return {
        "tax": float(least.fen / FEN),
        "choice": least.choice,
        "chosen": chosen,
        "is_best": None if chosen in (None, "unknown") else chosen == least.choice,
    }


def _rd(row: Mapping[str, Any]) -> Row | None:
    """The super-deduction of the firm's kind: its shares by month, the amount; general if not stated."""
    if row["rd_tax_fen"] is None and row["rd_kind"] is None:
        return None
    kind, year = row["rd_kind"] or GENERAL_RD, row["year"]
    shares = [(month, rd_extra_rate(kind, date(year, month, 1))) for month in MONTHS]
    changes = [pair for before, pair in zip([(0, None), *shares], shares, strict=False) if before[1] != pair[1]]
    spent, months = row["rd_tax_fen"], row["operating_months"] or len(MONTHS)
    return {
        "kind": kind,
        "is_kind_stated": row["rd_kind"] is not None,
        "rates": [{"from_month": month, "percent": float(percent * 100)} for month, percent in changes],
        "extra": None if spent is None else float(rd_extra_deduction(kind, year, spent, months) / FEN),
    }


def losses(years: Iterable[Mapping[str, Any]], titles: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Each delivered loss in yuan and the last year that may use it, by the years with the status."""
    delivered = list(years)
    status_years = sorted(
        {year for title in titles for year in _status_years(title)}
        | {row["year"] for row in delivered if row["loss_designation"] is not None}
    )
    return [
        {
            "year": row["year"],
            "loss": row["annual_loss_fen"] / FEN,
            "last_usable_year": last_year_for_loss(row["year"], status_years),
            "status_years": status_years,
            **own_sources(row),
        }
        for row in delivered
        if row["annual_loss_fen"]
    ]


def _status_years(title: Mapping[str, Any]) -> tuple[int, ...]:
    """The years with the status for losses: of a certificate those of its validity, of an entry that of its number."""
    if has_reduced_rate(title["designation"]):
        return validity.loss_years(Certificate(title["valid_from"])).value or ()
    number = numbers.read_entry(title["certificate_no"] or "")
    return (entry.status_year(number),) if number else ()
