"""A home with three releases and a casebook, made once; each test damages its own copy."""

import shutil
from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from light_run import LightRun
from tiny_zone import TinyZone, code
from whole_job import STEPS

from warehouse.casebook.statements import Casebook
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.release import releases


def make_home(folder: Path) -> None:
    """``home`` with three releases, its ``inbox``, and ``build.duckdb``, which runs publish."""
    zone = TinyZone(folder)
    zone.registry((1, "杭州甲乙科技有限公司"), (2, "杭州丙丁科技有限公司"))
    zone.yearly(2025, {"uscc": 1, "revenue": 2000, "total_income": 3000}, {"uscc": 2, "revenue": -5})
    tenant = ["云栖孵化器", "杭州甲乙科技有限公司", code(1), "2024-01-01"]
    zone.other("在孵企业_云栖孵化器_20260601.csv", "孵化器名称,企业名称,统一社会信用代码,入孵时间", tenant)
    book = Casebook(Home(zone.home))
    for number in range(40):
        book.record("note", f"subject {number}", {"text": "说明" * 200}, by="王", why="试", now=datetime.now(UTC))
    plan = zone.plan()
    for step in STEPS[:-1]:
        step(plan)
    _drop_empty_feeds(plan.build)
    _make_small(plan.build)
    build = Path(shutil.copy(plan.build, folder / "build.duckdb"))
    STEPS[-1](plan)
    light = LightRun(zone.home, zone.inbox, build)
    for _ in range(2):
        light.publish()


@pytest.fixture(scope="session")
def prepared(made_once: Callable[[str, Callable[[Path], object]], Path]) -> LightRun:
    """A home of three releases, the inbox, and a prepared build, made once for all workers."""
    folder = made_once("prepared", make_home)
    home = folder / "home"
    return LightRun(home, folder / "inbox", folder / "build.duckdb", releases.runs(Home(home)))


def _drop_empty_feeds(build: Path) -> None:
    """Opening a file takes time for each of its tables; publishing and readers use those of delivered feeds only."""
    with Build.open(build) as con:
        for table in con.tables():
            if table.startswith(("raw_", "stg_")) and not con.has_rows(table):
                con.execute(f"drop table {table}")


def _make_small(build: Path) -> None:
    """In blocks of 16 kB a build takes 2 MB instead of 20, which every test copies and hashes several times."""
    small = build.with_suffix(".small")
    with closing(duckdb.connect()) as con:
        con.execute(f"attach '{build}' as large (read_only)")
        con.execute(f"attach '{small}' as small (block_size 16384)")
        con.execute("copy from database large to small")
    small.replace(build)


@pytest.fixture
def light(prepared: LightRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LightRun:
    """A copy of the home, whose runs publish the prepared build, without Prefect."""
    inbox = shutil.copytree(prepared.inbox, tmp_path / "inbox")
    tenants = next(inbox.glob("在孵*"))
    tenants.with_name("在孵企业_云栖孵化器_20260615.csv").write_bytes(tenants.read_bytes())
    copied = LightRun(
        shutil.copytree(prepared.root, tmp_path / "home"), inbox, prepared.build, list(prepared.published)
    )
    monkeypatch.setattr("flows.refresh.refresh_zone", copied.flow)
    monkeypatch.setattr("flows.job.during_a_run", lambda _: nullcontext())
    return copied
