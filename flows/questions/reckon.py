"""The reference reckoning by hand: R&D of an application from its eight kinds, head-counts from their periods."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from tiers.calculators.headcount import mean_of_months, mean_of_quarters
from tiers.calculators.spending import KINDS, Spending, hnte_spending
from tiers.errors import FactsError
from tiers.result import Result
from tiers.schema.literal import parse_literal
from warehouse.errors import BadInput

Row = dict[str, Any]
FEN = 100
MEANS = {"quarters": mean_of_quarters, "months": mean_of_months}


def rd(amounts: Iterable[str], on: date) -> Row:
    """R&D of one year as recognition counts it, amounts in yuan; ``amounts`` are 名称=值. Raises ``BadInput``."""
    kinds = dict(_kind(one) for one in amounts)
    try:
        found = hnte_spending(kinds, on)
    except FactsError as error:
        raise BadInput(str(error)) from error
    return {"on": on, "kinds": {name: _yuan(fen) for name, fen in kinds.items()}, **_said(found, _spending)}


def _kind(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    known = {**KINDS, **{english: english for english in KINDS.values()}}
    if name.strip() not in known:
        raise BadInput(
            f"没有这一类费用：{name}；有 {'、'.join(KINDS)}", f"no kind is called {name}: {', '.join(KINDS.values())}"
        )
    try:
        amount = parse_literal(value)
    except ValueError as error:
        raise BadInput(
            f"请写成 名称=金额，例如 其他=200万元：{text}", f"write name=amount, as in 其他=200万元: {error}"
        ) from error
    if amount.unit != "yuan":
        raise BadInput(f"金额以元计：{text}", f"an amount in yuan is wanted: {text}")
    return known[name.strip()], int(amount.amount * FEN)


def _spending(found: Spending) -> Row:
    share = found.domestic_share
    return {
        "outsourced_counted": _yuan(found.outsourced),
        "other_cap": _yuan(found.capped.cap),
        "other_counted": _yuan(found.capped.counted),
        "total": _yuan(found.capped.total),
        "domestic": _yuan(found.domestic),
        "domestic_share_pct": None if share is None else float(share * 100),
    }


def staff(pairs: Sequence[str], by: str, year: int) -> Row:
    """The mean of a year; ``pairs`` are start,end of each quarter or month in operation. Raises ``BadInput``."""
    try:
        counts = [tuple(Fraction(count) for count in pair.replace("，", ",").split(",")) for pair in pairs]
        starts, ends = zip(*counts, strict=True)
    except ValueError as error:
        raise BadInput("每期写成 期初,期末，例如 100,104", "write start,end for each period, as in 100,104") from error
    if any(len(pair) != 2 for pair in counts):
        raise BadInput("每期写成 期初,期末，例如 100,104", "write start,end for each period, as in 100,104")
    try:
        found = MEANS[by](starts, ends, year)
    except FactsError as error:
        raise BadInput(str(error)) from error
    return {"year": year, "by": by, "periods": len(pairs), **_said(found, lambda mean: {"mean": float(mean)})}


def _said(found: Result[Any], told: Any) -> Row:
    return {
        **told(found.value),
        "status": found.status,
        "documents": list(found.documents),
        "reasons": [{"zh": one.zh, "en": one.en} for one in found.reasons],
    }


def _yuan(fen: Fraction | int) -> float:
    return float(Fraction(fen) / FEN)


LABELS: Mapping[str, str] = {
    "outsourced_counted": "委托研发计入 outsourced, as far as it counts",
    "other_cap": "其他费用上限 cap of other costs",
    "other_counted": "其他费用计入 other costs that count",
    "total": "研究开发费用总额 all R&D",
    "domestic": "其中境内 of which in China",
    "domestic_share_pct": "境内占比（%） share in China (%)",
    "mean": "年平均人数 mean of the year",
}
