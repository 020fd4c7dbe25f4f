"""Tax sums by hand: R&D for the super-deduction, income tax, the VAT credit; who counts as staff; reference years."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from service.queries.rules.stated_values import answers, refused_as_bad_input, share, yuan
from tiers.benefits.reliefs import FEN, income_tax, income_tax_with_transfer
from tiers.calculators.headcount import KINDS, person_by_days, person_by_months
from tiers.calculators.manufacturing import has_vat_extra_credit, is_manufacturer_for_rd, vat_extra_credit
from tiers.calculators.spending import tax_overseas, tax_rd_base
from tiers.calculators.years import reference_years
from tiers.result import Result
from warehouse.errors import BadInput
from warehouse.rows import Row


@refused_as_bad_input()
def years(applied_on: date, founded_on: date | None) -> list[Row]:
    """The accounting years and the days that an application looks back on."""
    return answers({"reference_years": reference_years(applied_on, founded_on)})


@refused_as_bad_input()
def rd_base(projects: Sequence[str], year: int, abroad: str | None) -> list[Row]:
    """R&D deducted on top, in yuan; ``projects`` are main,other of each, ``abroad`` is paid for R&D outsourced there.

    Raises ``BadInput``.
    """
    base = tax_rd_base([_project(text) for text in projects], year)
    results: dict[str, Result[Any]] = {"rd_base": base}
    if abroad is not None:
        results["overseas"] = tax_overseas(yuan(abroad), base.value.total if base.value else None, year)
    return answers(results)


def _project(text: str) -> tuple[Fraction, Fraction]:
    parts = text.replace("，", ",").split(",")
    if len(parts) != 2:
        raise BadInput(
            f"每个项目写成 五类费用,其他费用，例如 88万元,12万元：{text}",
            f"write main,other for each project, as in 88万元,12万元: {text}",
        )
    return yuan(parts[0]), yuan(parts[1])


@refused_as_bad_input()
def manufacturing(
    manufacturing_share: str | None,
    month: date,
    is_certified: bool | None,
    is_listed: bool | None,
    input_vat: str | None,
) -> list[Row]:
    """Whether a firm is a manufacturer for R&D in the year, and has the extra VAT credit in the month, in yuan.

    The share of manufacturing in revenue is written ``55%``, the input VAT ``100万元``. Raises ``BadInput``.
    """
    part = share(manufacturing_share) if manufacturing_share else None
    credit = has_vat_extra_credit(month, is_certified, part, is_listed)
    results: dict[str, Result[Any]] = {
        "is_manufacturer_for_rd": is_manufacturer_for_rd(part, month.year),
        "has_vat_extra_credit": credit,
    }
    deductible = yuan(input_vat) if input_vat else None
    if deductible is not None and credit.value:
        results["vat_extra_credit"] = vat_extra_credit(deductible, month)
    return answers(results)


@refused_as_bad_input()
def person(kind: str, days: int | None, months: int | None, year: int) -> list[Row]:
    """Whether a person counts: for a high-tech enterprise by days, for a technology SME by months worked."""
    if kind not in KINDS:
        raise BadInput(
            f"没有这一类人员：{kind}；有 {'、'.join(KINDS)}", f"no kind is called {kind}: {', '.join(KINDS)}"
        )
    return answers(
        {
            "counts_for_high_tech": person_by_days(KINDS[kind], days, year),
            "counts_for_technology_sme": person_by_months(KINDS[kind], months, year),
        }
    )


@refused_as_bad_input()
def income(year: int, amounts: tuple[str, str], staff: int, is_certified: bool, is_restricted: bool) -> Row:
    """The least income tax of a year, in yuan; ``amounts`` are taxable income and mean total assets, as ``300万元``.

    Raises ``BadInput``.
    """
    income_fen, assets_fen = (int(yuan(amount) * FEN) for amount in amounts)
    tax = income_tax(year, income_fen, Fraction(staff), assets_fen, is_certified, is_restricted)
    return {"year": year, "tax": float(tax.fen / FEN), "rate": tax.choice, "is_complete": tax.is_complete}


@refused_as_bad_input()
def transfer(taxable_income: str, from_transfer: str, is_certified: bool) -> Row:
    """Income tax in yuan where a part of the taxable income is from transferring technology. Raises ``BadInput``."""
    taxable, transferred = yuan(taxable_income), yuan(from_transfer)
    if transferred > taxable:
        raise BadInput(
            "技术转让所得不能大于应纳税所得额", "income from transferring technology exceeds the taxable income"
        )
    tax = income_tax_with_transfer(int(taxable * FEN), int(transferred * FEN), is_certified)
    return {"taxable": float(taxable), "transferred": float(transferred), "tax": float(tax / FEN)}
