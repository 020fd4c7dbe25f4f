"""The tables: their order, what they rest on, the descriptions of their columns."""

import re
from pathlib import Path

import polars as pl
import pytest

from warehouse import reference
from warehouse.database.build import Build
from warehouse.errors import DefinitionError
from warehouse.intake.feed import load_feeds
from warehouse.models import building, graph
from warehouse.models.building import WithoutRows
from warehouse.models.typed_staging import columns_read, plain_tests, simplified
from warehouse.outputs import incubators
from warehouse.release.delta.affected import feeds_of_all_firms
from warehouse.release.disclosure import purpose
from warehouse.release.releases import Published

MARTS = graph.tables("marts")
EXTRACTS = Path(incubators.__file__)


@pytest.mark.parametrize("layer", graph.LAYERS)
def test_a_table_is_built_after_those_it_reads(layer: str) -> None:
    order = graph.in_order(layer)

    assert sorted(order) == graph.tables(layer)
    for position, table in enumerate(order):
        assert graph.reads(table).isdisjoint(order[position:])


def test_a_circle_of_tables_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = graph.tables("core")[:2]
    reads = {first: {second}, second: {first}}
    monkeypatch.setattr(graph, "reads", lambda table: reads.get(table, set()))

    with pytest.raises(DefinitionError, match=f"{first} → {second}|{second} → {first}"):
        graph.in_order("core")


def test_a_layer_reads_only_what_is_below_it() -> None:
    above: set[str] = set()
    for layer in reversed(graph.LAYERS):
        for table in graph.tables(layer):
            assert graph.reads(table).isdisjoint(above), table
        above |= set(graph.tables(layer))


def test_marts_read_deliveries_only_through_staging_and_core() -> None:
    for table in MARTS:
        assert not [name for name in graph.reads(table) if name.startswith(("raw_", "stg_"))] or table.startswith(
            ("mart_zone__statistics", "mart_zone__survey")
        ), table


@pytest.mark.parametrize("feed", [feed.name for feed in load_feeds().values() if feed.use == "statistics"])
def test_figures_under_the_statistics_law_reach_totals_only(feed: str) -> None:
    tables = [table for layer in graph.LAYERS for table in graph.tables(layer)]
    resting = {table for table in tables if f"raw_{feed}" in graph.depends_on(table)}

    assert resting <= {f"stg_{feed}", "mart_zone__statistics", "mart_zone__survey"}
    assert not re.search("mart_zone__statistics|survey", EXTRACTS.read_text("utf-8"))


def test_the_statistics_hide_small_cells(published: Published) -> None:
    (limits,) = published.rows("select * from ref_disclosure")
    cells = published.rows("select * from mart_zone__statistics")
    hidden = [cell for cell in cells if cell["is_hidden"]]

    assert 1 < len(hidden) < len(cells)  # a single hidden cell could be found by subtraction
    assert all(cell["firms"] >= limits["fewest_firms"] for cell in cells if not cell["is_hidden"])
    figures = ("firms", "revenue_to_date_fen", "staff_end", "rd_to_date_fen")
    assert {cell[name] for cell in hidden for name in figures} == {None}


@pytest.mark.parametrize("table", MARTS)
def test_every_column_of_a_mart_is_in_the_dictionary(published: Published, table: str) -> None:
    described = {row["name"] for row in reference.columns().to_dicts()}
    own = {row["column_name"] for row in published.rows(f"describe {table}")}

    assert own - described == set()


def test_the_dictionary_describes_only_columns_that_exist(published: Published) -> None:
    own = {row["column_name"] for table in MARTS for row in published.rows(f"describe {table}")}

    assert {row["name"] for row in reference.columns().to_dicts()} - own == set()


def test_a_table_made_again_without_rows_and_without_its_query_has_the_types_of_it(own_empty_build: Path) -> None:
    with Build.open(own_empty_build) as build:
        tables = [table for table in graph.in_order("core") if not graph.is_view(table)]
        queries = {table: f"create or replace table {table} as {graph.sql_of(table)}" for table in tables}
        planned = {}
        for table, query in queries.items():
            build.execute(query)
            planned[table] = build.tuples(f"describe {table}")
        for _ in range(3):  # planned, planned and remembered, made as remembered
            building.build_layer(build, "core")

        assert {table: build.tuples(f"describe {table}") for table in tables} == planned
        assert len([table for table in tables if WithoutRows(build).will_be(table)]) > len(tables) / 2


def test_a_table_of_staging_without_rows_has_the_types_of_its_select(own_empty_build: Path) -> None:
    shapes = {table: shape for table in graph.tables("staging") if (shape := graph.shape_of(table))}
    assert len(shapes) > 20

    with Build.open(own_empty_build) as build:
        for table, shape in shapes.items():
            planned = build.tuples(f"describe select * from ({graph.sql_of(table)})")
            build.execute(shape)
            assert [row[:2] for row in build.tuples(f"describe {table}")] == [row[:2] for row in planned]


def test_a_column_of_staging_without_values_has_nulls_of_the_type_of_its_macro() -> None:
    sources = [graph.sql_of(table) for table in graph.tables("staging")]
    replaced = {
        re.sub(r"\(\w+", "(source", macro.strip(" ,").partition(" as ")[0]): null.strip(" ,").partition(" as ")[0]
        for sql in sources
        for macro, null in zip(sql.splitlines(), simplified(sql, columns_read(sql), ()).splitlines(), strict=True)
        if macro != null
    }
    assert len(replaced) > 10
    with Build.in_memory() as build:
        names = "null::varchar as source, '千元' as money_unit, null::varchar as exchange"
        typed, nulls = (
            build.tuples(f"select *, typeof(columns(*)) from (select {listed} from (select {names}))")
            for listed in (", ".join(replaced.keys()), ", ".join(replaced.values()))
        )
        assert typed == nulls


