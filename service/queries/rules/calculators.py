"""The reference calculation by hand: R&D of an application from its eight kinds, head-counts from their periods."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from service.queries.rules.stated_values import plain, refused_as_bad_input, reliability
from tiers.amounts import exact_amount
from tiers.calculators.headcount import mean_of_months, mean_of_quarters
from tiers.calculators.spending import KINDS, Spending, counted_spending
from tiers.errors import FigureError
from warehouse.errors import BadInput
from warehouse.rows import Row

FEN = 100
MEANS = {"quarters": mean_of_quarters, "months": mean_of_months}


def rd(amounts: Iterable[str], on: date, has_local_rule: bool = False) -> Row:
    """R&D of one year as recognition counts it, amounts in yuan; ``amounts`` are 名称=值. Raises ``BadInput``."""
    kinds = dict(_kind(text) for text in amounts)
    with refused_as_bad_input():
        spending = counted_spending(kinds, on, has_local_rule)
    written = {name: _yuan(fen) for name, fen in kinds.items()}
    return {"on": on, "kinds": written, **_spending(spending.value), **reliability(spending)}


def _kind(text: str) -> tuple[str, int]:
    name, _, value = text.partition("=")
    known = {**KINDS, **{english: english for english in KINDS.values()}}
    if name.strip() not in known:
        raise BadInput(
            f"没有这一类费用：{name}；有 {'、'.join(KINDS)}", f"no kind is called {name}: {', '.join(KINDS.values())}"
        )
    try:
        amount = exact_amount(value, "CNY")
    except FigureError as error:
        raise BadInput(
            f"请写成 名称=金额，例如 其他=200万元：{value}，{error.zh}",
            f"write name=amount, as in 其他=200万元: {value}, {error.en}",
        ) from error
    return known[name.strip()], int(amount * FEN)


def _spending(spending: Spending | None) -> Row:
    if spending is None:
        return {}
    share = spending.domestic_share
    return {
        "outsourced_counted": _yuan(spending.outsourced),
        "other_cap": _yuan(spending.capped.cap),
        "other_counted": _yuan(spending.capped.counted),
        "total": _yuan(spending.capped.total),
        "domestic": _yuan(spending.domestic),
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
    with refused_as_bad_input():
        mean = MEANS[by](starts, ends, year)
    return {"year": year, "by": by, "periods": len(pairs), "mean": plain(mean.value), **reliability(mean)}


def _yuan(fen: Fraction | int) -> float:
    return float(Fraction(fen) / FEN)
