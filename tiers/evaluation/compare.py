"""Conditions as expressions: outcome, displayed value, gap, and the code of the missing fact."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import polars as pl

from tiers.columns import outcome
from tiers.columns.sheet import Sheet, Stage
from tiers.columns.view import View
from tiers.errors import TierError
from tiers.evaluation.answer import answer_of_test
from tiers.evaluation.bound import UPWARD, Bound, clipped
from tiers.evaluation.conduct import conduct_answer, lapses_on
from tiers.evaluation.measured import NONE_MISSING, NOTHING, Measured, integer_passes, measure, passes
from tiers.evaluation.score import score_of
from tiers.evaluation.windows import certainly_within, perhaps_within
from tiers.schema.condition import Band, Comparison, Conduct, Discretion, Exclusion, Leaf, Test, Unavailable
from tiers.schema.facts import codes, vocabulary
from tiers.schema.literal import Literal
from tiers.schema.points import TENTHS, Scored


@dataclass(frozen=True)
class Columns:
    """The columns of a condition; ``gap`` is ≥ 0 and defined where the condition is not met.

    With a ``bound`` the gap is computed from the measured value when read; without one it has to be stored, or, where
    the bound depends on the size of the firm, the signed ``distance`` to it.
    """

    outcome: pl.Expr
    missing: pl.Expr = NONE_MISSING
    gap: pl.Expr = NOTHING
    distance: pl.Expr = NOTHING
    value: pl.Expr = NOTHING
    value_high: pl.Expr = NOTHING
    bound: Bound | None = None
    unit: str = ""
    facts: tuple[str, ...] = ()
    is_locked: bool = False  # the firm cannot change it
    opens: pl.Expr | None = None  # the day on which time alone meets it
    closes: str = ""  # once it fails it can never be met: why, see closing.yml

    @property
    def beyond(self) -> pl.Expr:
        """How far the value lies beyond the line, in the unit of the condition; negative where it is met."""
        return self.distance if self.bound is None else self.bound.distance


def columns_of(leaf: Leaf, view: View, sheet: Sheet) -> Columns:
    """The columns of a condition of any kind; ``view`` fixes the day and the years."""
    if isinstance(leaf, Comparison):
        return _comparison(leaf, view, sheet)
    if isinstance(leaf, Exclusion):
        return _exclusion(leaf)
    if isinstance(leaf, Conduct):
        answer, missing, facts = conduct_answer(leaf, view.day)
        locked, opens = leaf.during != "now", lapses_on(leaf, facts, view.day)
        return Columns(answer, missing, unit="bool", facts=facts, is_locked=locked, opens=opens)
    if isinstance(leaf, Scored):
        return _scored(leaf, view, sheet)
    if isinstance(leaf, Discretion):
        return Columns(outcome.constant(outcome.JUDGEMENT))
    if isinstance(leaf, Unavailable):
        return Columns(outcome.constant(outcome.UNKNOWN), unit="text")
    raise TierError(f"{leaf.id}: a condition of an unknown kind")


def _comparison(leaf: Comparison, view: View, sheet: Sheet) -> Columns:
    measured = measure(leaf.metric, view, sheet)
    missing, facts = measured.missing, measured.facts
    bound: Bound | None = None
    distance = NOTHING
    if leaf.by is None:
        answer, bound = _tested(leaf, measured, leaf, sheet)
    else:
        by = measure(leaf.by, view, sheet)
        answer, distance = _by_size(leaf, measured, by, sheet)
        missing, facts = pl.coalesce(by.missing, missing), tuple(dict.fromkeys((*by.facts, *facts)))
    if leaf.contested is not None:
        second = measured if leaf.contested.metric is None else measure(leaf.contested.metric, view, sheet)
        other, _ = _tested(leaf.contested, second, leaf, sheet)
        answer = _where_they_differ(answer, other, outcome.JUDGEMENT)
        missing, facts = pl.coalesce(missing, second.missing), tuple(dict.fromkeys((*facts, *second.facts)))
    if leaf.also_read_as is not None:
        second = measure(leaf.also_read_as, view, sheet)
        other, _ = _tested(leaf, second, leaf, sheet)
        answer = _where_they_differ(answer, other, outcome.UNKNOWN)
        missing, facts = pl.coalesce(missing, second.missing), tuple(dict.fromkeys((*facts, *second.facts)))
    if leaf.within is not None:
        answer, dates = _within(answer, leaf, facts, view)
        facts = (*facts, *dates)
    beyond = distance if bound is None else bound.distance
    return Columns(
        answer,
        missing,
        NOTHING if beyond is NOTHING else clipped(beyond),
        distance,
        measured.value,
        bound=bound,
        unit=measured.unit,
        facts=facts,
        is_locked=measured.quantity.locked,
        opens=_first_day(leaf, measured),
    )


def _first_day(leaf: Comparison, measured: Measured) -> pl.Expr | None:
    """The first day on which a condition of one reading holds, if nothing but time passes."""
    first_day, others = measured.quantity.first_day, {leaf.by, leaf.contested, leaf.also_read_as, leaf.within}
    return None if first_day is None or others != {None} else first_day(leaf.tests[0][0], leaf.tests[0][1].amount)


def _within(answer: pl.Expr, leaf: Comparison, facts: tuple[str, ...], view: View) -> tuple[pl.Expr, tuple[str, ...]]:
    """The answer without what lies before the window, and the dates that show it; undated it stands as declared."""
    years = leaf.within or 0
    dates = tuple(known.dated for fact in facts if (known := vocabulary().get(fact)) and known.dated)
    if not dates:
        raise TierError(f"{leaf.id}: within needs a fact that facts.yml gives a date (dated)")
    for then in map(pl.col, dates):
        counts, may_count = certainly_within(then, view.day, years), perhaps_within(then, view.day, years)
        is_met = answer == outcome.MET
        may_be_met = is_met | (answer == outcome.UNKNOWN)
        failing = outcome.constant(outcome.CODE[leaf.otherwise])
        answer = (
            pl.when(is_met & may_count)
            .then(outcome.constant(outcome.JUDGEMENT))
            .when(may_be_met & ~counts & ~may_count)
            .then(failing)
            .otherwise(answer)
        )
    return answer, dates


def _distance_to(bound: Bound | None) -> pl.Expr:
    return NOTHING if bound is None else bound.distance


def _where_they_differ(answer: pl.Expr, other: pl.Expr, then: int) -> pl.Expr:
    """The common answer of two readings of a clause; ``then`` where they differ, unknown where one is unknown."""
    is_open = pl.min_horizontal(answer, other) == outcome.UNKNOWN
    differ = pl.when(is_open).then(outcome.constant(outcome.UNKNOWN)).otherwise(outcome.constant(then))
    return pl.when(answer != other).then(differ).otherwise(answer)


def _tested(test: Test, measured: Measured, leaf: Comparison, sheet: Sheet) -> tuple[pl.Expr, Bound | None]:
    """The answer of a test, a column that equal tests share, and its bound where the value is a number."""
    ((operator, literal),) = test.tests
    otherwise = (test.otherwise if isinstance(test, Band) else None) or leaf.otherwise
    undefined = "" if measured.undefined is None else f", undefined {leaf.undefined}"
    name = f"{measured.name} {operator} {literal.text}, else {otherwise}{undefined}"
    answer = sheet.put(
        Stage.TEST,
        name,
        answer_of_test(measured, operator, literal, outcome.CODE[otherwise], outcome.CODE[leaf.undefined]),
    )
    if measured.unit in ("bool", "code", "date"):
        return answer, None
    return answer, Bound(measured.value, literal.display, 1 if operator in UPWARD else -1)


def _by_size(leaf: Comparison, measured: Measured, by: Measured, sheet: Sheet) -> tuple[pl.Expr, pl.Expr]:
    """The answer of the band that contains ``by``, and the distance to its bound; with ``by`` missing, if all agree."""
    tested = [
        (answer, _distance_to(bound)) for answer, bound in (_tested(band, measured, leaf, sheet) for band in leaf.bands)
    ]
    answers = [answer for answer, _ in tested]
    answer, distance = tested[-1]
    for band, following, (band_answer, band_distance) in zip(
        leaf.bands[-2::-1], answers[:0:-1], tested[-2::-1], strict=True
    ):
        operator, upper = cast("tuple[str, Literal]", band.upper)  # only the last band has none
        name = f"{by.name} {operator} {upper.text}"
        inside = sheet.put(Stage.BAND, name, passes(by.num, by, operator, upper))
        answer = pl.when(inside).then(band_answer).otherwise(answer)
        distance = pl.when(inside).then(band_distance).otherwise(distance)
        if band.shared:
            on_edge = sheet.put(Stage.BAND, f"{by.name} is {upper.text}", passes(by.num, by, "is", upper))
            answer = (
                pl.when(on_edge).then(_where_they_differ(band_answer, following, outcome.JUDGEMENT)).otherwise(answer)
            )
    agree = pl.min_horizontal(answers) == pl.max_horizontal(answers)
    undecided = pl.when(agree).then(answers[0]).otherwise(outcome.constant(outcome.UNKNOWN))
    return pl.when(by.is_missing).then(undecided).otherwise(answer), distance


def _exclusion(leaf: Exclusion) -> Columns:
    """Met where the industry code has none of the excluded prefixes; unknown where the code is shorter than one."""
    code = pl.col("industry_code")
    begins = code.str.contains(f"^(?:{'|'.join(map(re.escape, leaf.excluded_industries))})")
    wider = {digits[:length] for digits in leaf.excluded_industries for length in range(len(digits))}
    too_short = ~begins & code.is_in(sorted(wider))
    missing = pl.when(code.is_null() | too_short).then(pl.lit(codes()["industry_code"], dtype=pl.Int16))
    passes = pl.when(~too_short).then(~begins)
    return Columns(outcome.of_test(passes), missing, unit="code", facts=("industry_code",))


def _scored(leaf: Scored, view: View, sheet: Sheet) -> Columns:
    """Compare both ends of the range of points; between them it is a judgement, or unknown with a missing fact."""
    reach = score_of(leaf, view, sheet)
    ((operator, literal),) = leaf.tests
    required = Fraction(literal.amount)
    low, high = (integer_passes(end, operator, required * TENTHS) for end in (reach.low, reach.high))
    between = (
        pl.when(reach.missing.is_null())
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
    bound = Bound(reach.high / TENTHS, float(required), direction=1)
    return Columns(
        outcome=answer,
        missing=reach.missing,
        gap=bound.gap,
        value=reach.low / TENTHS,
        value_high=bound.measured,
        bound=bound,
        unit="point",
        facts=reach.facts,
    )
