"""The smallest change: exact amounts, confirmed by evaluating the changed figures."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from case_files import cases, files, frame
from examples import examples
from hypothesis import Phase, given
from hypothesis import strategies as st
from random_firms import DAY, firms

from tiers import Edition, evaluate, load_rulebook
from tiers.columns.outcome import CODE
from tiers.fact_input import parse_fact
from tiers.schema.facts import schema
from tiers.schema.ladder import ladder
from tiers.smallest_change import Change, SmallestChange, smallest_change, typed

pytestmark = pytest.mark.rule("exact")

UNICORN = load_rulebook().edition("unicorn/CN/2022")
NEAR = {
    "founded_on": date(2020, 1, 1),
    "has_institutional_investment": True,
    "is_listed": False,
    "latest_post_money_usd": "7 亿美元",
    "financing_total_usd": "1 亿美元",
}


def step_of(firm: dict[str, object], edition: str = "unicorn/CN/2022", day: date = DAY) -> SmallestChange:
    return smallest_change(frame([firm]), load_rulebook().edition(edition), day)


def test_one_figure_short_of_its_threshold() -> None:
    step = step_of(NEAR)

    assert step.outcome == "met"
    assert [(change.fact, change.then, change.condition) for change in step.changes] == [
        ("latest_post_money_usd_cents", 100_000_000_000, "valuation")
    ]


def test_two_figures_are_listed_in_order() -> None:
    step = step_of({**NEAR, "financing_total_usd": "4000 万美元"})

    assert {change.fact: change.then for change in step.changes} == {
        "latest_post_money_usd_cents": 100_000_000_000,
        "financing_total_usd_cents": 5_000_000_000,
    }


def test_a_locked_condition_is_named() -> None:
    step = step_of({**NEAR, "founded_on": date(2010, 1, 1)})

    assert (step.outcome, step.changes, step.blocked_by) == ("not_met", [], "age_at_most_10")
    assert step.is_closed


def test_a_met_edition_needs_no_change() -> None:
    assert step_of({**NEAR, "latest_post_money_usd": "10 亿美元"}) == SmallestChange("met")


def test_growth_is_met_to_the_fen() -> None:
    firm = {**files()["gazelle/CN/2022"]["met"], "revenue_y0": "1700 万元", "technology_spending_y0": "50 万元"}

    step = step_of(firm, "gazelle/CN/2022")

    assert step.outcome == "met"
    assert [(change.fact, change.then) for change in step.changes] == [("revenue_fen_y0", 1_728_000_000)]


def test_a_share_is_met_by_raising_the_numerator_not_lowering_the_denominator() -> None:
    firm = {**files()["hnte/CN/2016"]["met"], "tech_staff_mean_monthly_y0": 8}

    step = step_of(firm, "hnte/CN/2016")

    assert step.outcome == "judgement"
    assert [(change.fact, float(change.then)) for change in step.changes] == [("tech_staff_mean_monthly_y0", 10.0)]  # type: ignore[arg-type]


LADDER = [edition for edition in load_rulebook().editions.values() if ladder()[edition.designation].track == "ladder"]


def after(firm: pl.DataFrame, changes: Sequence[Change]) -> pl.DataFrame:
    return firm.with_columns(pl.lit(change.then).cast(schema()[change.fact]).alias(change.fact) for change in changes)


def one_less(change: Change) -> Change:
    """The figure a stored unit closer to its present value."""
    unit = Decimal("0.01") if isinstance(change.then, Decimal) else 1
    back = unit if change.then < change.now else -unit  # type: ignore[operator]
    return replace(change, then=change.then + back)  # type: ignore[operator]


@pytest.mark.parametrize("edition", LADDER, ids=lambda edition: edition.id)
@examples(2, phases=[Phase.generate])
@given(st.integers(0, 2**32 - 1))
def test_the_edition_is_met_after_the_change_and_not_a_unit_before(edition: Edition, seed: int) -> None:
    people = firms(seed, 8)
    verdicts = evaluate(people, [edition], DAY).verdicts
    for firm_id in verdicts.filter(pl.col("outcome") == "not_met")["firm_id"].to_list()[:1]:
        firm = people.filter(pl.col("firm_id") == firm_id)
        step = smallest_change(firm, edition, DAY)
        before = evaluate(firm, [edition], DAY)
        closed = before.findings().filter("is_closed")["condition_id"].to_list()

        assert step.is_proven
        assert step.is_closed == before.verdicts["is_closed"].item()
        assert (step.outcome == "not_met") == (step.blocked_by is not None) == (not step.changes)
        for way in (step, *step.others):
            result = evaluate(after(firm, way.changes), [edition], DAY)
            assert result.verdicts["outcome"].item() == way.outcome
            still_closed = result.findings().filter("is_closed")["condition_id"]
            assert set(closed) <= set(still_closed), "no step leads through a closed condition"
            assert len(way.changes) >= len(step.changes)
            typed_back = dict(parse_fact(change.fact, typed(change.fact, change.then)) for change in way.changes)
            assert typed_back == {change.fact: change.then for change in way.changes}
            moved = [change.fact for change in way.changes]
            assert "founded_on" not in moved
            assert edition.head.data_years or not [name for name in moved if re.search(r"_y[1-5]$", name)]
            for change in way.changes:
                if not isinstance(change.then, bool):
                    short = [one_less(change) if other is change else other for other in way.changes]
                    answer = evaluate(after(firm, short), [edition], DAY).verdicts["outcome"].item()
                    assert CODE[answer] < CODE[way.outcome], change


def test_what_a_change_breaks_is_repaired_in_turn() -> None:
    """Revenue has to rise to 5 亿元, and with it the research that is measured by it: 3 % of 5 亿元."""
    met = files()["leader/CN-12/2021"]["met"]
    lasting = {f"revenue_y{ago}": "4 亿元" for ago in range(4)}
    firm = {**met, **lasting, "rd_tax_y0": "1200 万元", "rd_account_y0": "1200 万元"}

    step = step_of(firm, "leader/CN-12/2021")

    assert step.outcome in ("met", "judgement")
    targets = {change.fact: change.then for change in step.changes}
    assert targets["revenue_fen_y0"] == 50_000_000_000
    assert {value for name, value in targets.items() if name.startswith("rd_")} == {1_500_000_000}


SME = {
    **files()["tech_sme/CN/2017"]["met"],
    "staff_mean_quarterly_y0": 100,
    "tech_staff_mean_quarterly_y0": 10,  # 4 points
    "revenue_y0": "1000 万元",
    "cost_expense_y0": "1 亿元",
    "rd_tax_y0": "40 万元",  # 4 %: 30 points
    "ip_class1_count": 0,
    "ip_class2_count": 3,  # 18 points
    "holds_hnte": False,
    "has_provincial_rd_institution": False,
    "national_award_rank": 5,
    "standard_drafter_rank": 6,
}


def test_of_several_indicators_the_cheapest_band_is_taken() -> None:
    """52 points, 8 are lacking: two classes more of staff cost +100 %, one more of R&D 10 万元 (+25 %) gives 10."""
    step = step_of(SME, "tech_sme/CN/2017")

    assert step.outcome == "met"
    assert [(change.fact, change.then) for change in step.changes] == [("rd_tax_fen_y0", 50_000_000)]
    assert step.others


def test_one_figure_is_preferred_to_two_and_growing_to_shrinking() -> None:
    firm = {**SME, "rd_tax_y0": "20 万元", "ip_class2_count": 1}  # 4 + 10 + 6 points: 40 more are needed

    step = step_of(firm, "tech_sme/CN/2017")

    assert [change.fact for change in step.changes] in (["has_provincial_rd_institution"], ["holds_hnte"])
    assert all(len(way.changes) >= 1 for way in step.others)


def test_alternatives_are_listed_by_route() -> None:
    firm = {**files()["gazelle/CN/2022"]["met"], "revenue_y0": "1700 万元", "staff_end_y0": 150, "staff_end_y3": 100}

    step = step_of(firm, "gazelle/CN/2022")
    routes = [step.route, *(way.route for way in step.others)]

    assert step.outcome == "met"
    assert len(set(routes)) == len(routes) > 1


def test_there_are_cases_to_step_from() -> None:
    assert any(case.expect == "not_met" for case in cases())


def test_an_amount_is_typed_to_the_fen() -> None:
    assert typed("revenue_fen_y0", 1_728_000_001) == "1728.000001万元"
    assert typed("latest_post_money_usd_cents", 10**11) == "100000万美元"
    assert parse_fact("revenue_fen_y0", typed("revenue_fen_y0", 1_728_000_001)) == ("revenue_fen_y0", 1_728_000_001)


@pytest.mark.parametrize("rank", [0, 9])
def test_of_ranks_the_one_that_suffices_is_asked_for(rank: int) -> None:
    """The first three units of an award count, so third is enough; 0 is no rank at all."""
    firm = {**SME, "rd_tax_y0": "0 元", "ip_class2_count": 0, "national_award_rank": rank}

    step = step_of(firm, "tech_sme/CN/2017")

    ranks = {change.fact: change.then for way in (step, *step.others) for change in way.changes}
    assert ranks["national_award_rank"] == 3
    assert ranks["standard_drafter_rank"] == 5


def test_printed_data_years_are_closed() -> None:
    """Data years to 2023, asked on a day of 2025: no figure of theirs can change any more."""
    edition = load_rulebook().edition("gazelle/CN-32/2024")
    firm = {**files()["gazelle/CN-32/2024"]["met"], "technology_spending_y1": "0 元"}

    step = smallest_change(frame([firm]), edition, date(2025, 2, 28))

    assert not [change.fact for change in step.changes if re.search(r"_y\d$", change.fact)]


def test_an_unknown_answer_names_its_missing_figure() -> None:
    step = step_of({**NEAR, "latest_post_money_usd": None})

    assert (step.outcome, step.missing_fact) == ("unknown", "latest_post_money_usd_cents")


def test_a_firm_of_this_year_is_not_asked_for_last_year() -> None:
    firm = {**SME, "founded_on": date(2026, 2, 1), "rd_tax_y0": "20 万元"}

    step = step_of(firm, "tech_sme/CN/2017")

    assert not [change for way in (step, *step.others) for change in way.changes if change.fact.endswith("_y0")]
