"""What holding a rung is worth under tax law, exactly and by year; amounts in fen, the assumption is in the names.

Rates are data in ``reliefs.yml`` with their documents; sources are listed there.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from tiers.schema.literal import parse_literal
from tiers.yaml_file import YamlFile


@lru_cache
def _book() -> dict[str, Any]:
    content: dict[str, Any] = YamlFile(Path(__file__).with_suffix(".yml")).content
    return content


def _fen(text: str) -> int:
    return int(parse_literal(text).amount * 100)


def _percent(value: object) -> Fraction:
    return Fraction(str(value)) / 100


def reliefs_of(designation: str, day: date) -> list[dict[str, Any]]:
    """What tax law ties to holding a designation on a day, as ``reliefs.yml`` lists it."""
    return [
        one
        for one in _book()["reliefs"]
        if designation in one["of"] and one["from"] <= day and (one.get("to") is None or day <= one["to"])
    ]


def rate_of(name: str) -> Fraction:
    """An income-tax rate: ``standard``, or that of the designation that lowers it; 企业所得税法 第四、二十八条."""
    return _percent(_book()["income_tax"][name])


def rd_extra_rate(kind: str, day: date) -> Fraction:
    """The share of R&D spent on a day that is deducted on top: general, manufacturing, tech_sme or ic_machine."""
    steps = [step for step in _book()["rd_extra"][kind] if step["from"] <= day]
    return _percent(steps[-1]["percent"])


def rd_extra_deduction(kind: str, year: int, rd_fen: int, operating_months: int = 12) -> Fraction:
    """The extra deduction of a year, its R&D spread evenly over the months in operation (公告2022年第28号 二)."""
    months = range(13 - operating_months, 13)
    share = sum((rd_extra_rate(kind, date(year, month, 1)) for month in months), Fraction(0)) / operating_months
    return share * rd_fen


def last_year_for_loss(loss_year: int, status_years: Collection[int]) -> int:
    """The last year that may use a loss: ten years where one of the next five has the status, from 2018 on."""
    rule = _book()["loss_years"]
    extends = any(year >= rule["counts_from"] and 0 < year - loss_year <= rule["looks_back"] for year in status_years)
    return loss_year + int(rule["extended" if extends else "usual"])


@dataclass(frozen=True)
class Tax:
    """The income tax of a year and by which rate: standard, hnte or small."""

    choice: str
    fen: Fraction
    is_complete: bool = True


def income_tax(
    year: int, income_fen: int, staff: Fraction | int, assets_fen: int, is_hnte: bool, is_restricted: bool = False
) -> Tax:
    """The least of what a firm may choose between; reliefs do not stack (企业所得税法 第二十八条).

    Staff and assets are means of quarters; restricted industries have no relief for small firms. That of the years
    before the first in ``reliefs.yml`` had other limits and is not reckoned: ``Tax.is_complete`` is false then.
    """
    rates = _book()["income_tax"]
    choices = [Tax("standard", income_fen * _percent(rates["standard"]))]
    if is_hnte:
        choices.append(Tax("hnte", income_fen * _percent(rates["hnte"])))
    small = None if is_restricted else _small(year, income_fen, staff, assets_fen)
    if small is not None:
        choices.append(Tax("small", small))
    return replace(min(choices, key=lambda tax: tax.fen), is_complete=year >= _book()["small_firm"]["years"][0]["from"])


def _small(year: int, income_fen: int, staff: Fraction | int, assets_fen: int) -> Fraction | None:
    rule = _book()["small_firm"]
    limits = {name: parse_literal(text).amount for name, text in rule["limits"].items()}
    years = [one for one in rule["years"] if one["from"] <= year]
    is_small = (
        income_fen <= limits["income"] * 100 and staff <= limits["staff"] and assets_fen <= limits["assets"] * 100
    )
    if not is_small or not years or year > rule["last_year"]:
        return None
    tax, below = Fraction(0), 0
    for band in years[-1]["bands"]:
        upper = _fen(band["up_to"])
        tax += max(0, min(income_fen, upper) - below) * _percent(band["percent"])
        below = upper
    return tax


def income_tax_with_transfer(income_fen: int, transfer_fen: int, is_hnte: bool) -> Fraction:
    """Income tax where part of the income is from transferring technology: a part free, the rest at half of 25 %."""
    rule, rates = _book()["tech_transfer"], _book()["income_tax"]
    rate = _percent(rates["hnte" if is_hnte else "standard"])
    taxed = max(0, transfer_fen - _fen(rule["exempt"]))
    return (income_fen - transfer_fen) * rate + taxed * _percent(rule["percent"])
