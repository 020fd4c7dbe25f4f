"""Flows, survival and cohorts as commands ask for them: margins are the lists, any two days, hidden cells."""

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from service.queries.zone import flows, time_in_rung
from service.queries.zone.flows import Days
from warehouse.database.build import Build
from warehouse.errors import BadInput, ReleaseUnreadable
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule(
    "answers-agree", "the margins of the matrix are the lists; an answer names what it does not know"
)


def margin(rows: list[dict[str, Any]], side: str) -> dict[str, int]:
    return {row[f"{side}_state"]: row[f"{side}_firms"] for row in rows}


def test_the_margins_are_the_firms_of_the_lists(released: Home, published: Published) -> None:
    rows = flows.matrix(released, Days())
    before, now = margin(rows, "from"), margin(rows, "to")

    held = (
        "select coalesce(designation, 'none') as state, count(*) as firms from core_firm__position as position"
        " left join ref_designations on rank = held_rank inner join parameter on position.day = parameter.{}"
        " where is_living group by all"
    )
    for day, totals in (("previous_day", before), ("day", now)):
        listed = {row["state"]: row["firms"] for row in published.rows(held.format(day))}
        counted = {
            state: firms
            for state, firms in totals.items()
            if state not in ("absent", "gone", "unknown", "none") and firms
        }
        assert counted == {state: firms for state, firms in listed.items() if state != "none"}
        assert totals["none"] + totals["unknown"] == listed["none"]
    movers = published.rows(
        "select coalesce(held, 'none') as state, change, count(*) as firms from mart_movers__firms group by all"
    )
    assert sum(row["firms"] for row in movers) == sum(now.values()) == sum(before.values())


def test_each_row_of_shares_adds_up(released: Home) -> None:
    rows = flows.matrix(released, Days())
    for state in {row["from_state"] for row in rows if row["from_firms"]}:
        cells = [row for row in rows if row["from_state"] == state]
        assert sum(row["firms"] for row in cells) == cells[0]["from_firms"]
        assert sum(row["share"] for row in cells) == pytest.approx(1)
        assert all(row["share_low"] <= row["share"] <= row["share_high"] for row in cells)


def test_days_that_are_not_the_releases_are_answered_by_the_same_models(released: Home, published: Published) -> None:
    ((day, previous_day),) = [tuple(row.values()) for row in published.rows("select day, previous_day from parameter")]
    with flows.standing(releases.current(released), previous_day, day) as build:
        rebuilt = build.tuples(f"from {flows.TRANSITIONS}")
    assert rebuilt == [tuple(row.values()) for row in published.rows(f"from {flows.TRANSITIONS}")]

    middle = date(2025, 12, 31)
    first, second = flows.matrix(released, Days(previous_day, middle)), flows.matrix(released, Days(middle, day))
    reached, began = margin(first, "to"), margin(second, "from")
    assert {state: began[state] for state in began if state != "absent"} == {
        state: reached[state] for state in reached if state != "gone"
    }


def test_the_firms_of_a_cell_are_as_many_as_it_says(released: Home) -> None:
    cell = max(flows.matrix(released, Days()), key=lambda row: row["firms"])
    firms = flows.firms_between(released, Days(), cell["from_state"], cell["to_state"])

    assert len({firm["firm_id"] for firm in firms}) == cell["firms"] > 0
    for row in flows.matrix(released, Days()):
        if {row["from_state"], row["to_state"]} & {"none", "unknown"}:
            assert len(flows.firms_between(released, Days(), row["from_state"], row["to_state"])) == row["firms"]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (Days(date(2026, 1, 1), date(2026, 1, 1)), "不早于"),
        (Days(None, date(2027, 1, 1)), "此后的名单尚不知道"),
        (Days(date(1999, 1, 1)), "没有任何名单"),
        (Days(run_id="nowhere"), "没有第 nowhere 期"),
    ],
)
def test_days_of_which_nothing_is_known_are_refused(released: Home, days: Days, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        flows.matrix(released, days)


def test_outside_the_zone_small_cells_and_what_gives_them_away_are_missing(released: Home) -> None:
    inside, outside = flows.matrix(released, Days()), flows.matrix(released, Days(), outside=True)

    assert any(0 < row["firms"] < 3 for row in inside)
    assert all(row["firms"] is None or row["firms"] == 0 or row["firms"] >= 3 for row in outside)
    assert all(row["share"] is None for row in outside if row["firms"] is None)
    assert {tuple(row) for row in outside} == {tuple(inside[0])}


def test_survival_tells_the_groups_that_are_too_small(released: Home) -> None:
    answer = time_in_rung.survival(released, "高新技术企业", "sector")

    assert answer["groups"]
    assert not any(
        group["is_large_enough"] for group in answer["groups"] if group["firms"] < answer["limits"]["firms_min"]
    )
    assert {row["stratum"] for row in answer["curves"]} <= {
        g["stratum"] for g in answer["groups"] if g["is_large_enough"]
    }
    with pytest.raises(BadInput, match="sector_age_size, sector_age"):
        time_in_rung.survival(released, "hnte", "colour")
    with pytest.raises(BadInput, match="不得提供区外"):
        time_in_rung.survival(released, "hnte", "sector_age", outside=True)
    with pytest.raises(BadInput, match="founded, first_title"):
        time_in_rung.cohorts(released, "moon")


def test_a_release_without_these_tables_says_that_it_is_of_another_version(own_home: Home) -> None:
    expected = flows.matrix(own_home, Days())
    with Build.open(releases.current(own_home)) as build:
        for table in ("mart_zone__transitions", "mart_zone__survival", "mart_zone__cohorts", "core_firm__rung_on"):
            build.execute(f"drop table {table}")

    with pytest.raises(ReleaseUnreadable, match="由另一版本的 Tidu 写成"):
        time_in_rung.survival(own_home, "hnte", "all")
    with pytest.raises(ReleaseUnreadable, match="由另一版本的 Tidu 写成"):
        time_in_rung.cohorts(own_home, "founded")
    assert flows.matrix(own_home, Days()) == expected  # from its lists, which it has


@pytest.mark.parametrize(
    "words",
    [
        ["flows"],
        ["flows", "--outside", "--since", "2024-12-31"],
        ["flows", "--cell", "hnte:none"],
        ["survival", "hnte"],
        ["survival", "tech_sme", "--by", "sector"],
        ["cohorts"],
        ["cohorts", "--first-title", "--outside"],
    ],
)
def test_a_command_fits_80_columns_and_prints_for_pipelines(
    released: Home, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDU_HOME", str(released.root))
    monkeypatch.setenv("COLUMNS", "80")
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0, shown.output
    assert max(map(_width, shown.output.splitlines())) <= 80
    assert json.loads(CliRunner().invoke(app, [*words, "--format", "json"]).output) is not None
    assert CliRunner().invoke(app, [*words, "--format", "csv"]).exit_code == 0


def _width(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)
