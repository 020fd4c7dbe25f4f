"""What a run over what is new builds of tables over all firms: nothing that stands, little of what few others move."""

from pathlib import Path

import pytest

from warehouse.database.build import Build
from warehouse.database.touched import Touched
from warehouse.models import graph
from warehouse.release.delta import moved
from warehouse.release.delta.standing import rests_on, standing, watched, write_standing

pytestmark = pytest.mark.rule("a run over what is new gives the tables of a run over everything")

MODELS = [table for layer in graph.LAYERS for table in graph.tables(layer)]
TOUCHED = Touched("touched_firm", "touched_facts")


def of_the_zone(table: str, view: str | None) -> set[str]:
    """The tables of the zone that a table reads and that firms change, but for what it reads through a view."""
    reads = {name for name in graph.reads(table) if name != view}
    views = {name for name in reads if graph.is_model(name) and graph.is_view(name)}
    changed = {
        name for name in reads if graph.is_model(name) and graph.is_built_whole(name) and rests_on(name) != frozenset()
    }
    return changed.union(*(of_the_zone(name, view) for name in views))


def test_other_firms_reach_a_table_by_the_view_alone_that_it_states() -> None:
    stated = {table: view for table in MODELS if (view := graph.moved_by(table))}

    assert stated
    assert {table: of_the_zone(table, view) for table, view in stated.items()} == {table: set() for table in stated}


def test_a_firm_that_another_one_moved_is_built_again_and_one_that_was_not_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "select figures.*, above.firm_id is not null as is_above from figures left join above using (firm_id)"
    monkeypatch.setattr(graph, "stored_reads", lambda _: {"figures", "zone"})
    monkeypatch.setattr(moved, "zone_below", lambda _: {"zone"})
    monkeypatch.setattr(graph, "sql_of", lambda _: words)
    monkeypatch.setattr(graph, "moved_by", lambda table: "above" if table == MODELS[0] else None)
    with Build.open(tmp_path / "zone.duckdb") as build:
        build.execute("create table figures as from (values ('a', 1), ('b', 2), ('c', 3)) as t (firm_id, figure)")
        build.execute("create table zone as select 3 as least")
        build.execute("create view above as select firm_id from figures cross join zone where figure >= least")
        build.execute(f"create table worded as {words}")
        build.execute("create temp table touched_firm as select 'a' as firm_id")
        moved.keep_views(build, ())
        build.execute("update figures set figure = 9 where firm_id in ('a', 'c')")  # nothing states that c was moved
        build.execute("update zone set least = 2")

        moved.build_moved(build, ["worded"], "above", TOUCHED, ())

        assert build.tuples("from worded order by all") == [("a", 9, True), ("b", 2, True), ("c", 3, True)]
        assert build.tuples("from above order by all") == [("a",), ("b",), ("c",)]


def test_a_table_stands_where_nothing_below_it_changed_and_the_days_are_the_same(tmp_path: Path) -> None:
    def stand(previous_day: str, changed: set[str]) -> set[str]:
        days = "create or replace table {}parameter as select '2026-06-30' as day, $1 as previous_day, 'CN' as place"
        with Build.open(tmp_path / "zone.duckdb") as build:
            build.execute("attach if not exists ':memory:' as part")
            build.execute(days.format("part."), ["2025-06-30"])
            build.execute(days.format(""), [previous_day])
            write_standing(build, changed)
            return standing(build)

    curves = {"core_rung__curves", "mart_zone__survival"}
    assert curves <= stand("2025-06-30", {"core_firm__yearly"})
    assert stand("2025-06-30", {"core_title"}).isdisjoint(curves)
    assert stand("2025-05-31", set()) == set()


def test_what_every_run_writes_anew_stands_on_nothing() -> None:
    """Such as the moments of deliveries, the number of the run, verdicts and odds."""
    written = ("mart_run__freshness", "mart_zone__monitoring", "mart_zone__ladder", "mart_zone__bridge")
    assert [table for table in written if rests_on(table) is not None] == []
    assert {name for name in watched() if not name.startswith("raw_")} <= set(MODELS)
