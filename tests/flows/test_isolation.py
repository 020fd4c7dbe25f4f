"""A step that fails on one delivery: the file is refused by name, the others are published, once and for all."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tiny_zone import Built, TinyZone, code
from whole_job import DAY, PLACE, plan_of

from flows import isolation, steps
from flows.commands import run as command
from flows.unchanged import definitions_hash
from service.queries.release import run_summary as question
from warehouse.database.build import Build
from warehouse.errors import BadInput, StepFailed
from warehouse.home import Home
from warehouse.intake import landing, refusals
from warehouse.models import building, graph
from warehouse.release import releases

pytestmark = pytest.mark.rule("nothing-lost")

OWN = (*isolation.TRIED[:-1], steps.publish_release)
MARK = 66_666
HEAD = "统一社会信用代码,单位名称,费款所属期,参保人数"
Break = Callable[[str, str], None]


def fill(folder: Path) -> TinyZone:
    made = TinyZone(folder)
    made.registry((1, "杭州甲乙科技有限公司"), (2, "杭州丙丁科技有限公司"))
    made.other("社保参保人数_20260601.csv", HEAD, [code(1), "甲", "202603", 29])
    return made


@pytest.fixture
def zone(tmp_path: Path) -> TinyZone:
    return fill(tmp_path)


@pytest.fixture
def released_zone(run_once: Callable[..., TinyZone]) -> TinyZone:
    """The same with a release."""
    return run_once("two-firms-with-heads", fill)


def poison(zone: TinyZone, name: str = "社保参保人数_20260701.csv") -> str:
    zone.other(name, HEAD, [code(2), "乙", "202603", MARK])
    return name


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Make the model of a table fail where a condition holds of one of its rows."""

    def fail(table: str, where: str) -> None:
        def sql(name: str) -> str:
            model = graph.sql_of(name)
            return f"select * from ({model}) where if({where}, error('boom'), true)" if name == table else model

        monkeypatch.setattr(building, "sql_of", sql)

    return fail


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many deliveries were tried each time."""
    seen: list[int] = []
    fails = isolation._Trial.fails
    monkeypatch.setattr(isolation._Trial, "fails", lambda self, tried: (seen.append(len(tried)), fails(self, tried))[1])
    return seen


def run(zone: TinyZone, day: date = DAY) -> releases.Published:
    plan = plan_of(zone.home, zone.inbox, day)
    steps.land_files(plan)
    isolation.run_isolated(plan, OWN)
    return releases.Published(Home(zone.home))


def loaded(zone: TinyZone) -> Built:
    """The build of a run that has loaded its rows."""
    plan = plan_of(zone.home, zone.inbox)
    steps.land_files(plan)
    isolation.run_isolated(plan, OWN[:1])
    return Built(plan.build)


def refused(published: releases.Published) -> list[str]:
    return [row["file_name"] for row in published.rows("select * from rejection")]


def test_a_model_of_one_feed_fails_on_one_file(zone: TinyZone, broken: Break, trials: list[int]) -> None:
    name = poison(zone)
    broken("stg_insurance__heads", f"pension_heads = {MARK}")

    published = run(zone)

    ((row),) = question.collect(Home(zone.home), zone.inbox)["refused"]
    for part in (name, "校验与隔离", "stg_insurance__heads", "boom", f"tidu landing set-aside {row['delivery_id']}"):
        assert part in row["message_zh"]
    assert "check and quarantine" in row["message_en"]
    assert trials == [2, 0, 1], "deliveries of that feed alone"
    assert published.rows("select pension_heads from stg_insurance__heads") == [{"pension_heads": 29}]
    assert published.rows("select count(*) as firms from core_firm") == [{"firms": 2}]
    for table in ("raw_insurance__heads", "deliveries", "accounts", "quarantine"):
        sql = f"select count(*) as rows from {table} where delivery_id = $1"
        assert published.rows(sql, [row["delivery_id"]]) == [{"rows": 0}], table

    trials.clear()
    zone.other("社保参保人数_20260801.csv", HEAD, [code(1), "甲", "202604", 30])
    next_run = loaded(zone)
    assert next_run.rows("select file_name from rejection") == [(name,)], "it is known which file it is"
    assert sorted(next_run.rows("select pension_heads from raw_insurance__heads")) == [("29",), ("30",)]
    assert trials == []


def test_a_firm_that_fails_late_is_found_among_what_is_new(
    released_zone: TinyZone, broken: Break, trials: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = released_zone
    zone.other("社保参保人数_20260801.csv", HEAD, [code(1), "甲", "202604", 30])
    zone.registry((3, "杭州戊己科技有限公司"), day="20260701")
    broken("core_firm", "name = '杭州戊己科技有限公司'")
    monkeypatch.setattr("flows.refresh.refresh_zone", lambda *_: run(zone))

    with pytest.raises(BadInput, match="1 个文件被拒收，其余已发布"):
        command.run(zone.inbox, str(DAY), Home(zone.home).root, PLACE)
    monkeypatch.setattr("flows.refresh.refresh_zone", lambda *_: None)
    with pytest.raises(BadInput, match="1 个文件被拒收，其余没有变化"):
        command.run(zone.inbox, str(DAY), Home(zone.home).root, PLACE)

    now = releases.Published(Home(zone.home))
    assert refused(now) == ["登记信息_20260701.csv"]
    assert now.rows("select count(*) as heads from stg_insurance__heads") == [{"heads": 2}]
    assert max(trials) == 4
    assert len(trials) <= 4


def test_a_step_that_fails_without_any_delivery_stops_the_run_and_the_release_stands(
    released_zone: TinyZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = released_zone
    before = releases.Published(Home(zone.home)).rows("select run_id from run")
    zone.other("社保参保人数_20260801.csv", HEAD, [code(1), "甲", "202604", 30])
    monkeypatch.setattr(building, "build_layer", lambda *_: 1 // 0)

    with pytest.raises(StepFailed, match=r"校验与隔离.*ZeroDivisionError"):
        run(zone)

    assert releases.Published(Home(zone.home)).rows("select run_id from run") == before
    assert list(Home(zone.home).refusals.iterdir()) == []


def test_a_file_that_cannot_be_written_into_the_build_is_refused_whole(
    zone: TinyZone, monkeypatch: pytest.MonkeyPatch, trials: list[int]
) -> None:
    name, put = poison(zone), Build.put

    def fails(build: Build, table: str, frame: pl.DataFrame, **options: Any) -> None:
        put(build, table, frame, **options)
        if table == "raw_insurance__heads" and str(MARK) in frame.write_json():
            raise RuntimeError("boom")

    monkeypatch.setattr(Build, "put", fails)
    published = run(zone)

    assert refused(published) == [name]
    assert trials == []
    assert published.rows("select count(*) as rows from raw_insurance__heads") == [{"rows": 1}]


def test_a_refusal_is_forgotten_under_other_definitions_and_not_known_before_it_was_made(zone: TinyZone) -> None:
    home = Home(zone.home)
    steps.land_files(plan_of(zone.home, zone.inbox))
    first, last = landing.deliveries(home)
    refusal = refusals.refusal_of(first, definitions_hash(), last.seq, ("归集", "build"), "boom")
    refusals.remember(home, refusal)

    assert refusals.standing(home, definitions_hash(), [first, last]) == {first.delivery_id: refusal}
    assert refusals.standing(home, definitions_hash(), [first]) == {}
    assert refusals.standing(home, "other", [first, last]) == {}
    assert refusals.standing(home, definitions_hash(), [first, last]) == {}
