"""Zones on two workers have the rows of a run of their own; what stops a zone stops no other; nothing stays behind."""

import json
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import forked
import pytest
from child_runs import command
from compared import differing
from left_processes import left_behind
from small_disks import copy_on_small_disk
from tiny_zone import TinyZone
from whole_job import DAY

from flows.zones import run_zone as unit
from flows.zones.refresh_zones import keep_states
from flows.zones.run_zone import ZonesPlan, run_zone
from service.queries.installation import zones as zone_queries
from service.queries.release import run_summary
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.release.lock import writer
from warehouse.zones import marts, registry, states
from warehouse.zones.registry import Zone

pytestmark = [pytest.mark.job, pytest.mark.rule("whole-equals-part")]

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
def home_and_zone(tiny: TinyZone, tmp_path: Path) -> tuple[Home, Zone]:
    """An installation with a zone that can be run, and its definition."""
    home = installation(tmp_path, tiny.inbox, "a", "missing")
    return home, registry.read_zones(home)[0]


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary files, with a short path: sockets lie in it, whose names end at 107 characters."""
    with tempfile.TemporaryDirectory(prefix="z", ignore_cleanup_errors=True) as name:
        yield Path(name)


def run_killed(home: Home, scratch: Path, zones: str, deaths: str, prepared: Path) -> forked.Ended:
    """Two workers on zones, in which ``dying_worker`` kills what ``deaths`` says; its files lie in ``scratch``."""
    words = ["run", "--zones", zones, "--workers", "2", "--buckets", "2", "--day", str(DAY), "--json"]
    words += ["--home", str(home.root)]
    preload = str(Path(__file__).with_name("dying_worker.py"))
    of_workers = {"TIDU_PREPARED": str(prepared), "DASK_DISTRIBUTED__WORKER__PRELOAD": f"[{preload!r}]"}
    places = {"HOME": str(home.root.parent), "TMPDIR": str(scratch)}
    return forked.run(flow_to_kill, *words, environment={**places, "TIDU_DEATHS": deaths, **of_workers})


def flow_to_kill(*words: str) -> None:
    """A command that its workers know by the number of its process."""
    os.environ["TIDU_FLOW"] = str(os.getpid())
    tempfile.tempdir = None  # that of the server it is forked from
    command(*words)


@contextmanager
def on_small_disk(home: Home, code: str, folder: Path) -> Iterator[bool]:
    """The home of a zone on a disk that suffices for a run; whether one could be mounted."""
    path = registry.home_of(home, code).root
    (empty := folder / code).mkdir()
    with ExitStack() as mounted:
        try:
            disk = mounted.enter_context(copy_on_small_disk(empty, folder / "disk", 60_000_000))
        except pytest.skip.Exception:
            yield False
            return
        shutil.rmtree(path, ignore_errors=True)
        path.symlink_to(disk)
        yield True
        path.unlink()


@pytest.mark.prefect
def test_two_workers_finish_though_the_flow_and_workers_are_killed(
    tiny: TinyZone, tmp_path: Path, scratch: Path
) -> None:
    # The poison begins, so that it ends few zones that are under way; of those ``test_zone_outcomes``.
    home = installation(tmp_path, tiny.inbox, "poison", "a", "b", "full", "missing")
    entries = (home.root / registry.FILE).read_text("utf-8")  # the first zone in buckets, the second as a whole
    (home.root / registry.FILE).write_text(entries.replace("code: b,", "code: b, buckets: 1,"), "utf-8")
    own = releases.current(Home(tiny.home))

    done = run_killed(home, scratch, "a,b", "flow", own)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert left_behind(tmp_path) == []
    deaths = {path.name for path in home.root.glob("killed-*")}  # a zone that comes to publish has lost its worker
    assert "killed-flow" in deaths
    assert deaths & {"killed-before-build_marts", "killed-before-build_staging"}
    assert [marts.current(home, zone.code) for zone in registry.read_zones(home)] == [None] * 5
    assert not list(home.root.glob("zones/*/releases/*.duckdb"))

    with on_small_disk(home, "full", tmp_path) as is_small:
        done = run_killed(home, scratch, "all", "worker", own)
    outcome = {run["zone"]: run for run in json.loads(done.stdout)}
    runs = {zone: run["state"] for zone, run in outcome.items()}
    assert done.returncode == 3, done.stderr
    full = "failed" if is_small else "published"
    expected = {"a": "published", "b": "published", "poison": "failed", "full": full, "missing": "missing"}
    assert runs == expected, done.stdout
    if is_small:
        assert re.search(r"/full\S*: 磁盘已满（余 0\.\d MB）", outcome["full"]["message_zh"]), outcome["full"]
        assert marts.current(home, "full") is None
    assert {zone: last.state for zone in runs if (last := states.read(home, zone))} == runs
    assert "屡次中断" in done.stdout
    assert (home.root / "killed-worker").exists()
    assert (home.root / "killed-bucket").exists()
    for code in ("a", "b"):
        release = releases.current(registry.home_of(home, code))
        assert differing(own, release) == []
        assert marts.current(home, code).run_id == release.stem  # type: ignore[union-attr]
    assert left_behind(tmp_path) == []
    assert [path.name for path in home.runs.iterdir()] == []
    assert list(scratch.iterdir()) == []


def test_an_attempt_that_is_repeated_changes_nothing(tiny: TinyZone, home_and_zone: tuple[Home, Zone]) -> None:
    home, zone = home_and_zone
    plan = ZonesPlan(home.root, DAY)
    shutil.copytree(tiny.home, registry.home_of(home, "a").root)

    # As after a run that was killed between its release and its marts: the next one writes them.
    first, again = run_zone(zone, plan), run_zone(zone, plan)
    assert (first.state, again.state) == ("unchanged", "unchanged"), first.message_zh
    assert first.run_id == again.run_id == marts.current(home, "a").run_id  # type: ignore[union-attr]

    # Marts that are cut short or gone are reported to who reads them, and the next run writes them.
    pointer = home.root / marts.FOLDER / "a.json"
    table = home.root / marts.FOLDER / "firm_index" / "zone=a" / f"{first.run_id}.parquet"
    whole = {path: path.read_bytes() for path in (pointer, table)}
    for path, content in ((pointer, b'{"run_id": "2'), (pointer, b""), (table, whole[table][:-9]), (table, None)):
        path.write_bytes(content) if content is not None else path.unlink()
        with pytest.raises(marts.MartsDamaged, match=f"{path.name}(.|\n)*tidu run --zones a"):
            marts.current(home, "a")
        assert run_zone(zone, plan).state == "unchanged"
        assert {path: path.read_bytes() for path in whole} == whole
    pointer.unlink()
    assert (marts.current(home, "a"), run_zone(zone, plan).state) == (None, "unchanged")
    assert pointer.read_bytes() == whole[pointer]

    # A later day is a release of its own. A refused file is named by its run and by each after, though nothing is new.
    workbook = min(zone.inbox.glob("*.xlsx"))
    damaged = workbook.with_name(f"{workbook.stem}_更正.xlsx")
    damaged.write_bytes(workbook.read_bytes()[:2000])
    july = replace(plan, day=DAY.replace(month=7))
    later, repeated = run_zone(zone, july), run_zone(zone, july)
    single = run_summary.refused_files(registry.home_of(home, "a"), zone.inbox)
    assert ([file["file_name"] for file in single], later.refused) == ([damaged.name], single)
    assert (later.state, repeated.state, repeated.refused) == ("published", "unchanged", single)
    with pytest.raises(BadInput, match=r"a 共 1 个文件被拒收(.|\n)*1 file was refused \(a\)"):
        unit.require_done([repeated])
    keep_states([repeated], home)
    assert [(row["state"], row["refused"]) for row in zone_queries.zones(home)] == [("unchanged", 1), (None, 0)]
    damaged.unlink()
    assert run_zone(zone, july).refused == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_summary, "refused_files", Mock(side_effect=FileNotFoundError(2, "gone", str(damaged))))
        (unknown,) = run_zone(zone, july).refused
    assert (unknown["file_name"], unknown["message_zh"]) == (str(damaged), f"拒收的文件无法列出：{damaged}: gone")
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
def test_what_stops_a_zone_is_its_state(
    home_and_zone: tuple[Home, Zone], broken: Break, state: str, names: str
) -> None:
    home, zone = home_and_zone

    run = run_zone(broken(home, zone), ZonesPlan(home.root, DAY))

    assert (run.state, run.run_id) == (state, None)
    assert names in run.message_en
    assert marts.current(home, "a") is None


def test_a_zone_that_is_being_run_is_busy_and_an_unforeseen_error_is_its_own(
    home_and_zone: tuple[Home, Zone], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, zone = home_and_zone
    plan = ZonesPlan(home.root, DAY)

    with writer(registry.home_of(home, "a")), ThreadPoolExecutor(1) as another:
        assert another.submit(run_zone, zone, plan).result().state == "busy"
    monkeypatch.setattr(unit.steps, "land_files", lambda plan: 1 / 0)
    run = run_zone(zone, plan)
    assert (run.state, run.message_en) == ("failed", "ZeroDivisionError: division by zero")
