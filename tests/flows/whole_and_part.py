"""A small zone whose run over everything is set beside a run over what is new: every table of both."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from compared import empty
from tiny_zone import TinyZone
from whole_job import DAY, STEPS, plan_of

from warehouse.database.build import Snapshot
from warehouse.home import Home
from warehouse.release import knowledge, releases

OWN_TO_A_RUN = {"run", "mart_run__summary", "parameter", "published_total", "supplier_counts"}
"""These carry the number or the moment of a run; totals name the run that published them first."""

_OF_RUN = "* replace (nullif(run_id, (select run_id from parameter)) as run_id)"
"""The number of the run itself is null: another run has another."""

Tables = dict[str, list[tuple[Any, ...]]]


def tables(home: Path) -> Tables:
    """Every table of the current release, its rows in one order."""
    return _tables(releases.current(Home(home)))


def _tables(warehouse: Path) -> Tables:
    with Snapshot.open(warehouse) as con:
        names = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
        of_run = {
            row[0]
            for row in con.execute("select table_name from duckdb_columns() where column_name = 'run_id'").fetchall()
        }
        without_rows = empty(con)
        return {
            name: []
            if name in without_rows
            else con.execute(f"select {_OF_RUN if name in of_run else '*'} from {name} order by all").fetchall()
            for name in sorted(names - OWN_TO_A_RUN)
        }


def whole_run(home: Path, elsewhere: Path, inbox: Path, day: date = DAY, buckets: int = 1) -> Tables:
    """The tables of a build from everything landed in ``home``, elsewhere, compared with the same earlier release.

    Where firms are classified in several buckets, the tables of the run beside it are shown to be those of buckets too.
    """
    shutil.copytree(home / "landing", elsewhere / "landing")
    for part in home.glob("casebook.db*"):
        shutil.copy(part, elsewhere / part.name)
    known = knowledge.Known(
        frozenset(delivery.delivery_id for delivery in knowledge.deliveries(Home(elsewhere), None)),
        frozenset(event.seq for event in knowledge.events(Home(elsewhere), None)),
    )
    follows = releases.before(Home(home), releases.runs(Home(home))[0])
    plan = replace(plan_of(elsewhere, inbox, day), known=known, follows=follows, buckets=buckets)
    for step in STEPS[:-1]:  # publishing changes no table
        step(plan)
    return _tables(plan.build)


def same(actual: Tables, expected: Tables) -> None:
    assert actual.keys() == expected.keys()
    differing = {name: (actual[name][:3], rows[:3]) for name, rows in expected.items() if actual[name] != rows}
    assert differing == {}, differing


def zone(tmp_path: Path, firms: int = 20) -> TinyZone:
    """Firms with two years each: a few of them are a small share."""
    tiny = TinyZone(tmp_path)
    tiny.registry(*[(number, f"杭州第{number}号科技有限公司") for number in range(1, firms + 1)])
    for year in (2024, 2025):
        tiny.yearly(
            year, *[{"uscc": n, "name": f"杭州第{n}号科技有限公司", "revenue": 1000 + n} for n in range(1, firms + 1)]
        )
    tiny.recognition("高新技术企业名单", "2024-12-01", "公告", *[(f"杭州第{n}号科技有限公司",) for n in range(1, 10)])
    return tiny
