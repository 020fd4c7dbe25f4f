"""Fault injection: the power goes at a chosen moment of a run."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import forked
import pytest
from child_runs import killed_at, start_before, write_checkpoints
from whole_and_part import zone
from whole_job import run_steps

from warehouse.errors import NoRelease
from warehouse.home import Home
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.release import releases

pytestmark = [
    pytest.mark.faults,
    pytest.mark.rule("a failed run changes nothing published and never blocks the next one"),
]

MOMENTS = [
    ("warehouse.intake.landing", "land", "after"),
    ("warehouse.intake.load", "load", "after"),
    ("warehouse.quality.check", "check_layer", "before"),
    ("warehouse.rule_exchange.results", "write", "after"),
    ("warehouse.outputs.incubators", "write_extracts", "after"),
    ("warehouse.release.releases", "publish", "before"),
    ("os", "replace", "before", 3),
]


def make_checkpoints(folder: Path) -> None:
    """Twenty firms with a release, its home in ``first``; the steps of a run over a file that came later."""
    made = zone(folder)
    run_steps(made.home, made.inbox)
    shutil.copytree(made.home, folder / "first")
    made.yearly(2025, {"uscc": 1, "name": "杭州第1号科技有限公司", "revenue": 1001}, note="_更正")  # the same again
    functions = sorted({(module, name) for module, name, *_ in MOMENTS})
    ended = forked.run(write_checkpoints, made.home, made.inbox, folder / "checkpoints", functions)
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="session")
def twenty_firms(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The folder with ``inbox``, ``first`` and ``checkpoints``."""
    return made_once("kills", make_checkpoints)


def told(home: Home) -> list[dict[str, Any]]:
    query = "select firm_id, signal, reason_zh from mart_movers__signals order by all"
    return releases.Published(home).rows(query)


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: ".".join(map(str, moment)))
def test_a_killed_run_changes_nothing_and_the_next_one_finishes(
    twenty_firms: Path, tmp_path: Path, moment: tuple[Any, ...]
) -> None:
    """The run goes on from the step in which it is killed."""
    module, name, when, nth = (*moment, 1)[:4]
    start = start_before(twenty_firms / "checkpoints", f"{module}:{name}", nth)
    home = Home(shutil.copytree(twenty_firms / "checkpoints" / str(start.step), tmp_path / "home"))
    inbox = shutil.copytree(twenty_firms / "inbox", tmp_path / "inbox")
    before, told_before = releases.current(home), told(home)
    assert before == home.releases / releases.current(Home(twenty_firms / "first")).name

    done = forked.run(killed_at, home.root, inbox, module, name, when, nth, start)

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert releases.current(home) == before
    assert told(home) == told_before

    run_steps(home.root, inbox)

    assert releases.current(home) != before
    assert before.exists()
    assert told(home) == told_before
    assert list(home.builds.iterdir()) == []


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("nth", [1, 4, 9])
def test_killed_while_landing_the_first_files_nothing_is_lost(twenty_firms: Path, tmp_path: Path, nth: int) -> None:
    """Every file is landed by renames of its own."""
    home, inbox = Home(tmp_path / "home"), twenty_firms / "inbox"
    clean = Home(twenty_firms / "first")

    done = forked.run(killed_at, home.root, inbox, "os", "replace", "after", nth)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with pytest.raises(NoRelease):
        releases.current(home)
    run_steps(home.root, inbox)

    assert len(landing.deliveries(home)) == len(landing.deliveries(clean)) + 1
    assert not landing.unseen(inbox, home, load_feeds())
    assert told(home) == told(clean)
