"""Editions are evaluated on the facts that they read alone: no other fact changes a result."""

import polars as pl
import pytest
from examples import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from random_firms import DAY, blanked, firms

from tiers import evaluate, load_rulebook
from tiers.evaluation.earlier import Earlier, earlier_answers, facts_then, near
from tiers.evaluation.missing import missing_facts
from tiers.evaluation.one_pass import Evaluation, facts_read
from tiers.schema.facts import schema

pytestmark = pytest.mark.rule("whole-equals-part")

EDITIONS = list(load_rulebook().editions.values())
SELECTED = load_rulebook().selected(DAY, "CN-3301")
YEARS = (1, 2, 3)
SEEDS = st.integers(0, 2**32 - 1)


@examples(2, phases=[Phase.generate])
@given(SEEDS, SEEDS)
def test_facts_that_no_edition_reads_change_no_answer(seed: int, hidden: int) -> None:
    every = blanked(firms(seed), hidden)
    read = every.select(sorted(facts_read(EDITIONS, DAY)))

    of_all, of_read = (evaluate(facts, EDITIONS, DAY) for facts in (every, read))

    assert read.width < every.width
    assert_frame_equal(of_read.verdicts, of_all.verdicts)
    assert_frame_equal(of_read.findings(), of_all.findings())
    assert_frame_equal(*(missing_facts(evaluated, evaluated.compiled) for evaluated in (of_read, of_all)))


@examples(2, phases=[Phase.generate])
@given(SEEDS, SEEDS)
def test_facts_that_no_edition_reads_change_no_answer_of_earlier_years(seed: int, hidden: int) -> None:
    every = blanked(firms(seed), hidden, share=0.05)
    today = evaluate(every, SELECTED, DAY)

    for years in YEARS:
        then = facts_then(today.compiled, years, DAY)
        of_all, of_read = (looked_back(today, facts, years) for facts in (every, every.select(sorted(then))))

        assert then < schema().keys()
        assert of_all.answers.height > 0
        assert_frame_equal(of_read.answers, of_all.answers)
        assert_frame_equal(of_read.margins, of_all.margins)


def looked_back(today: Evaluation, facts: pl.DataFrame, years: int) -> Earlier:
    """The answers of an earlier year for firms that are near, however far."""
    return earlier_answers(near(today, today.compiled, share=1.0), facts, years, DAY)
