"""The bridge to a target and the monitoring of the plan by hand: each firm in one bar, each number from its firms."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from empty_build import put, trial
from movement_rows import DAY, PREVIOUS, READ
from target_rows import DUE, LISTED, MODELS, firms, holds, listed, odds, targets, verdict

from warehouse.database.build import Build
from warehouse.models import building


@pytest.fixture
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened, trial(opened) as build:
        building.set_parameters(build, day=DAY, previous_day=PREVIOUS, place="CN-3301", run_id="run")
        for table in ("core_tiers__ladder_verdicts", "core_firm__position"):
            build.execute(f"create or replace table {table} ({READ[table]})")
        for table, columns in {
            "core_firm__held": "firm_id varchar, designation varchar, day date, valid_to date",
            "core_firm__applications": "firm_id varchar, designation varchar, is_applied boolean",
            "core_firm__signals": "firm_id varchar, designation varchar, signal varchar",
        }.items():
            build.execute(f"create or replace table {table} ({columns})")
        yield build


def bars(build: Build, measure: str = "hnte_stock") -> dict[str, tuple[int, int, float, float, float]]:
    building.build_tables(build, list(MODELS))
    rows = build.tuples(
        "select bar, firms, without_odds, low, expected, high from mart_zone__bridge where measure = $1", [measure]
    )
    return {bar: tuple(rest) for bar, *rest in rows}


def test_each_firm_is_in_the_first_bar_that_fits_and_the_total_is_their_sum(build: Build) -> None:
    targets(build, {"measure": "hnte_stock"})
    firms(build, "holds", "for ever", "ends", "ends as the target is due", "applied", "meets", "judged", "near", "far")
    holds(build, "holds", date(2027, 1, 1))
    holds(build, "for ever", None)
    holds(build, "ends", date(2026, 12, 30))
    holds(build, "ends as the target is due", DUE)
    odds(build, "ends", "lose", 0.2, 0.4, 0.5)
    odds(build, "applied", "reach", 0.25, 0.5, 0.75)
    odds(build, "holds", "lose", 0.9, 0.9, 0.9)  # not before the target is due
    odds(build, "far", "reach", 0.9, 0.9, 0.9)  # in no bar
    for firm in ("applied", "meets"):
        verdict(build, firm, "met")
    verdict(build, "judged", "judgement")
    verdict(build, "far", "not_met")
    verdict(build, "far", "met", PREVIOUS)
    for firm in ("near", "meets"):
        build.execute("insert into core_firm__signals values ($1, 'hnte', 'near_miss')", [firm])
    build.execute("insert into core_firm__applications values ('applied', 'hnte', true), ('far', 'hnte', false)")

    assert bars(build) == {
        "held": (3, 0, 3.0, 3.0, 3.0),
        "ending": (1, 0, 0.0, 0.6, 1.0),
        "applied": (1, 0, 0.0, 0.5, 1.0),
        "eligible": (2, 2, 0.0, 0.0, 2.0),
        "near_miss": (1, 1, 0.0, 0.0, 1.0),
        "total": (8, 3, pytest.approx(3.0), 4.1, 8.0),
    }


def test_the_range_holds_what_the_odds_leave_open_and_chance(build: Build) -> None:
    """100 firms at 0.4, 0.5 and 0.6: 1.645 deviations of the binomial, √(100 · 0.5 · 0.5) = 5, beyond 40 and 60."""
    targets(build, {"measure": "hnte_stock"})
    names = [f"F{number}" for number in range(100)]
    firms(build, *names)
    for name in names:
        verdict(build, name, "met")
        odds(build, name, "reach", 0.4, 0.5, 0.6)

    assert bars(build)["total"] == (100, 0, pytest.approx(31.78), 50.0, pytest.approx(68.22))


def test_a_new_title_counts_once_in_the_year_of_the_first_grant(build: Build) -> None:
    targets(build, {"measure": "hnte_new"})
    firms(build, "new", "renewed", "formerly", "meets")
    listed(
        build,
        ("new", date(2026, 3, 1), None),
        ("renewed", date(2023, 3, 1), date(2026, 2, 28)),
        ("renewed", date(2026, 3, 1), None),
        ("formerly", date(2019, 3, 1), date(2022, 2, 28)),
        ("meets", date(2026, 7, 1), None),  # after the day of the run
    )
    for firm in ("new", "renewed", "formerly", "meets"):
        verdict(build, firm, "met")

    assert bars(build, "hnte_new") == {
        "granted": (1, 0, 1.0, 1.0, 1.0),
        "eligible": (1, 1, 0.0, 0.0, 1.0),
        "total": (2, 1, 1.0, 1.0, 2.0),
    }


@pytest.mark.parametrize(("due_on", "is_beyond"), [(date(2027, 6, 30), False), (date(2027, 7, 1), True)])
def test_a_target_beyond_the_reach_of_odds_is_marked_and_one_of_the_past_has_no_bridge(
    build: Build, due_on: date, is_beyond: bool
) -> None:
    targets(
        build, {"measure": "hnte_stock", "due_on": due_on}, {"measure": "gazelle_stock", "due_on": date(2026, 6, 29)}
    )
    building.build_tables(build, list(MODELS))

    rows = build.tuples("select measure, bar, firms, low, expected, high, is_beyond_horizon from mart_zone__bridge")
    assert rows == [("hnte_stock", "total", 0, 0, 0, 0, is_beyond)]


def monitored(build: Build, measure: str) -> dict[int, tuple[object, ...]]:
    building.build_tables(build, list(MODELS))
    rows = build.tuples(
        "select year, stage, value, firms, target_share_pct, is_final from mart_zone__monitoring"
        " where measure = $1 order by year",
        [measure],
    )
    return {year: tuple(rest) for year, *rest in rows}


def test_a_stock_is_counted_on_the_last_day_of_the_year_and_in_the_running_year_on_the_day_of_the_run(
    build: Build,
) -> None:
    targets(build, *({"measure": "hnte_stock", "year": year, "target": 4.0} for year in (2023, 2025, 2026, 2027)))
    firms(build, "A", "B", "C", "lost")
    firms(build, "dead", is_living=False, ended_on=date(2026, 1, 1))
    listed(
        build,
        ("A", date(2024, 12, 31), date(2027, 12, 30)),
        ("B", date(2024, 1, 1), date(2025, 12, 31)),
        ("C", date(2026, 6, 30), None),
        ("lost", date(2024, 6, 1), None),
        ("dead", date(2024, 6, 1), None),
    )
    put(
        build,
        "core_title",
        [{**LISTED, "title_id": "x", "event": "cancelled", "firm_id": "lost", "issued_on": date(2025, 12, 31)}],
        "recognition__hnte",
    )

    assert monitored(build, "hnte_stock") == {
        2023: ("midterm", None, None, None, True),  # no list of then is known
        2024: ("yearly", 4.0, 4, None, True),  # A, B, lost, dead; without a target
        2025: ("final", 3.0, 3, 75.0, True),  # A, B, dead, which lived until the next day
        2026: ("yearly", 2.0, 2, 50.0, False),  # A, C
        2027: ("yearly", None, None, None, False),
    }


def test_new_titles_conversion_and_a_ratio_by_hand(build: Build) -> None:
    targets(
        build,
        *({"measure": name, "year": 2025, "target": 50.0} for name in ("hnte_new", "tech_sme_to_hnte", "rd_share")),
    )
    firms(build, "A", "B", "C", "D")
    listed(build, ("A", date(2025, 5, 1), None), ("C", date(2025, 12, 31), None), ("D", date(2024, 12, 31), None))
    entry = {**LISTED, "designation": "tech_sme", "valid_from": date(2024, 4, 1), "issued_on": date(2024, 4, 1)}
    entries = {"A": date(2024, 12, 31), "B": date(2024, 12, 31), "C": date(2024, 12, 30), "D": date(2025, 12, 31)}
    put(
        build,
        "core_title",
        [{**entry, "title_id": f"s{firm}", "firm_id": firm, "valid_to": day} for firm, day in entries.items()],
        "recognition__tech_sme",
    )
    figures = {"A": (100, 1000), "B": (50, 2000), "C": (None, 5000), "D": (70, None)}
    put(
        build,
        "core_firm__yearly",
        [
            {"firm_id": firm, "year": 2025, "rd_account_fen": rd, "revenue_fen": revenue}
            for firm, (rd, revenue) in figures.items()
        ],
        "zone__yearly",
    )

    assert monitored(build, "hnte_new")[2025] == ("final", 2.0, 2, 4.0, True)
    # A, B and D held the entry at the end of 2024; of them A was recognised in 2025, D before
    assert monitored(build, "tech_sme_to_hnte")[2025][1:3] == (pytest.approx(100 / 3), 1)
    assert monitored(build, "rd_share")[2025] == ("final", 5.0, 2, 10.0, True)  # 150 of 3,000: A and B report both


def test_each_number_is_the_sum_over_its_firms_in_this_run(build: Build) -> None:
    targets(build, {"measure": "hnte_stock", "year": 2025}, {"measure": "hnte_new", "year": 2025})
    firms(build, "A", "B")
    listed(build, ("A", date(2025, 5, 1), None), ("B", date(2024, 5, 1), None))
    building.build_tables(build, list(MODELS))

    wrong = build.rows(
        "select number.measure, number.year from mart_zone__monitoring as number"
        " left join mart_zone__monitoring_firms as firm using (measure, year)"
        " group by all having number.value is distinct from sum(firm.part) and number.value > 0"
    )
    assert wrong == []
    assert build.column("select distinct run_id from mart_zone__monitoring") == ["run"]


def test_of_a_delivered_and_an_entered_target_the_newer_stands(build: Build) -> None:
    """In force from the moment it was entered; a file that comes later takes its place, another target stays."""
    row = {"zone": "Z", "year": 2026, "measure": "高新技术企业存量", "target": "300", "unit": "家", "document": "规划"}
    put(
        build, "stg_plan__targets", [{**row, "due_on": DUE, "delivery_id": "d", "seq": 1, "row_no": 2}], "plan__targets"
    )
    entered = {**row, "measure": "hnte_stock", "target": 320.0, "document": "要点", "due_on": "2026-09-30"}
    other = {**entered, "measure": "leader_stock", "target": 2.0}
    moments = {"2025-12-31T23:00Z": (300.0, None, DUE), "2026-01-01T01:00Z": (320.0, 7, date(2026, 9, 30))}
    for said_at, stands in moments.items():
        build.execute("delete from statement_standing")
        for number, content in ((7, entered), (8, other)):
            build.execute(
                "insert into statement_standing by name select $1 as statement_id, 'target' as kind,"
                " $2::json as content, $3::timestamptz as said_at",
                [number, json.dumps(content), said_at],
            )
        building.build_tables(build, ["core_target"])

        rows = build.tuples("select measure, target, entered_as, due_on from core_target order by measure")
        assert rows == [("hnte_stock", *stands), ("leader_stock", 2.0, 8, date(2026, 9, 30))]
