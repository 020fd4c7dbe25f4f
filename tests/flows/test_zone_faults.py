"""A zone whose process is killed, or whose disk is full, is published by its next run; nothing half is ever read."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import forked
import pytest
from child_runs import killing
from compared import differing
from small_disks import copy_on_small_disk
from test_zones import ENTRY, installation
from tiny_zone import TinyZone
from whole_job import DAY

from flows.zones.run_zone import ZonesPlan, run_zone
from service.queries.installation.zones import chosen, unlisted
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release import releases
from warehouse.zones import marts, registry

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]

MOMENTS: list[tuple[Any, ...]] = [
    ("warehouse.intake.landing", "land", "after"),
    ("warehouse.quality.check", "check_layer", "before"),
    ("warehouse.rule_exchange.results", "write", "after"),
    ("warehouse.release.releases", "publish", "after"),
    ("warehouse.zones.marts", "_write", "after", 3),
    ("warehouse.zones.marts", "_write_pointer", "before"),
    ("warehouse.zones.marts", "_remove_older", "before"),
]
"""In the order in which the run of a zone passes them; ``test_zones`` kills before a release."""


def zone_killed_at(root: Path, module: str, name: str, moment: str, nth: int = 1) -> None:
    """The run of the first zone of an installation, which dies before or after the nth call of a function."""
    owner = sys.modules[module]
    setattr(owner, name, killing(getattr(owner, name), moment, nth))
    run_zone(registry.read_zones(Home(root))[0], ZonesPlan(root, DAY))


@pytest.mark.figure("kills inside the run of a zone")
def test_a_zone_killed_in_each_step_is_published_by_its_next_run(
    tiny: TinyZone, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    home = installation(tmp_path, tiny.inbox, "a", "missing")
    record_property("times", len(MOMENTS))
    for moment in MOMENTS:
        done = forked.run(zone_killed_at, home.root, *moment)
        assert done.returncode == -signal.SIGKILL, (moment, done.stderr)
        assert (marts.current(home, "a") is None) == (moment[1] != "_remove_older"), moment

    run = run_zone(registry.read_zones(home)[0], ZonesPlan(home.root, DAY))

    zone_home = registry.home_of(home, "a")
    assert run.state == "unchanged", run.message_en
    assert differing(releases.current(Home(tiny.home)), releases.current(zone_home)) == []
    assert marts.current(home, "a").run_id == run.run_id  # type: ignore[union-attr]
    assert list(zone_home.builds.iterdir()) == []


@pytest.mark.figure("full disks")
def test_a_full_disk_fails_its_zone_and_names_the_way_out(tiny: TinyZone, tmp_path: Path) -> None:
    home = installation(tmp_path, tiny.inbox, "a", "missing")
    (empty := tmp_path / "a").mkdir()
    with copy_on_small_disk(empty, tmp_path / "disk", 3_000_000) as disk:
        (home.root / "zones").mkdir()
        (home.root / "zones" / "a").symlink_to(disk)
        full = run_zone(registry.read_zones(home)[0], ZonesPlan(home.root, DAY))
    assert full.state == "failed"
    assert "make room and run again" in full.message_en
    assert marts.current(home, "a") is None


def test_zones_that_cannot_be_told_apart_or_were_renamed_are_refused(tmp_path: Path) -> None:
    home = installation(tmp_path, tmp_path, "missing")
    file = home.root / registry.FILE

    def refusal(*entries: tuple[str, str]) -> str:
        lines = [ENTRY.format(code=code, inbox=inbox) for code, inbox in entries]
        file.write_text("zones:\n" + "".join(lines), "utf-8")
        with pytest.raises(BadInput) as refused:
            chosen(home, ["all"])
        return refused.value.en

    assert "repeated or reserved codes: a" in refusal(("a", "in/a"), ("a", "in/b"))
    assert "would count in both" in refusal(("a", "in/a"), ("b", "in/../in/a"))
    # A zone that was renamed would begin anew, without its originals and its casebook.
    (home.root / "zones" / "old" / "landing").mkdir(parents=True)
    assert f"mv {home.root}/zones/old {home.root}/zones/new" in refusal(("new", "in/a"))
    assert unlisted(home) == ["old"]
    (home.root / "zones" / "old").rename(home.root / "zones" / "new")
    assert [zone.code for zone in chosen(home, ["all"])] == ["new"]
    assert unlisted(home) == []
