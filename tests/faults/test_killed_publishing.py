"""A process killed at any moment of publishing: the release is complete or absent, and so are its files."""

import dataclasses
import errno
import gc
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import forked
import pytest
from child_runs import publish_killed
from light_run import LightRun

from flows.plan import Plan
from warehouse.release import releases, run_files

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]


def publish_killed_at(plan: Plan, nth: int) -> bool:
    """Publish in a process of its own that is killed at its nth change of a file; whether it got that far."""
    return forked.run(publish_killed, plan, nth).returncode == -signal.SIGKILL


def handed_out(light: LightRun) -> Iterator[str]:
    """The runs with files in the folders of published files."""
    home = light.home
    for folder in (home.extracts, home.report_cards, home.quarantine):
        yield from (path.name.removesuffix(".csv") for path in folder.iterdir() if not path.name.startswith("."))


@pytest.fixture(scope="module")
def about_to_publish(prepared: LightRun, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Plan]:
    """A home whose next run is complete but for publishing, and its plan; each kill works on a copy."""
    root = shutil.copytree(prepared.root, tmp_path_factory.mktemp("about-to-publish") / "home")
    light = dataclasses.replace(prepared, root=root)
    plan = light.plan()
    light.prepare(plan)
    gc.collect()  # an open casebook would take its log away while a test copies the home
    return root, plan


@pytest.mark.figure("kills while publishing")
@pytest.mark.parametrize("nth", range(1, 41))
def test_a_process_killed_at_a_change_of_a_file(
    prepared: LightRun, about_to_publish: tuple[Path, Plan], nth: int, tmp_path: Path
) -> None:
    light = dataclasses.replace(prepared, root=shutil.copytree(about_to_publish[0], tmp_path / "home"))
    plan, home = dataclasses.replace(about_to_publish[1], root=light.root), light.home

    publish_killed_at(plan, nth)

    now = releases.current(home).stem
    assert now in (light.published[0], plan.run_id)
    assert set(handed_out(light)) <= {*light.published, now}
    assert set(light.published) <= set(releases.runs(home))

    releases.tidy(home)

    assert releases.current(home).stem == now
    assert set(handed_out(light)) == {*light.published, now}
    assert list(home.builds.iterdir()) == []
    assert list(home.root.glob("*/.*.part")) == []


def test_a_move_to_another_disk_is_a_copy_that_can_be_killed(light: LightRun, monkeypatch: pytest.MonkeyPatch) -> None:
    home, run_id = light.home, light.published[0]
    files = run_files.RunFiles(home, run_id)
    files.folder.mkdir()
    shutil.move(home.report_cards / run_id, files.report_cards)
    cards = {path.name for path in files.report_cards.iterdir()}
    replace = Path.replace

    def on_another_disk(path: Path, target: Path) -> Path:
        if path.is_relative_to(home.builds) and not target.is_relative_to(home.builds):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        if path == files.report_cards:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", on_another_disk)
        with pytest.raises(KeyboardInterrupt):
            releases.tidy(home)
    assert files.report_cards.exists()

    releases.tidy(home)

    assert {path.name for path in (home.report_cards / run_id).iterdir()} == cards
    assert not files.folder.exists()


def test_the_moments_include_one_after_the_pointer(light: LightRun) -> None:
    plan = light.plan()
    light.prepare(plan)

    assert not publish_killed_at(plan, 10_000)
    assert releases.current(light.home).stem == plan.run_id
