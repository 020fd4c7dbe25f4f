"""What all tests share: one sample zone and its release, and the rule a failure names; kinds and order: ``kinds``."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from copied_homes import CopiedHomes
from examples import examples
from filelock import FileLock
from files_in_memory import lay_files_in_memory
from hypothesis import HealthCheck, settings
from kinds import pytest_collection_modifyitems as pytest_collection_modifyitems
from rules import broken_by
from sharing import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from summary import pytest_terminal_summary as pytest_terminal_summary

from flows.terminal.language import set_language
from warehouse.home import Home
from warehouse.machine.process import configure

configure()

# Files that a test has just written are at rest.
os.environ.setdefault("TIDU_SETTLE_SECONDS", "0.05")
os.environ["TIDU_LANG"] = "zh"

# There is a worker for each core, and frames of a few rows: threads would only wait for one another.
os.environ.setdefault("POLARS_MAX_THREADS", "1")

lay_files_in_memory()

# No test is timed: a busy machine is not a defect. One that states no number of examples tries a hundred.
settings.register_profile("untimed", examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Half of the time of a collection went into searching its growing items for garbage, again and again.
gc.disable()

SEARCHES = 50
"""Of new objects, after which older ones are searched; by Python's own numbers garbage took a seventh of the suite."""

MadeOnce = Callable[[str, Callable[[Path], object]], Path]
BuiltOnce = Callable[..., Any]
RunOnce = Callable[..., Any]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Modules and items live to the end: no search for garbage goes through them again, and one begins rarely."""
    gc.freeze()
    gc.set_threshold(gc.get_threshold()[0], SEARCHES, SEARCHES)  # fewer of old ones than in a command
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """pytest searches for garbage once more at its end, and Python at its own, for seven seconds in each worker."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure states the project rule that it breaks; a figure counts what was tried."""
    report = yield
    figure = item.get_closest_marker("figure")
    if figure and (report.when == "call" or not report.passed):
        report.user_properties.append(("figure", figure.args[0]))
    if report.failed:
        report.sections.insert(0, ("project rule", broken_by(item)))
    return report


@pytest.fixture(autouse=True)
def _process_as_before() -> Iterator[None]:
    """Environment, umask and language, which commands change for their process, are as before for the next test."""
    environment, umask = dict(os.environ), os.umask(0o022)
    os.umask(umask)
    yield
    set_language(None)
    os.umask(umask)
    # What pytest itself sets at each step would differ after every test.
    environment["PYTEST_CURRENT_TEST"] = os.environ.get("PYTEST_CURRENT_TEST", "")
    if dict(os.environ) != environment:
        os.environ.clear()
        os.environ.update(environment)


@pytest.fixture(scope="session", autouse=True)
def _small_databases() -> None:
    """One thread, as of Polars and for the same reason; and small blocks: an empty table costs one for each column.

    Child processes (``preloaded``) have blocks as they are, which their full disks are measured by.
    """
    from warehouse.database import settings

    settings.IN_MEMORY["threads"] = 1
    settings.OF_A_BUILD["default_block_size"] = "16384"


@pytest.fixture(scope="session", autouse=True)
def _kept_between_tests() -> Iterator[None]:
    """One reader process, the releases that were opened last, the commands, and the routes of pages."""
    from kept_commands import keep_commands
    from kept_reader import kept_reader
    from kept_releases import kept_releases
    from kept_routes import keep_routes

    keep_commands()
    keep_routes()
    with kept_reader(), kept_releases():
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """Makes a folder by its name once for all workers of a session; tests that write take a copy of it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, part = shared / name, shared / f"{name}.part"
        with FileLock(shared / f"{name}.lock"):
            if not folder.exists():
                shutil.rmtree(part, ignore_errors=True)
                part.mkdir()
                make(part)
                part.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def sample_zone(made_once: MadeOnce) -> Path:
    """The inbox of a sample zone of 150 firms."""
    from warehouse.sample import write_sample

    return made_once("zone", lambda out: write_sample(out, firms=150, years=(2020, 2025), seed=7)) / "inbox"


@pytest.fixture(scope="session")
def released(sample_zone: Path, made_once: MadeOnce) -> Home:
    """A home with one release; tests that write take a copy."""
    from whole_job import run_steps

    return Home(made_once("released", lambda root: run_steps(root, sample_zone)))


@pytest.fixture(scope="session")
def built_once(made_once: MadeOnce) -> BuiltOnce:
    """Fills a tiny zone and takes it through its steps once for all workers; returns the build for queries."""
    from tiny_zone import Built, TinyZone

    def built(name: str, fill: Callable[[TinyZone], object], **options: Any) -> Built:
        def make(folder: Path) -> None:
            fill(zone := TinyZone(folder))
            zone.run(**options)

        (path,) = made_once(name, make).glob("home/builds/*.duckdb")
        return Built(path)

    return built


@pytest.fixture
def run_once(made_once: MadeOnce, tmp_path: Path) -> RunOnce:
    """Fills a zone and takes it through its steps (all of them, or so many) once; gives each test a copy of its own."""
    from tiny_zone import TinyZone
    from whole_job import STEPS

    def run(name: str, fill: Callable[[Path], TinyZone], steps: int = len(STEPS)) -> TinyZone:
        def make(folder: Path) -> None:
            fill(folder).run(steps=steps)

        shutil.copytree(made_once(name, make), tmp_path, dirs_exist_ok=True)
        return TinyZone(tmp_path)

    return run


@pytest.fixture(scope="module")
def own_empty_build(made_once: MadeOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, for one module, of a build with every table up to the facts and not one row."""
    from empty_build import make

    kept = made_once("empty", lambda root: make(root / "empty.duckdb", Home(root / "home")))
    return Path(shutil.copy(kept / "empty.duckdb", tmp_path_factory.mktemp("empty")))


@pytest.fixture(scope="session")
def published(released: Home) -> Any:
    """Queries on the release."""
    from warehouse.release.releases import Published

    return Published(released)


@pytest.fixture
def desk(published: Any) -> Iterator[Any]:
    """Queries on the release as pages and HTTP routes ask them, in the scope of the zone."""
    with published.desk("zone") as desk:
        yield desk


@pytest.fixture(scope="session")
def copied_homes(released: Home, tmp_path_factory: pytest.TempPathFactory) -> CopiedHomes:
    """Copies of the released home."""
    return CopiedHomes(released, tmp_path_factory.mktemp("kept") / released.root.name)


@pytest.fixture
def own_home(copied_homes: CopiedHomes, tmp_path: Path) -> Iterator[Home]:
    """A private copy of the released home."""
    with copied_homes.at(tmp_path / "home") as home:
        yield home
