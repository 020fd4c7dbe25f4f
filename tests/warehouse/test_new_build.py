"""A new build has the same macros whether they were created in it or copied."""

from datetime import date
from pathlib import Path

import pytest

from warehouse import recipe
from warehouse.database import build as database
from warehouse.database.build import Build
from warehouse.database.new_build import Template

pytestmark = pytest.mark.rule("whole-equals-part")

MACROS = "select function_name, macro_definition from duckdb_functions() where not internal order by all"


def test_every_new_build_of_a_process_has_the_same_macros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "TEMPLATE", template := Template())
    macros = []
    for number in range(4):
        with Build.open(tmp_path / f"{number}.duckdb") as build:
            macros.append(build.tuples(MACROS))
            build.execute("create table t as select fen('1', '万元') as fen")

    assert macros[0]
    assert macros == macros[:1] * 4
    assert template.content  # what the last three began with
    assert {path.suffix for path in tmp_path.iterdir()} == {".duckdb"}


def test_a_build_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "one.duckdb"
    with Build.open(path) as build:
        build.execute("create table t as select 1 as a")
    Template(builds=2, content=b"no build").begin(path, Build.open)

    with Build.open(path) as build:
        assert build.tuples("from t") == [(1,)]


@pytest.mark.parametrize("template", [Template(builds=1), Template(builds=2, content=b"anything")])
def test_what_cannot_be_written_is_left_to_whoever_opens_it(template: Template, tmp_path: Path) -> None:
    template.begin(tmp_path / "no folder" / "one.duckdb", Build.open)

    assert not list(tmp_path.iterdir())


def test_every_new_build_of_a_process_has_the_same_reference_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recipe, "_BEGINNING", Template())
    day = date(2026, 6, 30)
    begun, whole = [], []
    for number in range(3):
        with recipe.open_new(tmp_path / f"{number}.duckdb") as build:
            begun.append(build.tables())
            recipe.write_staging_inputs(build, [], recipe.Parameters(day, day, "CN-3301", "test"))
            if "ref_editions" not in begun[-1]:
                recipe._write_rulebook(build)
            named = sorted(table for table in build.tables() if table.startswith("ref_"))
            whole.append({table: build.tuples(f"from {table} order by all") for table in named})

    assert [len(tables) for tables in begun] == [0, len(whole[0]), len(whole[0])]
    assert all(rows for rows in whole[0].values())
    assert whole == whole[:1] * 3
