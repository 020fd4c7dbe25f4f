"""One condition as columns: its answer, its value and gap for people, and the figure that is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from tiers import outcome
from tiers.edition import Comparison, Discretion, Exclusion, Leaf, Scored, Test
from tiers.errors import TierError
from tiers.facts import codes
from tiers.literal import Literal
from tiers.metrics import Metric, metric_of
from tiers.quantity import WIDE, Need, Quantity
from tiers.score import Range, score_of
from tiers.view import View

NOTHING = pl.lit(None, dtype=pl.Float64)
UPWARD = ("at_least", "more_than")


@dataclass(frozen=True)
class Columns:
    """Expressions of one condition; ``gap`` is 0 or more and only given where the condition is not met."""

    outcome: pl.Expr
    missing: pl.Expr
    gap: pl.Expr = NOTHING
    value: pl.Expr = NOTHING
    value_high: pl.Expr = NOTHING
    unit: str = ""
    facts: tuple[str, ...] = ()


def columns_of(leaf: Leaf, view: View) -> Columns:
    """The columns of any kind of condition as ``view`` sees the facts."""
    if isinstance(leaf, Comparison):
        return _comparison(leaf, view)
    if isinstance(leaf, Exclusion):
        return _exclusion(leaf)
    if isinstance(leaf, Scored):
        return _scored(leaf, view)
    if isinstance(leaf, Discretion):
        return Columns(outcome.constant(outcome.JUDGEMENT), _code_of(()))
    raise TierError(f"{leaf.id}: a condition of an unknown kind")


def _code_of(needs: Sequence[Need]) -> pl.Expr:
    """The code of the first fact that is absent; null where none is."""
    whens = [pl.when(need.absent).then(pl.lit(codes()[need.fact], dtype=pl.Int16)) for need in needs]
    return pl.coalesce(whens) if whens else pl.lit(None, dtype=pl.Int16)


def _required(name: str) -> Metric:
    metric = metric_of(name)
    if metric is None:
        raise TierError(f"no metric and no fact is called {name}")
    return metric


def _comparison(leaf: Comparison, view: View) -> Columns:
    metric = _required(leaf.metric)
    quantity = metric.formula(view)
    if leaf.by is None:
        answer, gap = _tested(leaf, quantity, leaf, metric.unit)
        missing, needs = _code_of(quantity.needs), quantity.needs
    else:
        answer, gap, by = _by_size(leaf, quantity, metric.unit, view)
        needs = (*by.needs, *quantity.needs)
        missing = _code_of(needs)
    if leaf.contested is not None:
        other, _ = _tested(leaf.contested, quantity, leaf, metric.unit)
        answer = pl.when(answer != other).then(outcome.constant(outcome.JUDGEMENT)).otherwise(answer)
    return Columns(
        outcome=answer,
        missing=pl.when(answer == outcome.UNKNOWN).then(missing),
        gap=pl.when(answer == outcome.NOT_MET).then(gap),
        value=_display(quantity, metric.unit),
        unit=metric.unit,
        facts=tuple(dict.fromkeys(need.fact for need in needs)),
    )


def _tested(test: Test, quantity: Quantity, leaf: Comparison, unit: str) -> tuple[pl.Expr, pl.Expr]:
    """The answer of one test, and the gap to it in the unit people read."""
    (operator, literal) = test.tests[0]
    absent = pl.any_horizontal([need.absent for need in quantity.needs] or [pl.lit(False)])
    passes = _passes(quantity.num, quantity, operator, literal)
    failing = outcome.constant(outcome.CODE[leaf.otherwise])
    answer: pl.Expr = pl.when(passes).then(outcome.constant(outcome.MET)).when(~passes).then(failing)
    if quantity.undefined is not None:
        undefined = outcome.constant(outcome.CODE[leaf.undefined])
        answer = pl.when(quantity.undefined).then(undefined).otherwise(answer)
    unknown: pl.Expr = outcome.constant(outcome.UNKNOWN)
    if quantity.at_least is not None and operator in UPWARD:
        surely = _passes(quantity.at_least, quantity, operator, literal)
        unknown = pl.when(surely).then(outcome.constant(outcome.MET)).otherwise(unknown)
    answer = pl.when(absent).then(unknown).otherwise(answer).fill_null(outcome.UNKNOWN)
    sign = 1 if operator in UPWARD else -1
    gap = ((literal.display - _display(quantity, unit)) * sign).clip(lower_bound=0.0)
    return answer.cast(pl.Int8), NOTHING if unit in ("bool", "code", "date") else gap


def _passes(num: pl.Expr, quantity: Quantity, operator: str, literal: Literal) -> pl.Expr:
    """``num / den`` against the literal by cross-multiplication in 128 bits; den is positive where it has meaning."""
    bound = literal.amount
    if quantity.roots:
        bound = (1 + literal.amount) ** quantity.roots
    den = quantity.den if isinstance(quantity.den, pl.Expr) else pl.lit(quantity.den)
    left = num.cast(WIDE) * _wide(bound.denominator)
    right = den.cast(WIDE) * _wide(bound.numerator)
    if operator == "at_least":
        return left >= right
    if operator == "more_than":
        return left > right
    if operator == "at_most":
        return left <= right
    if operator == "less_than":
        return left < right
    return left == right


def _wide(value: int) -> pl.Expr:
    return pl.lit(value, dtype=WIDE)


def _display(quantity: Quantity, unit: str) -> pl.Expr:
    """The value for people, as a float: a share in percent, money in its whole unit, a date as YYYYMMDD."""
    if quantity.value is not None:
        return quantity.value.cast(pl.Float64)
    if unit == "date":
        day = quantity.num.cast(pl.Date)
        return (day.dt.year() * 10000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()).cast(pl.Float64)
    if unit == "code":
        return NOTHING
    den = quantity.den if isinstance(quantity.den, pl.Expr) else pl.lit(quantity.den)
    share = quantity.num.cast(pl.Float64) / den.cast(pl.Float64)
    share = pl.when(den != 0).then(share)
    if quantity.roots:
        share = pl.when(share >= 0).then(share.pow(1 / quantity.roots) - 1)
    return share * 100 if unit == "percent" else share


def _by_size(leaf: Comparison, quantity: Quantity, unit: str, view: View) -> tuple[pl.Expr, pl.Expr, Quantity]:
    """The test of the band into which another quantity falls; decided too where every band answers alike."""
    by = _required(leaf.by or "").formula(view)
    tested = [_tested(band, quantity, leaf, unit) for band in leaf.bands]
    answers = [answer for answer, _ in tested]
    answer, gap = tested[-1]
    for band, (band_answer, band_gap) in zip(leaf.bands[-2::-1], tested[-2::-1], strict=True):
        if band.up_to is None:
            raise TierError(f"{leaf.id}: only the last band has no up_to")
        inside = _passes(by.num, by, "at_most", band.up_to)
        answer = pl.when(inside).then(band_answer).otherwise(answer)
        gap = pl.when(inside).then(band_gap).otherwise(gap)
    alike = pl.min_horizontal(answers) == pl.max_horizontal(answers)
    absent = pl.any_horizontal([need.absent for need in by.needs])
    undecided = pl.when(alike).then(answers[0]).otherwise(outcome.constant(outcome.UNKNOWN))
    return pl.when(absent).then(undecided).otherwise(answer), gap, by


def _exclusion(leaf: Exclusion) -> Columns:
    """Met where the industry code begins with none of the digits left out."""
    code = pl.col("industry_code")
    begins = pl.any_horizontal([code.str.starts_with(digits) for digits in leaf.excluded_industries])
    need = Need("industry_code", code.is_null())
    answer = outcome.of_test(~begins)
    missing = pl.when(answer == outcome.UNKNOWN).then(_code_of((need,)))
    return Columns(answer, missing, unit="code", facts=("industry_code",))


def _scored(leaf: Scored, view: View) -> Columns:
    """Compared at both ends of the reachable range: between them people decide, or a figure is missing."""
    reach: Range = score_of(leaf, view)
    (operator, literal) = leaf.tests[0]
    low, high = (_passes(end, Quantity(end), operator, literal) for end in (reach.low, reach.high))
    missing = _code_of(reach.needs)
    between = (
        pl.when(missing.is_null())
        .then(outcome.constant(outcome.JUDGEMENT))
        .otherwise(outcome.constant(outcome.UNKNOWN))
    )
    answer = (
        pl.when(low)
        .then(outcome.constant(outcome.MET))
        .when(~high)
        .then(outcome.constant(outcome.NOT_MET))
        .otherwise(between)
    )
    wanted = Fraction(literal.amount)
    return Columns(
        outcome=answer,
        missing=pl.when(answer == outcome.UNKNOWN).then(missing),
        gap=pl.when(answer == outcome.NOT_MET).then(float(wanted) - reach.high.cast(pl.Float64)),
        value=reach.low.cast(pl.Float64),
        value_high=reach.high.cast(pl.Float64),
        unit="point",
        facts=tuple(dict.fromkeys(need.fact for need in reach.needs)),
    )
