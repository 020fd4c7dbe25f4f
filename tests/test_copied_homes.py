"""A copied home is as the original, whatever a test before did to its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from copied_homes import CopiedHomes, copy_home

from warehouse.home import Home

pytestmark = pytest.mark.rule("tests-that-catch")

NAME = "20260630-120000-0000.duckdb"
CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda release: release.exists(),
    "written": lambda release: release.write_bytes(b"other"),
    "replaced": lambda release: (
        release.with_suffix(".new").write_bytes(b"file") and release.with_suffix(".new").replace(release)
    ),
    "removed": lambda release: release.unlink(),
    "closed to others": lambda release: release.chmod(0o400),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_release_that_a_test_changed_is_not_given_to_the_next(
    change: Callable[[Path], object], tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    (home.releases / NAME).write_bytes(b"file")
    (home.releases / NAME).chmod(0o600)
    homes = CopiedHomes(home, tmp_path / "kept")

    with homes.at(tmp_path / "first") as first:
        change(first.releases / NAME)
    with homes.at(tmp_path / "second") as second:
        release = second.releases / NAME
        assert (release.read_bytes(), release.stat().st_mode & 0o777) == (b"file", 0o600)
    assert not list((tmp_path / "second").rglob("*.duckdb"))


def test_a_log_that_goes_while_it_is_copied_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home := Home(tmp_path / "home")).root.mkdir()
    for name in ("casebook.db", "casebook.db-wal", "casebook.db-shm"):
        (home.root / name).write_text(name, "utf-8")

    def copied(source: str, target: str, **options: bool) -> object:
        (home.root / "casebook.db-wal").unlink(missing_ok=True)
        return copy2(source, target, **options)

    copy2, copytree = shutil.copy2, shutil.copytree
    monkeypatch.setattr(shutil, "copytree", lambda *at, **how: copytree(*at, **how, copy_function=copied))
    copy = copy_home(home, tmp_path / "copy")

    assert [path.name for path in copy.root.glob("casebook*")] == ["casebook.db"]


def test_any_other_file_that_goes_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home := Home(tmp_path / "home")).root.mkdir()
    (home.root / "casebook.db").write_text("", "utf-8")
    copytree = shutil.copytree

    def refused(source: str, *_: object, **__: bool) -> None:
        raise FileNotFoundError(2, "No such file", source)

    monkeypatch.setattr(shutil, "copytree", lambda *at, **how: copytree(*at, **how, copy_function=refused))

    with pytest.raises(shutil.Error, match=r"casebook\.db"):
        copy_home(home, tmp_path / "copy")
