"""Fault injection: the power goes at a chosen moment of a run."""

import shutil
import signal
from pathlib import Path
from typing import Any

import forked
import pytest
from child_runs import killed_at
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


def killed(home: Home, inbox: Path, *moment: Any) -> None:
    done = forked.run(killed_at, home.root, inbox, *moment)
    assert done.returncode == -signal.SIGKILL, done.stderr


def movement(home: Home) -> list[dict[str, Any]]:
    query = "select firm_id, movement, reason_zh from mart_movers__firms order by firm_id"
    return releases.Published(home).rows(query)


@pytest.fixture
def later_inbox(sample_zone: Path, tmp_path: Path) -> Path:
    """The same inbox with one more exception list, so that a run has something new to do."""
    inbox = shutil.copytree(sample_zone, tmp_path / "inbox")
    known = next((inbox / "exception__lists").iterdir())
    later = known.with_name("异常名录_20260629.csv")
    later.write_bytes(known.read_bytes().rstrip() + b"\n")
    if later.read_bytes() == known.read_bytes():
        later.write_bytes(known.read_bytes() + b"\n")
    return inbox


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: ".".join(map(str, moment)))
def test_a_killed_run_changes_nothing_and_the_next_one_finishes(
    own_home: Home, later_inbox: Path, moment: tuple[Any, ...]
) -> None:
    before, movement_before = releases.current(own_home), movement(own_home)

    killed(own_home, later_inbox, *moment)

    assert releases.current(own_home) == before
    assert movement(own_home) == movement_before

    run_steps(own_home.root, later_inbox)

    assert releases.current(own_home) != before
    assert before.exists()
    assert movement(own_home) == movement_before
    assert list(own_home.builds.iterdir()) == []


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("nth", [1, 4, 9])
def test_killed_while_landing_the_first_files_nothing_is_lost(
    sample_zone: Path, released: Home, tmp_path: Path, nth: int
) -> None:
    home = Home(tmp_path / "home")

    killed(home, sample_zone, "os", "replace", "after", nth)
    with pytest.raises(NoRelease):
        releases.current(home)
    run_steps(home.root, sample_zone)

    assert len(landing.deliveries(home)) == len(landing.deliveries(released))
    assert not landing.unseen(sample_zone, home, load_feeds())
    assert movement(home) == movement(released)
