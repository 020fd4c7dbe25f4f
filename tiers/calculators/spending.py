"""R&D spending that counts: the caps of recognition (195号) and of tax (119号) are separate.

Amounts are whole fen or exact fractions of one; nothing is rounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tiers.calculators import TERMS
from tiers.errors import FactsError
from tiers.result import Result, derived, unknown
from tiers.schema.strict import Words

Fen = Fraction | int


@dataclass(frozen=True)
class Capped:
    """Other costs: how much may count, how much does, and all that counts."""

    cap: Fraction
    counted: Fraction
    total: Fraction


def rd_total(seven: Fen | None, other: Fen | None, applied_on: date, has_local_rule: bool = False) -> Result[Capped]:
    """R&D of a high-tech enterprise: seven kinds in full, other costs up to a share of the whole (一般不超过).

    “Generally”: where a local rule states otherwise the answer is contested.
    """
    rule = TERMS.require("other_cost_share", applied_on)
    if seven is None or other is None:
        return unknown("seven" if seven is None else "other")
    local = Words(
        zh="“另有规定的除外”：当地另有规定，此处按一般比例", en="a local rule says otherwise; here the general share"
    )
    return derived(_capped(seven, other, rule.number), rule, reasons=[local] if has_local_rule else [])


def _capped(main: Fen, other: Fen, share: Fraction) -> Capped:
    """``share`` is of the whole, so the cap is main × share ÷ (1 − share)."""
    if main < 0 or other < 0:
        raise FactsError("研发费用不能为负", "spending on R&D cannot be negative")
    cap = main * share / (1 - share)
    counted = min(Fraction(other), cap)
    return Capped(cap, counted, main + counted)


def outsourced(paid: Fen | None, applied_on: date) -> Result[Fraction]:
    """What counts of R&D that others do for a high-tech enterprise; between related parties at arm's length first."""
    rule = TERMS.require("outsourced_share", applied_on)
    return unknown("paid") if paid is None else derived(paid * rule.number, rule)


def tax_rd_base(projects: Sequence[tuple[Fen, Fen]], tax_year: int) -> Result[Capped]:
    """R&D that is deducted on top: of each project five main kinds and other costs, capped by the year's text.

    To 2020 project by project, from 2021 all projects together.
    """
    day = date(tax_year, 12, 31)
    share, scope = TERMS.require("tax_other_cost_share", day), TERMS.require("tax_other_cost_scope", day)
    if scope.way == "all_projects":
        projects = [(_sum(five for five, _ in projects), _sum(other for _, other in projects))]
    parts = [_capped(five, other, share.number) for five, other in projects]
    total = Capped(
        _sum(part.cap for part in parts), _sum(part.counted for part in parts), _sum(part.total for part in parts)
    )
    return derived(total, share, scope)


def _sum(amounts: Iterable[Fen]) -> Fraction:
    return sum(map(Fraction, amounts), Fraction(0))


@dataclass(frozen=True)
class Overseas:
    """R&D outsourced abroad: the share of its cost, the limit by R&D in China, and the lesser of both."""

    counted: Fraction
    limit: Fraction
    eligible: Fraction


def tax_overseas(paid: Fen | None, eligible_domestic: Fen | None, tax_year: int) -> Result[Overseas]:
    """What is deducted of R&D outsourced abroad, within a part of the eligible R&D in China; 财税〔2018〕64号."""
    day = date(tax_year, 12, 31)
    share, limit = TERMS.require("tax_overseas_share", day), TERMS.require("tax_overseas_limit", day)
    if paid is None or eligible_domestic is None:
        return unknown("paid" if paid is None else "eligible_domestic")
    counted, most = paid * share.number, eligible_domestic * limit.number
    return derived(Overseas(counted, most, min(counted, most)), share, limit)


KINDS: dict[str, str] = {
    "人员人工": "staff",
    "直接投入": "direct_input",
    "折旧与长期待摊": "depreciation",
    "无形资产摊销": "amortisation",
    "设计": "design",
    "装备调试与试验": "commissioning",
    "委托境内": "outsourced_domestic",
    "委托境外": "outsourced_abroad",
    "其他": "other",
}
"""The eight kinds of 195号 三（六）2, the outsourced one by where it is done."""
OUTSOURCED = ("outsourced_domestic", "outsourced_abroad")


@dataclass(frozen=True)
class Spending:
    """R&D of a year for recognition: what counts of outsourcing, other costs with their cap, the part in China."""

    outsourced: Fraction
    capped: Capped
    domestic: Fraction

    @property
    def domestic_share(self) -> Fraction | None:
        """Of all that counts; None where nothing does."""
        return self.domestic / self.capped.total if self.capped.total else None


def counted_spending(kinds: Mapping[str, Fen], applied_on: date, has_local_rule: bool = False) -> Result[Spending]:
    """The eight kinds together: outsourcing by its share, other costs up to their cap; 195号 三（六）.

    ``kinds`` are the English names of ``KINDS``; a kind that is absent counts as 0. Raises ``FactsError``.
    """
    if any(amount < 0 for amount in kinds.values()):
        raise FactsError("研发费用不能为负", "spending on R&D cannot be negative")
    parts = {name: outsourced(kinds.get(name, 0), applied_on) for name in OUTSOURCED}
    counted = {name: part.value or Fraction(0) for name, part in parts.items()}
    own = _sum(amount for name, amount in kinds.items() if name not in (*OUTSOURCED, "other"))
    capped = rd_total(own + _sum(counted.values()), kinds.get("other", 0), applied_on, has_local_rule)
    total = capped.value or Capped(Fraction(0), Fraction(0), Fraction(0))
    spending = Spending(_sum(counted.values()), total, total.total - counted["outsourced_abroad"])
    terms = dict.fromkeys((*capped.terms, *(term for part in parts.values() for term in part.terms)))
    return derived(spending, *terms, reasons=capped.reasons)
