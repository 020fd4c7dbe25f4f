"""What holds of any zone: changes add up, parts of the ledger sum, signals do not contradict, reasons have numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import movement_rows as rows
import polars as pl
import pytest
from empty_build import trial
from examples import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from movement_rows import PREVIOUS, Firm

from warehouse.database.build import Build
from warehouse.ledger.ledger import STATES
from warehouse.models import building

AT_ONCE = examples(8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
"""A build of the layer takes as long for a hundred firms as for one, so an example is a zone."""
RUNGS = st.sampled_from(["", "", "tech_sme", "hnte", "gazelle"])
POINTS = st.none() | st.floats(-5, 60).map(lambda gap: round(gap, 2))
FIRMS = st.fixed_dictionaries(
    {
        "held": RUNGS,
        "before": RUNGS,
        "met": RUNGS,
        "met_before": RUNGS,
        "now": st.booleans(),
        "then": st.booleans(),
        "existed": st.booleans(),
        "outcome": st.sampled_from(["met", "judgement", "unknown", "not_met"]),
        "outcome_before": st.sampled_from([None, "met", "judgement", "unknown", "not_met"]),
        "is_closed": st.booleans(),
        "open_conditions": st.integers(0, 3),
        "gap": POINTS,
        "earlier": st.lists(POINTS, max_size=3),
    }
)


@pytest.fixture(scope="module")
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened:
        rows.prepare(opened)
        yield opened


def fill(build: Build, number: int, drawn: dict[str, Any]) -> None:
    """The rows of a firm with a verdict on high-tech enterprises, closed or not, met or short by its gap."""
    firm = Firm(build, f"P{number}")
    firm.exists(**{name: drawn[name] for name in ("held", "before", "met", "met_before", "now", "then", "existed")})
    is_short = drawn["outcome"] == "not_met"
    gap = abs(drawn["gap"]) if is_short and drawn["gap"] is not None else None
    is_closed = is_short and drawn["is_closed"]
    firm.verdict(
        outcome=drawn["outcome"],
        deciding_gap=gap,
        deciding_condition="hitech_income_share" if is_short else None,
        open_conditions=drawn["open_conditions"],
        is_closed=is_closed,
        closed_condition="hitech_income_share" if is_closed else None,
    )
    firm.finding(None if gap is None else rows.LINE - gap)
    if drawn["outcome_before"]:
        firm.verdict(day=PREVIOUS, outcome=drawn["outcome_before"], deciding_gap=gap)
    firm.earlier(*drawn["earlier"])


@given(zone=st.lists(FIRMS, min_size=60, max_size=60))
@AT_ONCE
def test_changes_are_exclusive_and_signals_have_reasons_and_do_not_contradict_each_other(
    build: Build, zone: list[dict[str, Any]]
) -> None:
    with trial(build):
        for number, drawn in enumerate(zone):
            fill(build, number, drawn)
        rows.rebuild(build)
        building.build_tables(build, ["mart_movers__totals"])
        changes = build.tuples("select firm_id, change from mart_movers__firms")
        totals = dict(build.tuples("select kind, firms from mart_movers__totals where total = 'change'"))
        alive = build.value(
            "select count(distinct firm_id) from core_firm__position where is_living and firm_id like 'P%'"
        )
        signals = build.rows("select * from mart_movers__signals")

    assert len(changes) == len({firm for firm, _ in changes}) == alive
    assert Counter(change for _, change in changes) == Counter({kind: n for kind, n in totals.items() if n})
    given_by = {(row["firm_id"], row["designation"], row["signal"]) for row in signals}
    for firm, designation, signal in given_by:
        if signal == "outgrown":
            for other in ("near_miss", "near_miss_for_years", "blocked"):
                assert (firm, designation, other) not in given_by
    for row in signals:
        assert all(re.search(r"\d", row[name]) for name in ("reason_zh", "reason_en")), row
    assert {kind for _, kind in changes} <= {"up", "back", "down", "new", "gone", "same"}


BOTH = st.booleans()
MOVES = st.fixed_dictionaries({**dict.fromkeys(STATES, BOTH), "is_without_news": BOTH})


@given(moves=st.lists(MOVES, min_size=1, max_size=40), before=st.integers(0, 500))
@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_parts_of_any_ledger_sum_to_the_change_of_each_firm_and_total(
    build: Build, moves: list[dict[str, bool]], before: int
) -> None:
    moved = [move for move in moves if move["published"] != move["now"]]
    after = before + sum(move["now"] - move["published"] for move in moved)
    subject = {"comparison": "releases", "measure": "held", "designation": "hnte"}
    with trial(build):
        if moved:
            build.put(
                "position_change",
                pl.DataFrame([{**subject, "firm_id": f"L{n}", **move} for n, move in enumerate(moved)]).with_columns(
                    pl.col(STATES).cast(pl.Int8)
                ),
                append=True,
            )
        build.put("position_total", pl.DataFrame([{**subject, "total_from": before, "total_to": after}]), append=True)
        building.build_tables(build, ["core_firm__ledger", "core_firm__ledger_parts", "mart_zone__ledger"])
        firms = build.rows("from core_firm__ledger")
        steps = build.rows("from mart_zone__ledger order by seq")

    assert len(firms) == len(moved)
    for row in firms:
        parts = [row[f"moved_{cause}"] for cause in ("identity", "data", "firm", "rule")]
        assert sum(parts) == row["count_to"] - row["count_from"]
    assert (steps[0]["firms_after"], steps[-1]["firms_after"]) == (before, after)
    for earlier, step in pairwise(steps):
        assert step["firms_after"] - earlier["firms_after"] == (step["moved"] or 0)
        if step["moved"] is not None:
            assert step["gained"] - step["lost"] == step["moved"] or step["step"] == "rule"  # a rule part may be ±2
