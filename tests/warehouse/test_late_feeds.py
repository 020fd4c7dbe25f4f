"""A feed is late once its cadence and grace have passed, and no day earlier."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import forked
import pytest
from child_runs import command

from flows.commands.feeds import LATE
from tiers.messages.late_feed import late_feed_reason
from warehouse.database.build import Build
from warehouse.errors import DefinitionError
from warehouse.home import Home
from warehouse.intake.feed import FEEDS, load_feed, load_feeds
from warehouse.intake.load import _is_before
from warehouse.models import graph
from warehouse.models.graph import sql_of
from warehouse.reference import SEEDS
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("nothing-lost")

TABLES = """  -- one row each, of a feed, a delivery, a condition and what rests on it
    create table ref_feeds as select 'f' as feed, '来源' as zh, 'feed' as en, '' as publisher_zh, '' as publisher_en,
        'month' as period_kind, 'month' as every, 1 as step_months, 0 as step_days, 0 as due_months, 0 as due_days,
        0 as grace_days, null::varchar as designation;
    create table deliveries as
        select 'f' as feed, '202602' as period, timestamptz '2026-03-09 00:00:00+00' as received_at;
    create table parameter as select date '2026-06-30' as day;
    create table ref_fact_topics as select 'is_listed' as fact, 'listing' as topic;
    create table ref_facts as from (values ('revenue_fen_y0', 0), ('is_listed', null)) as t (fact, ago);
    create table ref_topic_feeds as
        from (values ('yearly', 'f', false), ('yearly', 'g', true)) as t (topic, feed, of_listed_firms);
    create table ref_verdict_columns as
        select date '2026-06-30' as day, 'e' as edition_id, 'hnte' as designation, true as is_selected;
    create table ref_condition_facts as select 'e' as edition_id, 'revenue_fen_y0' as fact;
    create table ref_designations as
        select 'hnte' as designation, 2 as rank, '高新技术企业' as zh, 'high-tech enterprise' as en;
    create table core_firm as from (values ('1', null), ('2', '600000')) as t (firm_id, stock_code);
    create table core_tiers__ladder_verdicts as
        select firm_id, date '2026-06-30' as day, 'unknown' as outcome, 'revenue_fen_y0' as missing_fact from core_firm;
