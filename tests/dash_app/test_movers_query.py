"""The queries of the movers page: column names from a list, values bound, rows bounded."""

from dataclasses import fields

import pytest

from dash_app.session import parsed
from service.queries.movers import PAGE_ROWS, SORTABLE, Filters, count, page, totals
from warehouse.release.releases import Published

HOSTILE = "x' or '1'='1"


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["firm_id"] for row in rows]


def test_without_filters_every_firm_of_the_mart_is_counted(published: Published) -> None:
    firms = published.rows("select count(*) as firms from mart_movers__firms")[0]["firms"]

    assert count(published, Filters()) == firms > 0


def test_pages_follow_each_other_without_gap_or_overlap(published: Published) -> None:
    firms = count(published, Filters())

    seen = [n for start in range(0, firms, 40) for n in ids(page(published, Filters(), start, start + 40, []))]

    assert len(seen) == len(set(seen)) == firms


def test_the_default_order_is_by_movement_then_by_the_rung_held(published: Published) -> None:
    rows = page(published, Filters(), 0, PAGE_ROWS, [])

    keys = [(row["movement_seq"], -row["held_rank"], row["firm_id"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize("column", SORTABLE)
def test_every_sortable_column_sorts_both_ways_with_the_unknown_last(published: Published, column: str) -> None:
    name = SORTABLE[column]

    for direction, is_falling in (("asc", False), ("desc", True)):
        rows = page(published, Filters(), 0, PAGE_ROWS, [{"colId": column, "sort": direction}])
        values = [row[name] for row in rows]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == known
        assert known == sorted(known, reverse=is_falling)


def test_ties_are_broken_by_the_number_of_the_firm(published: Published) -> None:
    rows = page(published, Filters(), 0, PAGE_ROWS, [{"colId": "movement", "sort": "asc"}])

    keys = [(row["movement_seq"], row["firm_id"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "sort",
    [
        [{"colId": "search; drop table run", "sort": "asc"}],
        [{"colId": "reason", "sort": "asc"}],
        [{"colId": "firm_id desc --", "sort": "desc"}],
        [{"sort": "asc"}],
    ],
)
def test_a_column_that_is_not_on_the_list_does_not_sort(published: Published, sort: list[dict[str, str]]) -> None:
    assert ids(page(published, Filters(), 0, 50, sort)) == ids(page(published, Filters(), 0, 50, []))


def test_a_direction_that_is_none_is_ascending(published: Published) -> None:
    forged = page(published, Filters(), 0, 50, [{"colId": "name", "sort": "desc; drop table run"}])

    assert ids(forged) == ids(page(published, Filters(), 0, 50, [{"colId": "name", "sort": "asc"}]))


class Recorder(Published):
    """Records the query and its values, and returns no row."""

    def __init__(self) -> None:
        self.sql, self.values = "", list[object]()

    def rows(self, sql, parameters=()):  # type: ignore[no-untyped-def]
        self.sql, self.values = sql, list(parameters)
        return []


@pytest.mark.parametrize(
    ("start", "end", "rows", "offset"),
    [
        (0, 100, 100, 0),
        (100, 200, 100, 100),
        (0, 10**9, PAGE_ROWS, 0),
        (-50, 50, 100, 0),
        (10, 5, 0, 10),
    ],
)
def test_no_request_gets_more_rows_than_a_page(start: int, end: int, rows: int, offset: int) -> None:
    recorder = Recorder()

    page(recorder, Filters(), start, end, [])

    assert recorder.values == [rows, offset]


@pytest.mark.parametrize("field", ["movement", "held", "incubator", "q"])
def test_a_value_is_bound_and_never_part_of_the_sql(published: Published, field: str) -> None:
    filters = Filters(**{field: HOSTILE})
    where, values = filters.where()

    assert values == [HOSTILE]
    assert "'1'" not in where
    assert count(published, filters) == 0
    assert page(published, filters, 0, 100, []) == []


def test_the_signs_of_a_pattern_are_searched_for_as_they_are(published: Published) -> None:
    assert count(published, Filters(q="%")) == count(published, Filters(q="_")) == 0


def test_filters_together_let_through_what_each_lets_through(published: Published) -> None:
    firms = page(published, Filters(), 0, PAGE_ROWS, [])
    firm = next(row for row in firms if row["held"] and row["is_applied_gap"])
    filters = Filters(movement=firm["movement"], held=firm["held"], q=f" {firm['name'][2:5].upper()} ", gap="1")

    expected = {
        row["firm_id"]
        for row in firms
        if (row["movement"], row["held"]) == (firm["movement"], firm["held"])
        and row["is_applied_gap"]
        and firm["name"][2:5] in row["name"]
    }
    assert set(ids(page(published, filters, 0, 100, []))) == expected
    assert count(published, filters) == len(expected) > 0


def test_the_filter_none_matches_firms_that_hold_nothing(published: Published) -> None:
    rows = page(published, Filters(held="none"), 0, PAGE_ROWS, [])

    assert rows
    assert {row["held"] for row in rows} == {None}


def test_each_total_is_what_its_link_will_show(published: Published) -> None:
    filters = Filters(held="none", movement="up")

    rows = totals(published, filters)

    assert len(rows) == 8
    for row in rows:
        assert row["firms"] == count(published, filters.with_(movement=row["movement"]))


def test_an_address_is_read_back_as_its_filters() -> None:
    filters = Filters(movement="up", held="hnte", incubator="一期 & 二期", q="a=b?", gap="1")

    assert Filters.of(parsed(filters.address("zh"))) == filters
    assert parsed(filters.address("en")) == {**vars(filters), "lang": "en"}
    assert Filters().address("zh") == "?"


def test_parameters_that_are_no_filters_are_ignored() -> None:
    filters = Filters.of({"lang": "en", "movement": "up", "where": "1=1", "__class__": "x"})

    assert filters == Filters(movement="up")


def test_a_long_value_is_cut() -> None:
    filters = Filters.of({field.name: "长" * 10_000 for field in fields(Filters)})

    assert {len(value) for value in vars(filters).values()} == {100}
