"""What is closed, for arbitrary firms and every edition."""

from datetime import date, timedelta

import polars as pl
import pytest
from case_files import files, frame
from examples import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from random_firms import DAY, blanked, firms

from tiers import Edition, evaluate, load_rulebook
from tiers.evaluation.compiled import compiled

pytestmark = pytest.mark.rule("reasons")

EDITIONS = list(load_rulebook().editions.values())
SEEDS = st.integers(0, 2**32 - 1)
few = examples(2, phases=[Phase.generate])
CLOSING = [edition for edition in EDITIONS if any(columns.closes for _, columns in compiled(edition, DAY).leaves)]
OPENING = [edition for edition in EDITIONS if compiled(edition, DAY).root.opens is not None]


@few
@given(SEEDS, SEEDS)
def test_a_closed_condition_decides_exactly_where_no_way_is_open(seed: int, hidden: int) -> None:
    result, key = evaluate(blanked(firms(seed, 40), hidden), EDITIONS, DAY), ["firm_id", "edition_id"]
    findings = result.findings()
    deciding = findings.filter("is_deciding").select(*key, "condition_id", finding_closed="is_closed")
    verdicts = result.verdicts.join(deciding, on=key, how="left").filter(pl.col("outcome") == "not_met")

    assert verdicts.filter("is_closed").height
    assert verdicts.filter(pl.col("is_closed") != pl.col("finding_closed")).is_empty()
    assert verdicts.filter(pl.col("is_closed") & (pl.col("closed_condition") != pl.col("condition_id"))).is_empty()
    assert verdicts.filter(pl.col("is_closed") & pl.col("opens_on").is_not_null()).is_empty()
    others = result.verdicts.filter(pl.col("outcome") != "not_met")
    assert others.filter(pl.col("is_closed") | pl.col("opens_on").is_not_null()).is_empty()
    assert findings.filter(pl.col("is_closed") & pl.col("gap").is_not_null()).is_empty()


def _figures_that_close(edition: Edition) -> set[str]:
    return {fact for _, columns in compiled(edition, DAY).leaves if columns.closes for fact in columns.facts}


LASTING = {"firm_id", "is_living", *(fact for edition in CLOSING for fact in _figures_that_close(edition))}
"""The figures of conditions that close, and that the firm exists."""


@few
@given(SEEDS, SEEDS, st.integers(0, 184))
def test_a_closed_verdict_stays_closed_on_later_days_and_by_other_figures(seed: int, other: int, days: int) -> None:
    before, changed = firms(seed, 40), firms(other, 40)
    after = pl.DataFrame([before[name] if name in LASTING else changed[name] for name in before.columns])
    closed = evaluate(before, CLOSING, DAY).verdicts.filter("is_closed").select("firm_id", "edition_id")

    later = evaluate(after, CLOSING, DAY + timedelta(days=days)).verdicts.filter("is_closed")

    assert closed.height
    assert closed.join(later, on=["firm_id", "edition_id"], how="anti").is_empty()


@examples(4, phases=[Phase.generate])
@given(st.integers(185, 360))
def test_a_verdict_is_met_on_the_day_it_names_and_not_before(days: int) -> None:
    """Firms that meet the rest, a bit too young or with an incident; within the year, in which the figures stay."""
    named = 0
    for edition in OPENING:
        met = {**files()[edition.id]["met"], "are_incidents_known": True}
        ages = [{"founded_on": DAY - timedelta(days=days + 365 * years)} for years in range(4)]
        people = frame([met | change for change in [*ages, {"last_major_incident_on": DAY - timedelta(days=days)}]])
        verdicts = evaluate(people, [edition], DAY).verdicts.filter(pl.col("opens_on") <= date(DAY.year, 12, 31))
        named += verdicts.height
        for verdict in verdicts.to_dicts():
            firm, day = people.filter(pl.col("firm_id") == verdict["firm_id"]), verdict["opens_on"]
            before, then = (
                evaluate(firm, [edition], on).verdicts["outcome"].item() for on in (day - timedelta(days=1), day)
            )
            assert (before, then in ("met", "judgement")) == ("not_met", True), (edition.id, verdict)
    assert named
