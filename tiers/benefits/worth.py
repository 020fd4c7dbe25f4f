"""The worth of a designation to a firm: each relief with its amount, or with the reason why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tiers.benefits.reliefs import (
    FEN,
    GENERAL_RD,
    income_tax,
    last_year_for_loss,
    rd_extra_deduction,
    reliefs_of,
    standard_rate,
)
from tiers.benefits.schema import Relief
from tiers.schema.ladder import ladder
from tiers.schema.strict import Words

Firm = Mapping[str, Any]
Estimate = tuple[Fraction | None, Words]
"""The tax saved in fen, and the assumption or the reason why there is no amount."""
FIGURES = (
    "total_profit_fen_y0",
    "total_assets_fen_y0",
    "staff_mean_quarterly_y0",
    "rd_tax_fen_y0",
    "is_restricted_industry",
)
"""The facts that estimates use."""


@dataclass(frozen=True)
class Worth:
    """A relief: the tax in fen that it saves in a year (None: no amount follows from the facts) and the assumption."""

    relief: str
    zh: str
    en: str
    fen: Fraction | None
    assumed: Words
    document: str


AS_LAST_YEAR = Words(
    zh="按上年利润总额作应纳税所得额，不计加计扣除、亏损弥补等",
    en="taking last year's total profit as taxable income, without extra deductions, losses and other reliefs",
)
AS_SETTLED = Words(
    zh="按上年汇算清缴的应纳税所得额、从业人数、资产总额",
    en="on the taxable income, staff and assets of last year's settlement",
)
NOT_KNOWN = Words(
    zh="缺利润、资产、人数或研发费用，不能估算", en="profit, assets, staff or R&D are missing: no estimate"
)
DEPENDS = Words(zh="取决于本库没有的数据，不估算金额", en="hangs on figures that are not kept here: no amount")
NO_SUBSIDIES = Words(zh="地方补贴未计", en="local subsidies are not counted")


def worth_of(designation: str, firm: Firm, day: date) -> list[Worth]:
    """Every relief tied to a designation on a day; ``firm`` is one row of facts, its y0 the last full year.

    With it may stand the settlement of that year: ``taxable_income_fen``, ``staff_mean``, ``assets_mean_fen``,
    ``is_restricted``, ``annual_loss_fen``, ``rd_kind``; what it states goes before the facts.
    A designation to which none is tied gets a line stating that.
    """
    reliefs = [_worth(relief, firm, day) for relief in reliefs_of(designation, day)]
    if reliefs:
        return reliefs
    names = ladder()[designation]
    zh, en = f"全国性税法未对{names.zh}规定优惠", f"national tax law ties no relief to being a {names.en}"
    return [Worth("none", zh, en, None, NO_SUBSIDIES, "")]


def _worth(relief: Relief, firm: Firm, day: date) -> Worth:
    fen, assumed = _ESTIMATES[relief.how](relief, firm, day) if relief.how else (None, DEPENDS)
    return Worth(relief.id, relief.zh, relief.en, fen, assumed, relief.document)


def _reduced_rate(_: Relief, firm: Firm, day: date) -> Estimate:
    """The least tax without the certificate less the least with it: a small low-profit firm saves nothing."""
    settled = firm.get("taxable_income_fen")
    profit = firm["total_profit_fen_y0"] if settled is None else settled
    assets = _first(firm.get("assets_mean_fen"), firm["total_assets_fen_y0"])
    staff = _first(firm.get("staff_mean"), firm["staff_mean_quarterly_y0"])
    if None in (profit, assets, staff):
        return None, NOT_KNOWN
    restricted = bool(_first(firm.get("is_restricted"), firm.get("is_restricted_industry")))
    without, certified = (
        income_tax(day.year, max(0, profit), Fraction(staff), assets, holds, restricted).fen for holds in (False, True)
    )
    return without - certified, AS_LAST_YEAR if settled is None else AS_SETTLED


def _first(*figures: Any) -> Any:
    return next((figure for figure in figures if figure is not None), None)


def _super_deduction(relief: Relief, firm: Firm, day: date) -> Estimate:
    """The extra deduction above that of a firm without status, at the standard rate."""
    rd_fen = firm["rd_tax_fen_y0"]
    if rd_fen is None:
        return None, NOT_KNOWN
    otherwise = firm.get("rd_kind") or GENERAL_RD
    if otherwise == relief.rd_kind:
        otherwise = GENERAL_RD
    own, general = (rd_extra_deduction(kind, day.year, rd_fen) for kind in (relief.rd_kind or GENERAL_RD, otherwise))
    rate = standard_rate()
    assumed = Words(
        zh=f"按上年研发费用、税率{float(rate):.0%}、应纳税所得额足够扣除",
        en=f"on last year's R&D, at {float(rate * 100):g} %, with income enough to deduct it from",
    )
    return max(Fraction(0), own - general) * rate, assumed


def _longer_losses(_: Relief, firm: Firm, day: date) -> Estimate:
    """No amount: until which year last year's loss may be used, with the status and without."""
    loss, loss_year = firm.get("annual_loss_fen"), day.year - 1
    profit = firm["total_profit_fen_y0"] if loss is None else -loss
    if profit is None or profit >= 0:
        return None, Words(zh="上年无亏损或利润未知", en="no loss last year, or the profit is not known")
    longer, usual = last_year_for_loss(loss_year, [day.year]), last_year_for_loss(loss_year, [])
    amount = f"{float(Fraction(-profit, FEN * 10**4)):,.2f}"
    return None, Words(
        zh=f"{loss_year} 年亏损 {amount} 万元可弥补至 {longer} 年，否则至 {usual} 年；省多少取决于日后盈利",
        en=f"the loss of {loss_year} ({amount} × 10,000 yuan) lasts to {longer}, else to {usual}; later profits decide",
    )


_ESTIMATES: dict[str, Callable[[Relief, Firm, date], Estimate]] = {
    "reduced_rate": _reduced_rate,
    "super_deduction": _super_deduction,
    "longer_losses": _longer_losses,
}
