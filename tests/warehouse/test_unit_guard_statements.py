"""The unit guard on the tables of a build: two statements of a report, decisions, head counts of another feed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from empty_build import put, trial

from service.decisions import units
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.unit_guard.guard import Guarded, guard_units

pytestmark = pytest.mark.rule("proposals")

YEARS = (2019, 2020, 2021)
PROFIT = {
    "revenue_fen": 2_000_000_000_00,
    "operating_cost_fen": 1_500_000_000_00,
    "admin_expense_fen": 132_000_000_00,
    "business_taxes_fen": 15_000_000_00,
    "net_profit_fen": 250_000_000_00,
}
"""In fen, of a company of 2,000 people and 500 million shares."""
BALANCE = {
    "current_assets_fen": 1_500_000_000_00,
    "noncurrent_assets_fen": 1_100_000_000_00,
    "current_liabilities_fen": 900_000_000_00,
    "noncurrent_liabilities_fen": 300_000_000_00,
}
SHARE = {"eps_basic": 0.5, "money_unit": "元"}


@pytest.fixture
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened, trial(opened):
        yield opened


def rows(amounts: Mapping[str, float], factor: float = 1, **more: Any) -> list[dict[str, Any]]:
    return [
        {"stock_code": "600001", "year": year, "money_unit": "元", **more}
        | {name: round(value * factor * 1.05 ** (year - 2019)) for name, value in amounts.items()}
        for year in YEARS
    ]


def put_reports(build: Build, profit: list[dict[str, Any]], balance: list[dict[str, Any]], staff: list[int]) -> None:
    earned = [{**SHARE, "eps_basic": round(0.5 * 1.05 ** (row["year"] - 2019), 2), **row} for row in profit]
    put(build, "stg_listed__profit", earned, "listed__profit", 1)
    put(build, "stg_listed__balance", balance, "listed__balance", 11)
    people = [
        {"stock_code": "600001", "year": year, "staff_end": count} for year, count in zip(YEARS, staff, strict=False)
    ]
    put(build, "stg_listed__people", people, "listed__people", 21)


def judged(build: Build) -> dict[tuple[str, int], tuple[str, int]]:
    statement = "select feed, year, verdict, power from unit_judgement order by all"
    return {(feed, year): (verdict, power) for feed, year, verdict, power in build.tuples(statement)}


def findings(build: Build, severity: str) -> list[tuple[Any, ...]]:
    statement = "select feed, row_no, rule_id, field, value from quarantine where severity = $1 order by all"
    return build.tuples(statement, [severity])


@pytest.mark.parametrize("power", [3, 4, 6, 8])
def test_shares_alone_find_a_report_in_another_unit_in_every_year(build: Build, power: int) -> None:
    put_reports(build, rows(PROFIT, 10.0**-power), [], [])
    guarded = guard_units(build)

    assert judged(build) == {("listed__profit", year): ("factor", power) for year in YEARS}
    assert [proposal.power for proposal in guarded.proposals] == [power] * 3


def test_shares_of_a_single_year_do_not_prove_a_factor(build: Build) -> None:
    put_reports(build, rows(PROFIT, 0.001)[:1], [], [])
    guard_units(build)

    assert judged(build) == {("listed__profit", 2019): ("possible_factor", 3)}
    assert findings(build, "quarantine") == []
    assert [(rule, field) for _, _, rule, field, _ in findings(build, "warn")] == [("U04", "net_profit")]


@pytest.mark.parametrize("power", [3, 4, 6, 8])
def test_both_statements_of_a_report_are_proposed(build: Build, power: int) -> None:
    put_reports(build, rows(PROFIT, 10.0**-power), rows(BALANCE, 10.0**-power), [2000, 2000, 2100])
    guard_units(build)

    expected = {(feed, year): ("factor", power) for feed in ("listed__balance", "listed__profit") for year in YEARS}
    assert judged(build) == expected


def test_a_single_amount_beside_a_clean_statement_is_a_cell(build: Build) -> None:
    lone = [{**row, **dict.fromkeys(BALANCE)} for row in rows(BALANCE)[:1]]
    lone[0]["current_assets_fen"] = 1_500_000_00
    put_reports(build, rows(PROFIT)[:1], lone, [2000])
    guard_units(build)

    assert judged(build) == {("listed__balance", 2019): ("cell", 3)}
    assert findings(build, "quarantine") == [("listed__balance", 11, "U05", "current_assets", None)]


def test_a_wrong_head_count_withholds_the_row_of_the_head_count(build: Build) -> None:
    put_reports(build, rows(PROFIT), rows(BALANCE), [2000, 90_000, 2100])
    guard_units(build)

    assert {kind for kind, _ in judged(build).values()} == {"staff"}
    assert [(feed, row, rule, field) for feed, row, rule, field, _ in findings(build, "quarantine")] == [
        ("listed__people", 22, "U05", "staff_end")
    ]


def decide(build: Build, feed: str, row: int, state: str, power: int) -> None:
    build.execute(
        "insert into unit_decision (feed, delivery_id, sheet, row_no, state, unit_power, statement_id)"
        " values ($1, 'd', 's', $2, $3, $4, 1)",
        [feed, row, state, power],
    )


def guard_with(build: Build, state: str, power: int) -> Guarded:
    """The profits still a thousand times too small, with a decision on the first one."""
    put_reports(build, rows(PROFIT, 0.001), rows(BALANCE), [2000, 2000, 2100])
    decide(build, "listed__profit", 1, state, power)
    return guard_units(build)


def test_a_confirmed_factor_does_not_silence_the_guard(build: Build) -> None:
    guarded = guard_with(build, "confirmed", 3)

    assert judged(build)[("listed__profit", 2019)] == ("factor", 3)
    assert ("listed__profit", 1, "U04", "money_unit", "×1000000") in findings(build, "quarantine")
    assert {proposal.subject for proposal in guarded.proposals} == {"listed__profit/d/s/2", "listed__profit/d/s/3"}


def test_a_refused_report_counts_as_filed(build: Build) -> None:
    guarded = guard_with(build, "refused", 0)

    assert ("listed__profit", 2019) not in judged(build)
    assert len(guarded.proposals) == 2


def judgement(feed: str, verdict: str, seq: int = 1, row: int = 1) -> dict[str, Any]:
    subject = f"{feed}/d{seq}/s/{row}"
    return {
        "subject": subject,
        "feed": feed,
        "firm": "600001",
        "year": 2021,
        "verdict": verdict,
        "seq": seq,
        "row_no": row,
    }


@pytest.mark.parametrize("report", ["600001/2021", "stock-600001/2021"])
def test_firm_and_year_mean_each_statement_in_question_as_filed_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: str
) -> None:
    stated = [
        judgement("listed__profit", "factor", seq=1),
        judgement("listed__profit", "factor", seq=2),
        judgement("listed__balance", "doubtful"),
    ]
    monkeypatch.setattr("service.decisions.units.judgements", lambda _: stated)

    assert set(units.subjects_of(Home(tmp_path), report)) == {"listed__profit/d2/s/1", "listed__balance/d1/s/1"}


def test_a_cell_in_doubt_is_not_meant_beside_a_statement_in_another_unit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stated = [judgement("listed__profit", "factor"), judgement("listed__balance", "cell")]
    monkeypatch.setattr("service.decisions.units.judgements", lambda _: stated)

    assert units.subjects_of(Home(tmp_path), "600001/2021") == ["listed__profit/d1/s/1"]
    with pytest.raises(BadInput, match="no report is in question"):
        units.subjects_of(Home(tmp_path), "600001/2020")


def test_a_wrong_head_count_of_a_form_becomes_unknown_and_its_money_counts(build: Build) -> None:
    firms = [
        {
            "uscc": f"9133010600000000{n:02}",
            "uscc_state": "ok",
            "is_withdrawn": False,
            "year": year,
            "money_unit": "千元",
        }
        | {"staff_end": 40 * (100 if (n, year) == (1, 2020) else 1), "payroll_fen": 4_400_000_00 + n}
        | {"revenue_fen": 30_000_000_00 + n, "total_assets_fen": 36_000_000_00 + n}
        for n in range(1, 31)
        for year in YEARS
    ]
    put(build, "stg_zone__yearly", firms, "zone__yearly")
    guard_units(build)

    assert findings(build, "hold") == [("zone__yearly", 2, "U05", "staff_end", "4000")]
    assert build.tuples("select staff_end, revenue_fen from stg_zone__yearly where row_no = 2") == [
        (None, 30_000_000_01)
    ]
    assert build.value("select count(staff_end) from stg_zone__yearly") == 89
