"""The best lawful set of benefits for the income tax of a year: every choice of one a group is computed as a whole.

A deduction lowers what a reduced rate is worth, and may bring a firm below the limits of a small one, so the benefits
are not computed apart. Groups and their members are few, so trying every combination is exact and quick.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from tiers.benefits.policies import Entitlement, Policy, RdShare, entitlement, policies
from tiers.benefits.reliefs import rd_extra_deduction, reduced_rate, small_firm_tax, standard_rate
from tiers.schema.strict import Words

FIGURES = ("total_profit_fen_y0", "staff_mean_quarterly_y0", "total_assets_fen_y0", "rd_tax_fen_y0")
RD = "rd_tax_fen_y0"


@dataclass(frozen=True)
class Dropped:
    """A benefit that the firm is entitled to and that the best set leaves out, and why."""

    policy: str
    because: Words


@dataclass(frozen=True)
class BestSet:
    """The policies taken and dropped, the tax in fen without any and with these; None where figures are missing."""

    taken: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    before: Fraction | None
    after: Fraction | None


def best_set(held: Collection[str], facts: Mapping[str, Any], day: date) -> tuple[list[Entitlement], BestSet]:
    """Every policy's entitlement, and the set of those entitled that gives the least income tax of the year.

    The last full year's profit stands for taxable income before extra deductions. Of equal sets the one with fewer
    policies, then the earlier in the file, is taken.
    """
    content = policies().policies
    answers = [entitlement(name, held, facts, day) for name in content]
    entitled = [answer.policy for answer in answers if answer.answer == "entitled"]
    counted = [name for name in entitled if content[name].effect is not None]
    others = tuple(name for name in entitled if content[name].effect is None)
    if facts.get(FIGURES[0]) is None:
        return answers, BestSet(others, (), None, None)
    taxes = {names: _tax(names, facts, day) for names in _choices(counted)}
    lawful = {names: tax for names, tax in taxes.items() if tax is not None}
    best = min(lawful, key=lambda names: (lawful[names], len(names), [counted.index(name) for name in names]))
    dropped = tuple(Dropped(name, _why(name, best, facts, day)) for name in counted if name not in best)
    return answers, BestSet((*best, *others), dropped, lawful[()], lawful[best])


def _choices(names: Collection[str]) -> list[tuple[str, ...]]:
    """Every set with one policy of each group at most."""
    content, groups = policies().policies, policies().groups
    ways = [[None, *(name for name in names if content[name].group == group)] for group in groups]
    return [tuple(name for name in way if name is not None) for way in product(*ways)]


def _tax(names: Collection[str], facts: Mapping[str, Any], day: date) -> Fraction | None:
    """The income tax of the year with these policies, in fen; None where one of them is then not lawful."""
    taken = [policies().policies[name] for name in names]
    income = max(Fraction(0), Fraction(facts[FIGURES[0]]) - _extra(taken, facts, day))
    if any(policy.effect == "small_firm" for policy in taken):
        staff, assets = facts.get(FIGURES[1]), facts.get(FIGURES[2])
        if staff is None or assets is None:
            return None
        return small_firm_tax(day.year, income, Fraction(staff), assets)
    is_reduced = any(policy.effect == "reduced_rate" for policy in taken)
    return income * (reduced_rate() if is_reduced else standard_rate())


def _extra(taken: Collection[Policy], facts: Mapping[str, Any], day: date) -> Fraction:
    kinds = [policy.effect.rd for policy in taken if isinstance(policy.effect, RdShare)]
    return sum((rd_extra_deduction(kind, day.year, facts[RD]) for kind in kinds), Fraction(0))


def _why(name: str, best: tuple[str, ...], facts: Mapping[str, Any], day: date) -> Words:
    """Why the best set lacks a policy: another of its group, its own limits, or no effect."""
    content = policies()
    policy = content.policies[name]
    group = content.groups[policy.group or ""]
    rivals = [rival for rival in best if content.policies[rival].group == policy.group]
    beside = tuple(rival for rival in best if rival not in rivals)
    if _tax((*beside, name), facts, day) is None:
        return Words(
            zh="超出从业人数、资产或所得的上限，或缺其数", en="beyond its limits of staff, assets or income, or unknown"
        )
    if not rivals:
        return Words(zh="本年不减少税额", en="it saves nothing this year")
    kept = content.policies[rivals[0]]
    return Words(
        zh=f"{group.zh}；“{kept.zh}”不劣于它（{group.document}）",
        en=f"{group.en}; “{kept.en}” is no worse ({group.document})",
    )
