"""Services and playbooks of firms of a release: what answers them, what was given, and whether it closed the gap."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from copied_homes import copy_home

from service.decisions import services_given
from service.decisions.services_given import Gap
from service.decisions.signed import Signed
from service.queries.firm import services as queries
from tiers.cultivation.playbooks import playbooks
from tiers.cultivation.services import catalogue, of_each_year
from warehouse.casebook.book import Book
from warehouse.casebook.case_rows import write_cases
from warehouse.casebook.folds import service
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.models import building
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("reasons")

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
DAY = date(2026, 7, 1)
WRITER = Signed("王", "试", NOW)


@pytest.fixture(scope="module")
def home(released: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the release for this module; each test takes a firm of its own."""
    return copy_home(released, tmp_path_factory.mktemp("services") / "home")


@pytest.fixture(scope="module")
def blocked(home: Home) -> list[dict[str, Any]]:
    """Firms whose signal is about a condition that compares a metric that services answer."""
    rows = Published(home).rows(
        "select distinct on (firm_id) firm_id, signal, edition_id, condition_id, metric from mart_movers__signals"
        " inner join ref_conditions using (edition_id, condition_id)"
        " where signal in ('near_miss', 'blocked', 'margin_thin') and metric is not null order by firm_id, signal"
    )
    metrics = {metric for entry in catalogue().services.values() for metric in entry.answers.metrics}
    answered = set(of_each_year(metrics))
    return [row for row in rows if row["metric"] in answered]


@pytest.fixture
def firm(blocked: list[dict[str, Any]]) -> dict[str, Any]:
    """A firm that no other test takes."""
    return blocked.pop()


def _best(home: Home, firm: dict[str, Any]) -> dict[str, Any]:
    return queries.for_firm(home, firm["firm_id"])[0]


def test_the_first_service_answers_the_condition_of_a_signal(home: Home, firm: dict[str, Any]) -> None:
    best = _best(home, firm)

    assert best["conditions"]
    assert best["answers_zh"]
    metrics = {
        row["metric"]
        for condition in best["conditions"]
        for row in Published(home).rows(
            "select metric from ref_conditions where edition_id = $1 and condition_id = $2", list(condition.values())
        )
    }
    answered = of_each_year(catalogue().services[best["service"]].answers.metrics)
    assert {metric for metric in metrics if metric} <= set(answered)


def test_what_can_never_be_met_again_gets_no_service(home: Home) -> None:
    published = Published(home)
    closed = published.rows("select firm_id, edition_id, condition_id from mart_firm__evidence where is_closed")
    of_firm = {(row["firm_id"], row["edition_id"], row["condition_id"]) for row in closed}
    firms = [
        row["firm_id"]
        for row in published.rows("select distinct firm_id from mart_movers__signals where signal = 'outgrown' limit 5")
    ]

    assert firms
    for firm_id in firms:
        answered = [condition for row in queries.for_firm(home, firm_id) for condition in row["conditions"]]
        assert not [entry for entry in answered if (firm_id, entry["edition_id"], entry["condition_id"]) in of_firm]


def test_every_signal_of_a_firm_has_its_three_steps(home: Home) -> None:
    signals = Published(home).rows(
        "select firm_id, signal, designation from mart_movers__signals order by firm_id limit 40"
    )
    firm_id = signals[0]["firm_id"]
    rows = queries.playbook(home, firm_id)

    own = [entry for entry in signals if entry["firm_id"] == firm_id]
    assert len(rows) == 3 * len(own)
    assert [row["step_zh"] for row in rows[:3]] == [play.zh for play in playbooks()[rows[0]["signal"]]]
    assert all(row["reason_zh"] and row["days"] > 0 for row in rows)


