"""What holds of the changes, signals and next steps of any zone, on the sample."""

import re

import pytest

from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_list import MoverList
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

NUMBER = re.compile(r"\d")


def test_changes_add_up_to_the_firms(published: Published) -> None:
    totals = published.rows("select total, kind, firms from mart_movers__totals")
    firms = published.rows("select count(*) as n from mart_movers__firms")[0]["n"]

    assert sum(row["firms"] for row in totals if row["total"] == "change") == firms > 0
    for row in totals:
        assert row["firms"] == MoverList(published, "firms").count(Filters(**{row["total"]: row["kind"]})), row


def test_each_signal_has_a_reason_with_a_number(published: Published) -> None:
    rows = published.rows("select signal, reason_zh, reason_en from mart_movers__signals")

    assert rows
    for row in rows:
        assert all(NUMBER.search(row[name]) for name in ("reason_zh", "reason_en")), row
        assert not re.search("[{}]|，，|：：|: :", row["reason_zh"] + row["reason_en"]), row


def test_a_reason_names_what_is_met_or_what_fails(published: Published) -> None:
    rows = published.rows(
        "select signal, bool_and(finding.outcome in ('met', 'judgement')) as all_met,"
        " bool_or(finding.outcome in ('met', 'judgement')) as any_met, bool_or(contains(reason_en, '); ')) as all_lines"
        " from mart_movers__signals"
        " inner join core_tiers__findings as finding using (firm_id, edition_id, condition_id) group by signal"
    )

    met = {row["signal"] for row in rows if row["all_met"]}
    assert met == {row["signal"] for row in rows if row["any_met"]} == {"newly_eligible", "margin_thin"}
    assert not [row["signal"] for row in rows if row["all_lines"]]  # of a requirement by size, the line of this firm


def test_no_firm_has_outgrown_a_rung_that_it_nearly_meets(published: Published) -> None:
    both = published.rows(
        "select firm_id, designation from core_firm__signals group by all"
        " having bool_or(signal = 'outgrown') and bool_or(signal in ('near_miss', 'near_miss_for_years', 'blocked'))"
    )

    assert both == []


def test_a_condition_that_is_met_is_never_the_next_step(published: Published) -> None:
    steps = published.rows(
        "select step.action, finding.outcome, step.gap, step.missing_fact from core_firm__next as step"
        " inner join core_tiers__findings as finding using (firm_id, edition_id, condition_id)"
    )

    assert {(row["action"], row["outcome"]) for row in steps} <= {("close_gap", "not_met"), ("provide_data", "unknown")}
    named = published.rows("select count(*) as n from core_firm__next where action in ('close_gap', 'provide_data')")
    assert len(steps) == named[0]["n"] > 0


def test_each_title_held_is_counted_by_card_and_filter(published: Published) -> None:
    rungs = published.rows("select designation, held_count from mart_zone__ladder")
    titles = published.rows("select designation, count(*) as n from mart_movers__titles where is_held group by all")
    listed = {row["designation"]: row["n"] for row in titles}

    for rung in rungs:
        firms = MoverList(published, "firms").count(Filters(held=rung["designation"]))
        assert firms == rung["held_count"] == listed.get(rung["designation"], 0), rung


def test_each_date_is_that_of_its_title(published: Published) -> None:
    wrong = published.rows(
        "select mover.firm_id from mart_movers__firms as mover"
        " left join mart_movers__titles as title"
        " on mover.firm_id = title.firm_id and mover.due_designation = title.designation"
        " where mover.due_on is distinct from title.valid_to"
    )

    assert wrong == []


def test_a_near_miss_is_short_and_closing(published: Published) -> None:
    rows = published.rows("select gap, required, pace from core_firm__signals where signal = 'near_miss'")

    for row in rows:
        assert 0 < row["gap"] <= 2 * row["pace"]