"""


@pytest.fixture(scope="module")
def build() -> Iterator[Build]:
    with Build.in_memory() as build:
        build.execute(TABLES)
        yield build


def lateness(build: Build, day: str, period: str | None, feed: dict[str, Any]) -> dict[str, Any]:
    build.execute("begin")
    try:
        for name, value in feed.items():
            build.execute(f"update ref_feeds set {name} = $1", [value])
        build.execute("update parameter set day = $1::date", [day])
        build.execute(
            "update deliveries set period = $1, feed = case when $1 = 'none' then 'other' else feed end", [period]
        )
        (row,) = build.rows(sql_of("mart_run__late_feeds"))
        return row
    finally:
        build.execute("rollback")


YEAR = {"period_kind": "year", "every": "year", "step_months": 12, "due_months": 4, "grace_days": 30}
WEEK = {"period_kind": "day", "every": "week", "step_months": 0, "step_days": 7, "due_days": 2, "grace_days": 1}
QUARTER = {"period_kind": "day", "every": "quarter", "step_months": 3, "due_days": 45, "grace_days": 15}
EVENT = {"every": "event", "step_months": None, "step_days": None, "grace_days": None}
STATES = [
    (YEAR, "2025", "2027-04-30", "on_time", None),
    (YEAR, "2025", "2027-05-01", "in_grace", 1),
    (YEAR, "2025", "2027-05-30", "in_grace", 30),
    (YEAR, "2025", "2027-05-31", "late", 31),
    (YEAR, "2025-12-31", "2027-05-31", "late", 31),
    (YEAR, "none", "2027-05-31", "never", None),
    ({}, "202601", "2026-02-28", "on_time", None),
    ({}, "202601", "2026-03-01", "late", 1),
    ({}, "2026-01", "2026-03-01", "late", 1),
    ({}, "2026-01-15", "2026-03-01", "late", 1),
    ({}, "202801", "2028-02-29", "on_time", None),
    ({"due_days": 15, "grace_days": 10}, "202602", "2026-04-25", "in_grace", 10),
    ({"due_days": 15, "grace_days": 10}, "202602", "2026-04-26", "late", 11),
    (QUARTER, "2025-09-30", "2026-03-01", "in_grace", 15),
    (QUARTER, "20250930", "2026-03-02", "late", 16),
    ({"period_kind": "day"}, "2026年1月31日", "2026-03-01", "late", 1),
    ({"period_kind": "day", "step_months": 12}, "2024-05-20", "2025-05-20", "on_time", None),
    (WEEK, "2026-06-01", "2026-06-11", "in_grace", 1),
    (WEEK, "2026-06-01", "2026-06-12", "late", 2),
    ({}, "某月", "2026-04-10", "late", 1),
    ({}, None, "2026-04-08", "on_time", None),
    (EVENT, "202001", "2026-06-30", "on_event", None),
    (EVENT, "none", "2026-06-30", "on_event", None),
]


@pytest.mark.parametrize(("feed", "period", "day", "state", "days_late"), STATES)
def test_the_alarm_begins_on_the_day_after_grace(
    build: Build, feed: dict[str, Any], period: str | None, day: str, state: str, days_late: int | None
) -> None:
    row = lateness(build, day, period, feed)

    assert (row["state"], row["days_late"]) == (state, days_late), row


def test_what_cannot_be_judged_is_shown_with_the_firms(build: Build) -> None:
    row = lateness(build, "2026-06-30", "2023", YEAR)

    assert row["state"] == "late"
    assert (row["designations"], row["firms_undecided"]) == (["hnte"], 2)
    assert late_feed_reason(row, "zh") == (
        "应于 2025-04-30 前报到，至 2026-06-30 已过 426 天（宽限 30 天）；最近一份报至 2023-12-31；"
        "需要它才能判定：高新技术企业；2 家企业因缺数不能判定"
    )
    assert "expected by 2025-04-30, 426 days past on 2026-06-30" in late_feed_reason(row, "en")


def test_a_feed_of_listed_firms_leaves_only_those_undecided(build: Build) -> None:
    row = lateness(build, "2026-06-30", "none", {**YEAR, "feed": "g"})

    assert (row["state"], row["firms_undecided"]) == ("never", 1)


def test_every_feed_of_ours_states_its_cadence() -> None:
    texts = {path: path.read_text("utf-8") for path in FEEDS.glob("*.yml")}
    silent = [path.name for path, text in texts.items() if "\ncadence:" not in text and not text.startswith("like:")]

    assert silent == []
    assert load_feeds()["recognition__gazelle"].cadence.every == "year"


@pytest.mark.parametrize(
    ("cadence", "message"),
    [
        ("{every: fortnight}", "every"),
        ("{every: month}", "states its grace_days"),
        ("{every: month, grace_days: -1}", "grace_days"),
        ("{every: event, grace_days: 10}", "due on no day"),
        ("{every: once, days: 10}", "due on no day"),
        ("{every: week, months: 1, grace_days: 1}", "after days, not months"),
        ("{every: month, grace_day: 10}", "grace_day"),
    ],
)
def test_a_cadence_that_cannot_be_meant_is_refused(tmp_path: Path, cadence: str, message: str) -> None:
    text = (FEEDS / "report__filings.yml").read_text("utf-8")
    lines = [f"cadence: {cadence}" if line.startswith("cadence:") else line for line in text.splitlines()]
    path = tmp_path / "report__filings.yml"
    path.write_text("\n".join(lines) + "\n", "utf-8")

    with pytest.raises(DefinitionError, match=message) as refused:
        load_feed(path)
    assert f"report__filings.yml:{1 + lines.index(f'cadence: {cadence}')}" in str(refused.value)


@pytest.mark.parametrize(
    ("period", "is_before"), [("2026", True), ("2052", False), ("202604", True), ("2026-04-02", False)]
)
def test_a_period_to_come_hides_no_missing_delivery(period: str, is_before: bool) -> None:
    assert _is_before("20260401", period) is is_before


def is_row(line: str) -> bool:
    return not line.startswith("#")


def test_the_topics_of_facts_name_every_feed_that_states_one() -> None:
    """A feed behind the facts is listed with its topics, unless it only identifies firms or converts amounts."""
    with (SEEDS / "topic_feeds.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(filter(is_row, file)))[1:]
    with (SEEDS / "fact_topics.csv").open(encoding="utf-8") as file:
        topics = {row[1] for row in csv.reader(filter(is_row, file))} - {"topic"}
    listed = {feed for _, feed, _ in rows}
    feeds = load_feeds()
    behind = {name for name in feeds if f"raw_{name}" in graph.depends_on("core_firm__facts")}
    titles = {name for name, feed in feeds.items() if "designation" in feed.states}

    assert {topic for topic in topics if not topic.startswith("title ")} | {"yearly"} == {topic for topic, *_ in rows}
    assert listed <= behind
    assert behind - listed - titles == {
        "code__fx", "construction__licensees", "incubator__tenancies", "listed__index", "vendor__registrations",
    }  # fmt: skip


def test_planted_late_feeds_are_found_and_no_other(sample_zone: Path, published: Published) -> None:
    with (sample_zone.parent / "truth" / "late_feeds.csv").open(encoding="utf-8") as file:
        planted = {row["feed"]: row for row in csv.DictReader(file)}
    rows = published.rows("select feed, covered_until, expected_by from mart_run__late_feeds where state = 'late'")
    alarms = {row["feed"]: row for row in rows}
    both = planted.keys() & alarms.keys()

    print(f"late feeds: precision {len(both) / len(alarms):.2f}, recall {len(both) / len(planted):.2f}")  # noqa: T201
    assert alarms.keys() == planted.keys()
    for feed, row in planted.items():
        assert alarms[feed]["covered_until"] == date.fromisoformat(row["covered_until"])
        assert alarms[feed]["expected_by"] == date.fromisoformat(row["expected_by"])


def test_the_commands_tell_of_late_feeds_and_end_with_their_own_code(released: Home) -> None:
    late = forked.run(command, "feeds", "late", "--json", "--home", str(released.root))
    quality = forked.run(command, "quality", "--home", str(released.root))

    printed = json.loads(late.stdout)
    assert late.returncode == LATE, late.stderr
    assert [row["feed"] for row in printed if row["state"] == "late"] == [
        "incubator__register", "tax__income_quarterly", "insurance__heads",
    ]  # fmt: skip
    assert {row["state"] for row in printed} == {"late", "never"}
    assert (quality.returncode, quality.stdout.count("! 逾期")) == (0, 3), quality.stderr
