"""The smallest step: what must change, exactly, and the engine agrees once it has."""

from datetime import date

import polars as pl
import pytest
from case_files import cases, files, frame
from random_firms import DAY, firms

from tiers import evaluate, load_rulebook
from tiers.facts import schema
from tiers.step import Step, smallest_step

UNICORN = load_rulebook().edition("unicorn/CN/2022")
NEAR = {
    "founded_on": date(2020, 1, 1),
    "has_institutional_investment": True,
    "is_listed": False,
    "latest_post_money_usd": "7 亿美元",
    "financing_total_usd": "1 亿美元",
}


def step_of(firm: dict[str, object], edition: str = "unicorn/CN/2022", day: date = DAY) -> Step:
    return smallest_step(frame([firm]), load_rulebook().edition(edition), day)


def test_one_figure_short_of_its_threshold() -> None:
    step = step_of(NEAR)

    assert step.outcome == "met"
    assert [(one.fact, one.then, one.condition) for one in step.changes] == [
        ("latest_post_money_usd_cents", 100_000_000_000, "valuation")
    ]


def test_two_figures_are_told_one_after_the_other() -> None:
    step = step_of({**NEAR, "financing_total_usd": "4000 万美元"})

    assert {one.fact: one.then for one in step.changes} == {
        "latest_post_money_usd_cents": 100_000_000_000,
        "financing_total_usd_cents": 5_000_000_000,
    }


def test_what_nothing_can_change_is_named() -> None:
    step = step_of({**NEAR, "founded_on": date(2010, 1, 1)})

    assert (step.outcome, step.changes, step.blocked_by) == ("not_met", [], "age_at_most_10")


def test_who_meets_it_needs_no_step() -> None:
    assert step_of({**NEAR, "latest_post_money_usd": "10 亿美元"}) == Step("met")


def test_growth_is_met_to_the_fen() -> None:
    firm = {**files()["gazelle/CN/2022"]["met"], "revenue_y0": "1700 万元", "technology_spending_y0": "50 万元"}

    step = step_of(firm, "gazelle/CN/2022")

    assert step.outcome == "met"
    assert [(one.fact, one.then) for one in step.changes] == [("revenue_fen_y0", 1_728_000_000)]


def test_a_share_asks_for_more_of_its_part_not_for_less_of_its_whole() -> None:
    firm = {**files()["hnte/CN/2016"]["met"], "tech_staff_mean_monthly_y0": 8}

    step = step_of(firm, "hnte/CN/2016")

    assert step.outcome == "judgement"
    assert [(one.fact, float(one.then)) for one in step.changes] == [("tech_staff_mean_monthly_y0", 10.0)]  # type: ignore[arg-type]


CHOSEN = ("tech_sme/CN/2017", "gazelle/CN/2022", "unicorn/CN/2022", "leader/CN-33/2022")


@pytest.mark.parametrize("name", CHOSEN)
def test_the_engine_agrees_once_the_step_is_made(name: str) -> None:
    edition = load_rulebook().edition(name)
    people = firms(11, 25)
    failing = evaluate(people, [edition], DAY).verdicts.filter(pl.col("outcome") == "not_met")["firm_id"].to_list()
    taken = 0
    for firm_id in failing[:6]:
        firm = people.filter(pl.col("firm_id") == firm_id)
        step = smallest_step(firm, edition, DAY)
        changed = firm.with_columns(pl.lit(one.then).cast(schema()[one.fact]).alias(one.fact) for one in step.changes)
        taken += step.outcome != "not_met"

        assert evaluate(changed, [edition], DAY).verdicts["outcome"].item() == step.outcome
        assert (step.outcome == "not_met") == (step.blocked_by is not None)
        for one in step.changes:
            assert firm[one.fact].item() != one.then
            assert "founded_on" not in one.fact
    assert taken or name != "tech_sme/CN/2017"


def test_there_are_cases_to_step_from() -> None:
    assert any(case.expect == "not_met" for case in cases())
