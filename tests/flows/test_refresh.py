"""The flow as Prefect runs it."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prefect_servers import environment
from tiny_zone import TinyZone
from waits import run
from whole_and_part import zone
from whole_job import DAY, PLACE, run_steps

from warehouse.errors import Busy
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.release import releases
from warehouse.release.lock import writer

pytestmark = pytest.mark.rule("published-whole")

TIDU = [sys.executable, "-m", "flows"]


def tidu(*words: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """As a new user types it, who lets everyone read what is written."""
    own = environment(Home(home))
    return run([*TIDU, *map(str, words)], env=own, umask=0)


@pytest.mark.prefect
def test_the_command_runs_the_flow_and_a_second_time_finds_nothing_new(tmp_path: Path) -> None:
    words = ("run", "--inbox", zone(tmp_path).inbox, "--day", str(DAY), "--place", PLACE)

    first = tidu(*words, home=tmp_path / "home")
    assert first.returncode == 0, first.stderr
    assert "Traceback" not in first.stderr
    published = releases.current(Home(tmp_path / "home"))
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "home").rglob("*")}
    assert "prefect.db" in {path.name for path in modes}
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}
    second = tidu(*words, home=tmp_path / "home")

    assert second.returncode == 0, second.stderr
    assert "没有新文件" in second.stderr
    assert releases.current(Home(tmp_path / "home")) == published


def test_the_flow_itself_takes_the_writers_lock(tmp_path: Path) -> None:
    from flows.refresh import refresh_zone

    made = zone(tmp_path)
    home = Home(made.home)
    with ThreadPoolExecutor(1) as another, writer(home), pytest.raises(Busy, match=str(os.getpid())):
        another.submit(refresh_zone.fn, made.inbox, made.home, PLACE, DAY).result()

    assert landing.deliveries(home) == []


def movers(home: Home) -> list[dict[str, object]]:
    return releases.Published(home).rows("select * from mart_movers__firms order by firm_id")


def test_a_second_run_over_the_same_files_says_the_same(sample_zone: Path, own_home: Home) -> None:
    before = movers(own_home)

    run_steps(own_home.root, sample_zone)

    assert movers(own_home) == before


def test_rows_read_are_rows_loaded_quarantined_and_not_data(released: Home) -> None:
    feeds = releases.Published(released).rows("select * from mart_run__freshness where deliveries > 0")

    assert len(feeds) >= 10
    assert all(f["rows_read"] == f["rows_loaded"] + f["rows_quarantined"] + f["rows_not_data"] for f in feeds)
    assert sum(f["rows_quarantined"] for f in feeds) > 0
    assert sum(f["rows_not_data"] for f in feeds) > 0


def test_a_check_that_fails_publishes_nothing(tiny: TinyZone, monkeypatch: pytest.MonkeyPatch) -> None:
    from warehouse.database.build import Build
    from warehouse.errors import CheckStoppedRelease
    from warehouse.intake import load
    from warehouse.release import delta

    original, before = load.load, releases.current(Home(tiny.home))
    monkeypatch.setattr(delta, "basis_of", lambda *_: None)  # a run over everything

    def losing_a_row(build: Build, *rest: object) -> list[load.Rejection]:
        rejections = original(build, *rest)  # type: ignore[arg-type]
        build.execute("delete from raw_registry__firms where rowid = 0")
        return rejections

    monkeypatch.setattr(load, "load", losing_a_row)
    with pytest.raises(CheckStoppedRelease, match="registry__firms"):
        run_steps(tiny.home, tiny.inbox)

    assert releases.current(Home(tiny.home)) == before
