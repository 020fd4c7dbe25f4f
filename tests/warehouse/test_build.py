"""A build takes frames and hands out rows; a release is read by the same questions and cannot be changed."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from warehouse.database.build import Build, Database, Snapshot, normalised
from warehouse.errors import DiskFailed, ReleaseUnreadable

FIRMS = pl.DataFrame({"firm_id": ["A", "B"], "name": ["甲", None]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A build of one table, in a folder whose name holds a quote."""
    (folder := tmp_path / "zone's").mkdir()
    with Build.open(folder / "build.duckdb") as build:
        build.put("core_firm", FIRMS)
    return folder / "build.duckdb"


def test_rows_come_as_dictionaries_tuples_a_column_a_value_or_a_frame(path: Path) -> None:
    with Snapshot.open(path) as snapshot:
        assert snapshot.rows("from core_firm where firm_id = $1", ["A"]) == [{"firm_id": "A", "name": "甲"}]
        assert snapshot.tuples("from core_firm where firm_id = $id", {"id": "B"}) == [("B", None)]
        assert snapshot.column("select firm_id from core_firm order by 1") == ["A", "B"]
        assert snapshot.value("select count(*) from core_firm") == 2
        assert snapshot.value("select 1 where false") is None
        assert snapshot.frame("from core_firm order by firm_id").equals(FIRMS)
        assert snapshot.columns("core_firm") == ["firm_id", "name"]
        assert snapshot.tables() == {"core_firm"}


def test_frames_are_appended_by_name_and_leave_no_view(path: Path) -> None:
    with Build.open(path) as build:
        build.put("core_firm", pl.DataFrame({"name": ["丙"], "firm_id": ["C"]}), append=True)
        build.put("core_firm", FIRMS.clear(), append=True)
        build.put("half", FIRMS, select="firm_id, name_norm(name) as norm")
        with pytest.raises(duckdb.Error):
            build.put("core_firm", pl.DataFrame({"other": [1]}), append=True)

        assert build.tuples("from core_firm where firm_id = 'C'") == [("C", "丙")]
        assert build.columns("half") == ["firm_id", "norm"]
        assert build.column("select view_name from duckdb_views() where not internal") == []


def test_a_transaction_that_fails_changes_nothing(path: Path) -> None:
    with Build.open(path) as build:
        with pytest.raises(duckdb.Error, match="stop"), build.transaction():
            build.tuples("delete from core_firm; select error('stop')")

        assert build.has_rows("core_firm")


def test_several_releases_are_asked_together_and_with_macros_where_a_build_asks(path: Path) -> None:
    with Database.in_memory(a=path, b=path) as database:
        assert database.value("select count(*) from a.core_firm inner join b.core_firm using (firm_id)") == 2
        assert database.tables("a") == {"core_firm"}
    with Build.in_memory(release=path) as build:
        assert build.value("select name_norm('甲 公司')") == normalised("甲 公司")
        with pytest.raises(duckdb.Error, match="read-only"):
            build.execute("delete from release.core_firm")


def test_a_release_that_is_damaged_or_lacks_a_table_is_named_with_the_way_out(path: Path) -> None:
    with pytest.raises(ReleaseUnreadable, match=r"build\.duckdb: .*tidu run"), Snapshot.open(path) as snapshot:
        snapshot.rows("from core_title")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(ReleaseUnreadable), Snapshot.open(path):
        pass
    with pytest.raises(ReleaseUnreadable), Database.in_memory(release=path):
        pass
    with pytest.raises(DiskFailed), Build.open(path):
        pass


def test_a_release_reaches_no_other_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n", "utf-8")
    with Snapshot.open(path) as snapshot, pytest.raises(duckdb.PermissionException):
        snapshot.rows(f"from '{tmp_path / 'other.csv'}'")
