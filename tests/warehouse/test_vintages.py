"""A frozen month stays what it was: nothing writes over it, nothing removes it, and it answers as a home of its own."""

import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import forked
import pytest
from child_runs import command

from service.decisions import releases as decisions
from service.queries.release import releases as queries
from warehouse.casebook.statements import Casebook
from warehouse.database.build import Build
from warehouse.errors import BadInput, HomeFailed, ReleaseUnreadable
from warehouse.home import Home
from warehouse.release import releases, vintages
from warehouse.release.lock import writer
from warehouse.release.removal import remove

pytestmark = pytest.mark.rule("two-clocks")

NOW, LATER = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC)
TODAY = date(2026, 7, 1)


def power_cut(*_: object) -> None:
    raise KeyboardInterrupt


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def following(home: Home, release: Path) -> None:
    """Another release after this one."""
    with Build.open(Path(shutil.copy(release, home.builds / "next.duckdb"))) as build:
        build.execute("update run set run_id = '20990101-000000-aaaa'")
        build.execute("delete from published_total")
    releases.publish(home, home.builds / "next.duckdb", "20990101-000000-aaaa")


def test_a_month_is_frozen_once_and_stays(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    release = releases.current(own_home)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", power_cut)
        with pytest.raises(KeyboardInterrupt):
            decisions.freeze(own_home, "2026-06", TODAY, NOW)
    assert vintages.vintages(own_home) == []

    made, is_new = decisions.freeze(own_home, "2026-06", TODAY, NOW)
    before = contents(own_home.vintages)
    again = decisions.freeze(own_home, "2026-06", date(2026, 8, 1), LATER)

    assert (made.run_id, is_new, again) == (release.stem, True, (made, False))
    assert {Path(name).name for name in before} == {release.name, "CURRENT", "FROZEN.json"}
    assert contents(own_home.vintages) == before
    assert [row["frozen"] for row in queries.published(own_home)] == ["2026-06"]

    releases.tidy(own_home)
    following(own_home, release)
    with pytest.raises(BadInput, match="frozen as 2026-06"):
        remove(own_home, release.stem, by="王", why="空间", now=NOW)
    release.unlink()  # by hand, past every command
    assert contents(own_home.vintages) == before

    frozen = queries.frozen_home(own_home, "2026-06")
    done = forked.run(command, "movers", "--frozen", "2026-06", "--format", "csv", "--home", str(own_home.root))
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 100
    with pytest.raises(HomeFailed, match="never written"), writer(frozen):
        pass
    with pytest.raises(HomeFailed, match="never written"):
        Casebook(frozen).record("join", "x", {}, by="王", why="z", now=NOW)
    assert contents(own_home.vintages) == before


def test_a_vintage_that_was_changed_is_noticed(own_home: Home) -> None:
    decisions.freeze(own_home, "2026-06", TODAY, NOW)
    (path,) = own_home.vintages.glob("2026-06/releases/*.duckdb")
    assert [row["month"] for row in queries.verified_vintages(own_home)] == ["2026-06"]

    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"?")

    with pytest.raises(ReleaseUnreadable, match="not what was frozen"):
        queries.verified_vintages(own_home)


@pytest.mark.parametrize(
    ("month", "today", "message"),
    [
        ("2026-06", date(2026, 6, 30), "is not over"),
        ("2026-05", TODAY, "there are releases of 2026-06"),
        ("June", TODAY, "write a month as 2026-06"),
        ("2026-13", TODAY, "write a month as 2026-06"),
        ("../2026-06", TODAY, "write a month as 2026-06"),
    ],
)
def test_a_month_that_cannot_be_frozen_is_refused(released: Home, month: str, today: date, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        decisions.freeze(released, month, today, NOW)
    assert vintages.vintages(released) == []


def test_a_month_that_is_not_frozen_is_named_with_those_that_are(released: Home) -> None:
    with pytest.raises(BadInput, match="2026-06 is not frozen"):
        queries.frozen_home(released, "2026-06")
