"""Fault injection: the power goes at a chosen moment of a run."""

import signal
from collections.abc import Callable
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

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]

MOMENTS: list[tuple[Any, ...]] = [
    ("warehouse.quality.check", "check_layer", "before"),
    ("warehouse.rule_exchange.results", "write", "after"),
    ("warehouse.release.releases", "publish", "before"),
]
"""Of a run over what is new, in the order in which it passes them.

Those before a run knows whether it is one are in ``test_faults``, those of publishing in ``test_killed_publishing``.
"""


RENAMES = (1, 3, 5)
"""The renames of each run after which it is killed: the first, fourth and ninth of all."""


@pytest.fixture
def twenty_firms(tiny: TinyZone) -> TinyZone:
    """Twenty firms with a release, and a file that came later."""
    tiny.yearly(2025, {"uscc": 1, "name": "杭州第1号科技有限公司", "revenue": 1001}, note="_更正")  # the same again
    return tiny


def signals_of(home: Home) -> list[dict[str, Any]]:
    query = "select firm_id, signal, reason_zh from mart_movers__signals order by all"
    return releases.Published(home).rows(query)


@pytest.mark.figure("kills inside a run")
def test_killed_runs_change_nothing_and_the_next_one_goes_on(
    twenty_firms: TinyZone, record_property: Callable[[str, object], None]
) -> None:
    """Each run goes past the moment at which the one before it was killed, and the last one to its end."""
    home, inbox = Home(twenty_firms.home), twenty_firms.inbox
    before, signals_before = releases.current(home), signals_of(home)
    record_property("times", len(MOMENTS))
    for module, name, when, *nth in MOMENTS:
        done = forked.run(killed_at, home.root, inbox, module, name, when, *nth)

        assert done.returncode == -signal.SIGKILL, (module, name, done.stderr)
        assert releases.current(home) == before
        assert signals_of(home) == signals_before

    run_steps(home.root, inbox)

    assert releases.current(home) != before
    assert before.exists()
    assert signals_of(home) == signals_before
    assert list(home.builds.iterdir()) == []


@pytest.mark.figure("kills inside a run")
def test_killed_while_landing_the_first_files_nothing_is_lost(
    twenty_firms: TinyZone, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Every file is landed by renames of its own; each run goes on where the one before it was killed."""
    home, inbox = Home(tmp_path / "new"), twenty_firms.inbox
    clean = Home(twenty_firms.home)
    record_property("times", len(RENAMES))

    for nth in RENAMES:
        done = forked.run(killed_at, home.root, inbox, "os", "replace", "after", nth)
        assert done.returncode == -signal.SIGKILL, done.stderr
        with pytest.raises(NoRelease):
            releases.current(home)
    run_steps(home.root, inbox)

    assert len(landing.deliveries(home)) == len(landing.deliveries(clean)) + 1
    assert not landing.unseen(inbox, home, load_feeds())
    assert signals_of(home) == signals_of(clean)
