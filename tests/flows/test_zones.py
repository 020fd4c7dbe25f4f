"""Zones on two workers have the rows of a run of their own; what stops a zone stops no other; nothing stays behind."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from compared import differing
from tiny_zone import TinyZone
from whole_job import DAY

from flows.zones import run_zone as unit
from flows.zones.run_zone import ZonesPlan, run_zone
from warehouse.home import Home
from warehouse.lock import writer
from warehouse.release import releases
from warehouse.zones import marts, registry
from warehouse.zones.registry import Zone

pytestmark = [pytest.mark.job]

ENTRY = (
    "  - {{code: {code}, zh: {code}区, en: zone {code}, place: CN-3301, inbox: {inbox}, peers: mature, owner: 甲}}\n"
)


def installation(folder: Path, inbox: Path, *codes: str) -> Home:
    """Zones with the same files each; of the last the inbox is missing."""
    home = Home(folder / "installation")
    home.root.mkdir()
    inboxes = {code: folder / f"inbox-{code}" for code in codes}
    for code in codes[:-1]:
        shutil.copytree(inbox, inboxes[code])
    lines = [ENTRY.format(code=code, inbox=path) for code, path in inboxes.items()]
    (home.root / registry.FILE).write_text("zones:\n" + "".join(lines), "utf-8")
    return home


@pytest.fixture
def one_zone(tiny: TinyZone, tmp_path: Path) -> tuple[Home, Zone]:
    """An installation with a zone that can be run, and its definition."""
    home = installation(tmp_path, tiny.inbox, "a", "missing")
    return home, registry.read_zones(home)[0]


def _kill_a_worker(parent: int, folder: Path) -> None:
    """End a worker once a zone of the run is being built."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        if list(folder.glob("zones/*/builds/*.duckdb")):
            workers = [pid for pid in _below(parent) if "spawn_main" in _command(pid)]
            os.kill(workers[-1], signal.SIGKILL)
            return
        time.sleep(0.05)
    raise AssertionError("no zone was begun")


def _below(parent: int) -> list[int]:
    """The processes that descend from one; whichever of its threads started them."""
    own = [int(pid) for task in Path(f"/proc/{parent}/task").glob("*/children") for pid in task.read_text().split()]
    return own + [pid for child in own for pid in _below(child)]


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.mark.prefect
def test_two_workers_finish_though_a_worker_is_killed(tiny: TinyZone, tmp_path: Path) -> None:
    home = installation(tmp_path, tiny.inbox, "a", "b", "missing")
    words = ["run", "--zones", "all", "--workers", "2", "--day", str(DAY), "--json", "--home", str(home.root)]
    environment = {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "flows", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as command:
        _kill_a_worker(command.pid, home.root)
        everyone = _below(command.pid)
        out, err = command.communicate()

    runs = {run["zone"]: run["state"] for run in json.loads(out)}
    assert command.returncode == 3, err.decode()
    assert runs == {"a": "published", "b": "published", "missing": "missing"}, out
    own = releases.current(Home(tiny.home))
    for code in ("a", "b"):
        release = releases.current(registry.home_of(home, code))
        assert differing(own, release) == []
        assert marts.current(home, code).run_id == release.stem  # type: ignore[union-attr]
    assert [pid for pid in everyone if "flows" in _command(pid) or "spawn_main" in _command(pid)] == []


def test_an_attempt_that_is_repeated_changes_nothing(tiny: TinyZone, one_zone: tuple[Home, Zone]) -> None:
    home, zone = one_zone
    plan = ZonesPlan(home.root, DAY)
    shutil.copytree(tiny.home, registry.home_of(home, "a").root)

    # As after a run that was killed between its release and its marts: the next one writes them.
    first, again = run_zone(zone, plan), run_zone(zone, plan)
    assert (first.state, again.state) == ("unchanged", "unchanged"), first.message
    assert first.run_id == again.run_id == marts.current(home, "a").run_id  # type: ignore[union-attr]

    # A later day is a release of its own; the files of the one before stay for who reads them.
    later = run_zone(zone, replace(plan, day=DAY.replace(month=7)))
    kept = {path.stem for path in (home.root / marts.FOLDER / "firm_index" / "zone=a").iterdir()}
    assert kept == {first.run_id, later.run_id}


Break = Callable[[Home, Zone], Zone]


def _occupied(home: Home, zone: Zone) -> Zone:
    (home.root / "zones").mkdir()
    (home.root / "zones" / "a").write_text("a file where the home should be", "utf-8")
    return zone


def _empty(_: Home, zone: Zone) -> Zone:
    shutil.rmtree(zone.inbox)
    zone.inbox.mkdir()
    return zone


def _gone(_: Home, zone: Zone) -> Zone:
    return zone.model_copy(update={"inbox": zone.inbox / "elsewhere"})


@pytest.mark.parametrize(
    ("broken", "state", "names"),
    [(_occupied, "refused", "a"), (_empty, "refused", "inbox-a"), (_gone, "missing", "elsewhere")],
    ids=["home", "empty", "gone"],
)
def test_what_stops_a_zone_is_its_state(one_zone: tuple[Home, Zone], broken: Break, state: str, names: str) -> None:
    home, zone = one_zone

    run = run_zone(broken(home, zone), ZonesPlan(home.root, DAY))

    assert (run.state, run.run_id) == (state, None)
    assert names in run.message
    assert marts.current(home, "a") is None


def test_a_zone_that_is_being_run_is_busy_and_an_unforeseen_error_is_its_own(
    one_zone: tuple[Home, Zone], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, zone = one_zone
    plan = ZonesPlan(home.root, DAY)

    with writer(registry.home_of(home, "a")), ThreadPoolExecutor(1) as another:
        assert another.submit(run_zone, zone, plan).result().state == "busy"
    monkeypatch.setattr(unit.steps, "land_files", lambda plan: 1 / 0)
    run = run_zone(zone, plan)
    assert (run.state, run.message) == ("failed", "ZeroDivisionError: division by zero")
