"""A process killed at any moment of publishing: the release is complete or absent, and so are its files."""

import dataclasses
import errno
import gc
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import forked
import pytest
from child_runs import publish_copied, publish_killed
from light_run import LightRun

from flows.plan import Plan
from warehouse.release import releases, run_files

pytestmark = [pytest.mark.faults, pytest.mark.rule("published-whole")]


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


@dataclasses.dataclass(frozen=True)
class Moment:
    """A copy of a home, and its files with their sizes as it was copied."""

    root: Path
    files: list[tuple[str, int]]


def files_of(root: Path) -> list[tuple[str, int]]:
    return sorted((str(path.relative_to(root)), path.stat().st_size) for path in root.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def moments(about_to_publish: tuple[Path, Plan], tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    """The home as a process that publishes finds it before each change of a file, which is how a kill leaves it.

    The last is that after publishing.
    """
    folder = tmp_path_factory.mktemp("moments")
    root = shutil.copytree(about_to_publish[0], folder / "published")
    done = forked.run(publish_copied, dataclasses.replace(about_to_publish[1], root=root), folder)
    assert done.returncode == 0, done.stderr
    roots = [*(folder / str(number) for number in range(1, len(list(folder.iterdir())))), root]
    return [Moment(root, files_of(root)) for root in roots]


@pytest.mark.figure("kills while publishing")
def test_killed_at_any_change_of_a_file_a_release_is_whole_or_absent(
    prepared: LightRun,
    about_to_publish: tuple[Path, Plan],
    moments: list[Moment],
    record_property: Callable[[str, object], None],
) -> None:
    record_property("times", len(moments))
    run_id, current = about_to_publish[1].run_id, []
    for root in (moment.root for moment in moments):
        light = dataclasses.replace(prepared, root=root)
        home, published = light.home, light.published

        current.append(now := releases.current(home).stem)
        assert set(handed_out(light)) <= {*published, now}, root
        assert set(published) <= set(releases.runs(home)), root

        releases.tidy(home)

        assert releases.current(home).stem == now, root
        assert set(handed_out(light)) == {*published, now}, root
        assert list(home.builds.iterdir()) == [], root
        assert list(home.root.glob("*/.*.part")) == [], root
    assert len(moments) > 30
    before = current.count(prepared.published[0])
    assert current == [prepared.published[0]] * before + [run_id] * (len(moments) - before)
    assert 0 < before < len(moments) - 1, "the moments include one after the pointer"


@pytest.mark.figure("kills while publishing")
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_process_that_is_killed_leaves_the_home_as_it_was_copied(
    about_to_publish: tuple[Path, Plan], moments: list[Moment], part: float, tmp_path: Path
) -> None:
    """Of three moments, so that all of them may be read from copies."""
    nth = int(part * len(moments))
    root = shutil.copytree(about_to_publish[0], tmp_path / "home")

    done = forked.run(publish_killed, dataclasses.replace(about_to_publish[1], root=root), nth)

    assert done.returncode == -signal.SIGKILL, done.stderr
    assert files_of(root) == moments[nth - 1].files


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
