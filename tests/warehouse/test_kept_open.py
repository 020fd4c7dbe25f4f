"""A small build stays open between the steps of a run, and whatever else needs its file finds it closed."""

from pathlib import Path

import duckdb
import pytest

from warehouse.database import kept_open
from warehouse.database.build import Build, Snapshot
from warehouse.database.kept_open import let_go

pytestmark = pytest.mark.rule("published-whole")


def is_open(path: Path) -> bool:
    """Another configuration is refused while the database is open."""
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.ConnectionException:
        return True
    return False


def write(path: Path, number: int) -> str:
    with Build.open(path) as build:
        build.execute(f"create table t{number} as select name_norm('甲-乙') as name")
        build.execute("create temp table passing as select 1")
        return str(build.value(f"select name from t{number}"))


def test_a_build_is_open_between_steps_and_each_has_its_own_connection(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with kept_open.kept_open(path):
        assert [write(path, number) for number in range(3)] == ["甲-乙"] * 3  # also that nothing temporary stays
        assert is_open(path)
        with Snapshot.open(path) as snapshot:
            assert snapshot.tables() == {"t0", "t1", "t2"}
        assert not is_open(path)
        assert write(path, 3) == "甲-乙"

    assert not is_open(path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_build_is_closed_before_its_file_is_moved_and_where_a_step_fails(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with kept_open.kept_open(path):
        write(path, 0)
        let_go(path)
        path.replace(tmp_path / "moved.duckdb")
        assert write(path, 0) == "甲-乙"
        with pytest.raises(duckdb.BinderException), Build.open(path) as build, build.transaction():
            build.execute("select absent from t0")
        assert not is_open(path)
        assert write(path, 1) == "甲-乙"


def test_a_large_build_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_open, "MOST_BYTES", 0)
    with kept_open.kept_open(tmp_path / "a.duckdb"):
        write(tmp_path / "a.duckdb", 0)
        assert not is_open(tmp_path / "a.duckdb")
