"""Two tests of being a manufacturer that put the same share on different sides of their edge."""

from datetime import date
from fractions import Fraction

from tiers.calculators import TERMS
from tiers.result import Result, derived, not_in_force, unknown


def is_manufacturer_for_rd(share: Fraction | None, tax_year: int) -> Result[bool]:
    """Whether the R&D of the year has the share of manufacturers: main income of manufacturing in the total income."""
    rule = TERMS.on("manufacturing_for_rd", date(tax_year, 12, 31))
    if rule is None:
        return not_in_force(False, "该年制造业没有单独比例", "manufacturers had no share of their own in that year")
    return unknown("share") if share is None else derived(rule.holds(share), rule)


def has_vat_extra_credit(
    month: date, is_high_tech: bool | None, manufacturing_share: Fraction | None, is_on_list: bool | None
) -> Result[bool]:
    """Whether the extra input-VAT credit of advanced manufacturers applies in a month.

    One test that fails is enough for *no*; a *yes* under a text that may have lapsed is for people to confirm.
    """
    rule = TERMS.on("vat_manufacturing_share", month)
    if rule is None:
        return not_in_force(False, "该期间没有先进制造业加计抵减", "no extra credit was in force in that month")
    share_holds = None if manufacturing_share is None else rule.holds(manufacturing_share)
    tests = {"is_high_tech": is_high_tech, "manufacturing_share": share_holds, "is_on_list": is_on_list}
    if False in tests.values():
        return Result(False, "derived", (rule,))
    missing = [name for name, answer in tests.items() if answer is None]
    if missing:
        return unknown(*missing)
    if rule.contested:
        return Result(None, "review", (rule,), (rule.contested,))
    return derived(True, rule)


def vat_extra_credit(creditable: Fraction | int, month: date) -> Result[Fraction]:
    """The extra credit on the input VAT of a month, for a firm that has it."""
    rule = TERMS.require("vat_extra_credit", month)
    return derived(creditable * rule.number, rule)
