"""Unknown exactly where a missing figure could change the answer: every edition against completions of its gaps."""

from datetime import date
from functools import cache
from random import Random
from typing import Any

import polars as pl
import pytest
from examples import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from random_firms import DAY, firms

from tiers import Edition, evaluate, load_rulebook
from tiers.columns.view import View
from tiers.evaluation import completion
from tiers.evaluation.candidates import Candidates
from tiers.evaluation.compiled import compiled
from tiers.evaluation.counterexamples import undecided
from tiers.schema.facts import may_be_missing, schema, vocabulary

pytestmark = pytest.mark.rule("unknown-not-no")

EDITIONS = sorted(load_rulebook().editions)
RECORDS = {
    "control_changed_on",
    *(name for name, dtype in schema().items() if dtype == pl.Date and name.startswith("last_")),
}
"""Dates that are evidence where there is one, and no gap where there is none."""
DATES = {fact.dated for fact in vocabulary().values() if fact.dated}
"""Days of what a firm declares: undated it stands as declared."""
FOUNDING = "founded_on"
"""Says which years there are, so that its values are not independent of the figures of those years."""


@cache
def inputs(edition: Edition) -> list[str]:
    """The facts an edition rests on that may be missing; points not given yet are a judgement, not a gap."""
    names = {fact for _, columns in compiled(edition, DAY).leaves for fact in columns.facts}
    return sorted(names & may_be_missing() - RECORDS - DATES - {FOUNDING})


def completions(edition: Edition, gap: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Each row with every value of the missing fact that could matter: ends of its domain, neighbours of thresholds."""
    leaves = [leaf for leaf, columns in compiled(edition, DAY).leaves if gap in columns.facts]
    candidates = Candidates(gap, leaves, View(DAY, edition.offset(DAY)))
    return candidates.split(rows.with_columns(origin=pl.col("firm_id"))).drop("origin")


def agree(outcomes: set[str]) -> bool:
    """Whether completions leave the answer decided: one answer, or one that people may turn into met."""
    return outcomes == {"judgement", "met"} or (len(outcomes) == 1 and "unknown" not in outcomes)


@pytest.mark.parametrize("name", EDITIONS)
@examples(2, phases=[Phase.generate], deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_an_answer_is_decided_if_and_only_if_all_completions_agree(name: str, seed: int) -> None:
    edition, draw = load_rulebook().edition(name), Random(seed)
    if not inputs(edition):
        return
    whole = firms(seed, 8).with_columns(is_living=pl.lit(True))
    gaps = draw.sample(inputs(edition), min(5, len(inputs(edition))))
    rows = [whole.with_columns(_without(gap), firm_id=pl.concat_str("firm_id", pl.lit(f" {gap}"))) for gap in gaps]

    with_gaps = evaluate(pl.concat(rows), [edition], DAY).verdicts
    complete = evaluate(
        pl.concat([completions(edition, gap, row) for gap, row in zip(gaps, rows, strict=True)]), [edition], DAY
    )

    outcomes = complete.verdicts.group_by("firm_id").agg(complete=pl.col("outcome").unique())
    for row in with_gaps.join(outcomes, on="firm_id").to_dicts():
        completed = set(row["complete"])
        assert (row["outcome"] != "unknown") is agree(completed), (row["firm_id"], row["outcome"], completed)
        assert row["outcome"] == "unknown" or row["outcome"] in completed


@examples(3, phases=[Phase.generate], deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_counterexamples_change_no_verdict(seed: int) -> None:
    """Firms that lack many figures, by every edition of a place: with them, and by the trial of every value alone."""
    editions, draw = load_rulebook().in_force(DAY, "CN-3301"), Random(seed)
    gaps = sorted({gap for edition in editions for gap in inputs(edition)} | {FOUNDING})
    whole = firms(seed, 24).with_columns(is_living=pl.lit(True))
    rows = whole.with_columns(
        pl.when(pl.Series([draw.random() < 0.7 for _ in range(whole.height)])).then(pl.col(gap)).alias(gap)
        for gap in gaps
    )
    shown: list[int] = []

    def counted(*arguments: Any) -> pl.Series:
        origins = undecided(*arguments)
        shown.append(len(origins))
        return origins

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(completion, "undecided", counted)
        verdicts = evaluate(rows, editions, DAY).verdicts
        patch.setattr(completion, "undecided", lambda frame, *_: frame["origin"].clear())
        by_every_value = evaluate(rows, editions, DAY).verdicts

    assert verdicts.equals(by_every_value)
    assert sum(shown) > 0


def _without(fact: str) -> pl.Expr:
    return pl.lit(None, dtype=schema()[fact]).alias(fact)


def test_years_before_founding_are_no_gap() -> None:
    """A firm of 2024 has no base year 2022: the route is closed, not unknown."""
    edition = load_rulebook().edition("gazelle/CN/2022")
    young = firms(1, 1).with_columns(
        founded_on=pl.lit(date(2024, 3, 1)), revenue_fen_y0=pl.lit(10**10), is_living=pl.lit(True)
    )

    findings = evaluate(young, [edition], DAY).findings()

    of_base = findings.filter(pl.col("condition_id").is_in(["revenue_base", "revenue_growth", "staff_base"]))
    assert of_base["outcome"].to_list() == ["not_met"] * 3


def test_the_year_of_founding_is_not_asked_for_last_year_as_zero() -> None:
    """A technology SME of this year is judged by its operating period, which no feed states: unknown."""
    edition = load_rulebook().edition("tech_sme/CN/2017")
    young = firms(1, 1).with_columns(
        founded_on=pl.lit(date(2026, 2, 1)), staff_mean_quarterly_y0=pl.lit(None, dtype=pl.Decimal(14, 2))
    )

    findings = evaluate(young, [edition], DAY).findings()

    assert findings.filter(pl.col("condition_id") == "staff_at_most_500")["outcome"].to_list() == ["unknown"]


def test_a_share_too_small_for_any_sufficient_revenue_decides() -> None:
    """R&D of 100 yuan is 5 % of at most 2,000 yuan, and the same edition asks for 10 million."""
    edition = load_rulebook().edition("gazelle/CN-37/2020")
    firm = firms(2, 1).with_columns(
        is_living=pl.lit(True), rd_account_fen_y0=pl.lit(10_000), revenue_fen_y0=pl.lit(None, dtype=pl.Int64)
    )

    assert evaluate(firm, [edition], DAY).verdicts["outcome"].to_list() == ["not_met"]


def test_a_firm_that_no_longer_exists_meets_no_edition() -> None:
    gone = firms(3, 40).with_columns(is_living=pl.lit(False))

    verdicts = evaluate(gone, list(load_rulebook().editions.values()), DAY).verdicts

    assert set(verdicts["outcome"]) == {"not_met"}
    assert set(verdicts["deciding_condition"]) == {"firm_exists"}


def test_an_undisclosed_round_beside_a_sufficient_one_decides() -> None:
    """The disclosed rounds are a floor under the total: enough of them meet the condition, too few leave it open."""
    edition = load_rulebook().edition("unicorn/CN/2022")
    firm = firms(4, 2).with_columns(
        financing_total_usd_cents=pl.lit(None, dtype=pl.Int64),
        financing_total_usd_cents_least=pl.Series([5_000_000_000, 4_999_999_999]),
    )

    findings = evaluate(firm, [edition], DAY).findings().filter(pl.col("condition_id") == "financing")

    assert findings["outcome"].to_list() == ["met", "unknown"]
