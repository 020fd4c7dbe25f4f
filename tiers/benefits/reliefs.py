"""Tax reliefs tied to designations, and the income tax of a year in fen; rates and limits in ``reliefs.yml``."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from tiers.benefits.schema import Benefits, Relief
from tiers.schema.ladder import ladder
from tiers.schema.literal import Literal
from tiers.yaml_file import YamlFile

FEN = 100
"""Fen to the yuan."""
GENERAL_RD = "general"
"""The R&D share of a firm without any status."""


@lru_cache
def benefits() -> Benefits:
    """The content of ``reliefs.yml``; ``DefinitionError`` with file and line where it is invalid."""
    file = YamlFile(Path(__file__).with_suffix(".yml"))
    content = file.validated(Benefits, file.content, ())
    for number, relief in enumerate(content.reliefs):
        for designation in relief.of:
            if designation not in ladder():
                raise file.error(("reliefs", number, "of"), f"no designation is called {designation}")
        if (relief.how == "super_deduction") != (relief.rd_kind in content.rd_extra):
            raise file.error(("reliefs", number), "a super_deduction, and nothing else, names its rd_kind of rd_extra")
    if content.income_tax.reduced.designation not in ladder():
        raise file.error(("income_tax", "reduced", "designation"), "no designation is called so")
    return content


def _fen(amount: Literal) -> int:
    return int(amount.amount * FEN)


def reliefs_of(designation: str, day: date) -> list[Relief]:
    """The reliefs that tax law ties to holding a designation on a day."""
    return [
        relief
        for relief in benefits().reliefs
        if designation in relief.of and relief.from_ <= day and (relief.to is None or day <= relief.to)
    ]


def standard_rate() -> Fraction:
    """The income-tax rate of a firm without status; 企业所得税法 第四条."""
    return benefits().income_tax.standard


def reduced_rate() -> Fraction:
    """The income-tax rate of the designation that lowers it; 企业所得税法 第二十八条."""
    return benefits().income_tax.reduced.percent


def has_reduced_rate(designation: str) -> bool:
    """Whether holding the designation lowers the income-tax rate."""
    return designation == benefits().income_tax.reduced.designation


def rd_extra_rate(kind: str, day: date) -> Fraction:
    """The share of R&D spent on a day that is deducted on top; ``kind`` is a key of ``rd_extra``."""
    return [share for share in benefits().rd_extra[kind] if share.from_ <= day][-1].percent


def rd_extra_deduction(kind: str, year: int, rd_fen: int, operating_months: int = 12) -> Fraction:
    """The extra deduction of a year, its R&D spread evenly over the months in operation (公告2022年第28号 二)."""
    months = range(13 - operating_months, 13)
    share = sum((rd_extra_rate(kind, date(year, month, 1)) for month in months), Fraction(0)) / operating_months
    return share * rd_fen


def last_year_for_loss(loss_year: int, status_years: Collection[int]) -> int:
    """The last year that may use a loss; later where a following year has the status; 财税〔2018〕76号 一."""
    rule = benefits().loss_years
    extends = any(year >= rule.counts_from and 0 < year - loss_year <= rule.back_years for year in status_years)
    return loss_year + (rule.extended if extends else rule.usual)


@dataclass(frozen=True)
class Tax:
    """The income tax of a year in fen and its rate: ``standard``, ``small``, or the designation that lowers it.

    ``is_complete`` is false for years whose relief for small firms is not in ``reliefs.yml``.
    """

    choice: str
    fen: Fraction
    is_complete: bool = True


def income_tax(
    year: int, income_fen: int, staff: Fraction | int, assets_fen: int, is_certified: bool, is_restricted: bool = False
) -> Tax:
    """The least of what a firm may choose between; reliefs do not stack (企业所得税法 第二十八条).

    Staff and assets are means of quarters. ``is_certified``: holds the designation with the reduced rate;
    ``is_restricted``: of an industry without relief for small firms.
    """
    rates = benefits().income_tax
    choices = [Tax("standard", income_fen * rates.standard)]
    if is_certified:
        choices.append(Tax(rates.reduced.designation, income_fen * rates.reduced.percent))
    small = None if is_restricted else small_firm_tax(year, income_fen, staff, assets_fen)
    if small is not None:
        choices.append(Tax("small", small))
    least = min(choices, key=lambda tax: tax.fen)
    return replace(least, is_complete=year >= benefits().small_firm.years[0].from_)


def small_firm_tax(year: int, income_fen: Fraction | int, staff: Fraction | int, assets_fen: int) -> Fraction | None:
    """The income tax of a small low-profit firm; None for a firm or year that the relief does not reach."""
    rule = benefits().small_firm
    years = [version for version in rule.years if version.from_ <= year]
    is_small = (
        income_fen <= _fen(rule.limits.income)
        and staff <= rule.limits.staff.amount
        and assets_fen <= _fen(rule.limits.assets)
    )
    if not is_small or not years or year > rule.last_year:
        return None
    tax, below = Fraction(0), 0
    for band in years[-1].bands:
        upper = _fen(band.up_to)
        tax += max(0, min(income_fen, upper) - below) * band.percent
        below = upper
    return tax


def income_tax_with_transfer(income_fen: int, transfer_fen: int, is_certified: bool) -> Fraction:
    """Income tax in fen where ``transfer_fen`` of the income is from transferring technology; 条例 第九十条."""
    rule = benefits().tech_transfer
    rate = reduced_rate() if is_certified else standard_rate()
    taxed = max(0, transfer_fen - _fen(rule.exempt))
    return (income_fen - transfer_fen) * rate + taxed * rule.percent