def test_a_service_that_had_no_effect_gives_way_to_another(home: Home, firm: dict[str, Any]) -> None:
    best = _best(home, firm)["service"]
    number = services_given.give(home, firm["firm_id"], best, DAY, Gap(), WRITER).seq
    assert _best(home, firm)["service"] == best
    services_given.assess(home, number, "open", date(2026, 9, 1), WRITER)

    rows = queries.for_firm(home, firm["firm_id"])
    last = rows[-1]

    assert (last["service"], last["given_on"], last["outcome_zh"]) == (best, DAY, "差距未变")
    assert len(rows) == 1 or rows[0]["service"] != best
    services_given.assess(home, number, "closed", date(2026, 9, 2), WRITER)
    assert _best(home, firm)["outcome"] == "closed"


def test_a_service_given_is_listed_with_its_outcome_and_can_be_undone(home: Home, firm: dict[str, Any]) -> None:
    gap = Gap("hnte", firm["condition_id"])
    given = services_given.give(home, firm["firm_id"], "ip_layout", DAY, gap, WRITER)
    outcome = services_given.assess(home, given.seq, "narrowed", date(2026, 8, 1), WRITER)

    (row,) = queries.given(home, firm["firm_id"])
    assert (row["seq"], row["outcome"], row["condition_id"]) == (given.seq, "narrowed", firm["condition_id"])
    services_given.undo(home, outcome.seq, WRITER)
    (row,) = queries.given(home, firm["firm_id"])
    assert (row["outcome"], row["outcome_on"]) == (None, None)
    services_given.undo(home, given.seq, WRITER)
    assert queries.given(home, firm["firm_id"]) == []
    with pytest.raises(BadInput, match="已撤回"):
        services_given.undo(home, given.seq, WRITER)
    assert not [row for row in Book(home).rows(service.TABLE) if row["firm_id"] == firm["firm_id"]]


def test_the_same_request_is_one_service(home: Home, firm: dict[str, Any]) -> None:
    writer = Signed("王", "试", NOW, request=f"form-{firm['firm_id']}")

    first, again = (services_given.give(home, firm["firm_id"], "roadshow", DAY, Gap(), writer) for _ in range(2))

    assert first == again
    assert len(queries.given(home, firm["firm_id"])) == 1


def test_what_is_not_there_is_refused_with_what_is(home: Home, firm: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="没有服务 magic；有 rd_accounting"):
        services_given.give(home, firm["firm_id"], "magic", DAY, Gap(), WRITER)
    with pytest.raises(BadInput, match="没有条件 luck"):
        services_given.give(home, firm["firm_id"], "roadshow", DAY, Gap("hnte", "luck"), WRITER)
    with pytest.raises(BadInput, match="没有结果 great；有 closed"):
        services_given.assess(home, 1, "great", DAY, WRITER)
    with pytest.raises(BadInput, match="不是已提供的服务"):
        services_given.assess(home, 10**9, "open", DAY, WRITER)
    with pytest.raises(BadInput, match="不是服务记录"):
        services_given.undo(home, 10**9, WRITER)


def test_the_catalogue_is_whole() -> None:
    assert [row["service"] for row in queries.whole_catalogue()] == list(catalogue().services)


def test_served_firms_are_compared_with_like_ones_and_few_are_refused(home: Home) -> None:
    from service.queries.cases.service_effect import effect

    stalled = Published(home).rows(
        "select rung.firm_id, rung.designation, rung.previous_condition, outcome = 'met' or is_held as is_closed"
        " from core_firm__rungs as rung inner join core_firm using (firm_id) where previous_outcome = 'not_met'"
        " and previous_condition is not null and designation = 'hnte' order by rung.firm_id limit 30"
    )
    for row in stalled[:9]:
        gap = Gap("hnte", row["previous_condition"])
        services_given.give(home, row["firm_id"], "talent", date(2026, 1, 5), gap, WRITER)
    with Build.open(next((home.root / "releases").glob("*.duckdb"))) as build:  # what the next run writes
        write_cases(build, Book(home).events(), DAY)
        building.build_tables(build, ["core_firm__services"])
    (row,) = [row for row in effect(home) if row["service"] == "talent"]

    assert (row["given"], row["refused"]) == (9, "few_served")
    assert row["served"] <= 9
    assert row["points"] is None
    assert "不作比较" in row["zh"]