WRITTEN = (
    *("0", "-0", "007", "12", "-387", "+5", "1_000", "1,000", " 12", "9007199254740993", "-9223372036854775808", "1e5"),
    *("9" * 18, "9" * 11 + ".123456789012345", "12.345678901234567", "12.5", "-0.30", "12.", ".5", "一万", "", "-"),
    *("2024-02-29", "2023-02-29", "0999-01-01", "1500-01-01 (BC)", "9999-12-31", "20240229", "2024-2-9", "45000"),
    *(
        "1999",
        "2100",
        "99",
        "2024年",
        "是",
        "否",
        "1",
        "true",
        "是是",
        "91330108MA011AKAXJ",
        "91330108ma011akaxj",
        "无",
    ),
)


def test_a_plain_value_has_the_same_figure_by_the_short_form_as_by_the_macro_of_its_column() -> None:
    """The short form stands for the macro where all values of a column are plain."""
    lines: dict[str, tuple[str, str]] = {}
    for sql in map(graph.sql_of, graph.tables("staging")):
        tests = plain_tests(sql)
        for macro, short in zip(sql.splitlines(), simplified(sql, (), tests).splitlines(), strict=True):
            if macro != short:
                column = re.search(r"\((\w+)", macro)[1]  # type: ignore[index]
                written = [re.sub(rf"\b{column}\b", "source", text) for text in (macro, short, tests[column])]
                typed, plain, is_plain = (text.strip(" ,").partition(" as source_")[0] for text in written)
                lines[typed.rpartition(" as ")[0]] = (plain.rpartition(" as ")[0], is_plain)
    assert len(lines) > 6
    with Build.in_memory() as build:
        written_rows = pl.DataFrame({"source": WRITTEN}).join(pl.DataFrame({"money_unit": ["元", "亿元"]}), how="cross")
        with build.view("written", written_rows):
            for typed, (plain, is_plain) in lines.items():
                pairs = build.tuples(
                    f"select source, {typed}, typeof({typed}), {plain}, typeof({plain}) from written where {is_plain}"
                )
                assert pairs, typed
                others = build.value(f"select bool_and({is_plain}) from written where not coalesce({is_plain}, false)")
                assert others is False, f"{typed}: an aggregate would pass over a value that is not plain"
                assert [pair[1:3] for pair in pairs] == [pair[3:] for pair in pairs], typed


BUILT = [table for layer in graph.LAYERS for table in graph.tables(layer)]
NEEDED = {"firm": {"firm_id"}, "row": {"delivery_id", "sheet", "row_no"}, "zone": set[str]()}
"""The columns by which rows of each scope are replaced."""


def test_key_and_scope_of_a_model_are_of_its_own_columns(published: Published) -> None:
    needed = {table: set(graph.key_of(table)) | NEEDED[graph.scope_of(table)] for table in BUILT}
    lacking = {
        table: columns - {row["column_name"] for row in published.rows(f"describe {table}")}
        for table, columns in needed.items()
    }

    assert {table: columns for table, columns in lacking.items() if columns} == {}


def test_a_table_of_the_zone_has_no_firm_in_its_key() -> None:
    of_the_zone = [table for table in BUILT if graph.scope_of(table) == "zone"]

    assert of_the_zone
    assert [table for table in of_the_zone if not purpose.FIRM.isdisjoint(graph.key_of(table))] == []


@pytest.mark.rule("a run over what is new gives the tables of a run over everything")
def test_no_table_of_firms_rests_on_a_table_of_the_whole_zone() -> None:
    """Else a part would not know what it says; but of tables about no firm a part holds all rows.

    A view is computed from the merged tables, so it may; what is stored may not, directly or through a view.
    """
    built = {table for layer in graph.LAYERS for table in graph.tables(layer)}
    rebuilt = {f"raw_{name}" for name in feeds_of_all_firms(load_feeds())}

    def is_of_firms(table: str) -> bool:
        return graph.scope_of(table) != "zone"

    def stored_below(table: str) -> set[str]:
        return {
            stored
            for below in graph.reads(table)
            for stored in (stored_below(below) if below in built and graph.is_view(below) else {below})
        }

    def in_part(table: str) -> bool:
        return is_of_firms(table) or {name for name in graph.depends_on(table) if name.startswith("raw_")} <= rebuilt

    wrong = {
        table: sorted(below for below in stored_below(table) & built if not in_part(below))
        for table in sorted(built)
        if not graph.is_built_whole(table) and not graph.is_view(table)
    }

    assert {table: below for table, below in wrong.items() if below} == {}


@pytest.mark.parametrize(
    ("head", "message"),
    [("-- key: a", "-- scope:"), ("-- scope: firm", "-- key:"), ("-- key: a\n-- scope: street", "street")],
)
def test_a_model_without_key_or_scope_is_named(monkeypatch: pytest.MonkeyPatch, head: str, message: str) -> None:
    monkeypatch.setattr(graph, "sql_of", lambda _: f"-- A model.\n{head}\nselect 1 as a")

    with pytest.raises(DefinitionError, match=f"core_model.*{message}"):
        graph.scope_of("core_model")
