"""Fault injection: the power goes at a chosen moment of a run."""

import signal
from pathlib import Path
from typing import Any

import forked
import pytest
from child_runs import killed_at
from tiny_zone import TinyZone
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


def told(home: Home) -> list[dict[str, Any]]:
    query = "select firm_id, signal, reason_zh from mart_movers__signals order by all"
    return releases.Published(home).rows(query)


@pytest.mark.figure("kills inside a run")
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: ".".join(map(str, moment)))
def test_a_killed_run_changes_nothing_and_the_next_one_finishes(tiny: TinyZone, moment: tuple[Any, ...]) -> None:
    home = Home(tiny.home)
    before, told_before = releases.current(home), told(home)
    tiny.yearly(2025, {"uscc": 1, "name": "杭州第1号科技有限公司", "revenue": 1001}, note="_更正")  # the same again

    killed(home, tiny.inbox, *moment)

    assert releases.current(home) == before
    assert told(home) == told_before

    run_steps(home.root, tiny.inbox)

    assert releases.current(home) != before
    assert before.exists()
    assert told(home) == told_before
    assert list(home.builds.iterdir()) == []


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
    assert told(home) == told(released)
