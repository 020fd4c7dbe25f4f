"""The queries of the movers page: column names from a list, values bound, rows bounded."""

from dataclasses import fields
from typing import Any

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


def test_the_default_order_is_by_change_then_by_the_rung_held(published: Published) -> None:
    rows = page(published, Filters(), 0, PAGE_ROWS, [])

    keys = [(row["change_seq"], -row["held_rank"], row["firm_id"]) for row in rows]
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
    rows = page(published, Filters(), 0, PAGE_ROWS, [{"colId": "change", "sort": "asc"}])

    keys = [(row["change_seq"], row["firm_id"]) for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    "sort",
    [
        [{"colId": "search; drop table run", "sort": "asc"}],
        [{"colId": "signal", "sort": "asc"}],
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


@pytest.mark.parametrize(
    "field",
    ["change", "signal", "held", "designation", "incubator", "q", "met", "park", "sector", "due_within", "owner"],
)
def test_a_value_is_bound_and_never_part_of_the_sql(published: Published, field: str) -> None:
    filters = Filters(**{field: HOSTILE})
    where, values = filters.where()

    assert HOSTILE in values
    assert "'1'" not in where
    assert count(published, filters) == 0
    assert page(published, filters, 0, 100, []) == []


def test_the_signs_of_a_pattern_are_searched_for_as_they_are(published: Published) -> None:
    assert count(published, Filters(q="%")) == count(published, Filters(q="_")) == 0


def given(row: dict[str, Any]) -> set[str]:
    return {signal["signal"] for signal in row["signals"]}


def test_filters_together_let_through_what_each_lets_through(published: Published) -> None:
    firms = page(published, Filters(), 0, PAGE_ROWS, [])
    firm = next(row for row in firms if row["held"] and row["signals"])
    signal = firm["signals"][0]["signal"]
    filters = Filters(change=firm["change"], held=firm["titles"][-1], q=f" {firm['name'][2:5].upper()} ", signal=signal)

    expected = {
        row["firm_id"]
        for row in firms
        if row["change"] == firm["change"]
        and firm["titles"][-1] in row["titles"]
        and signal in given(row)
        and firm["name"][2:5] in row["name"]
    }
    assert set(ids(page(published, filters, 0, 100, []))) == expected
    assert count(published, filters) == len(expected) > 0


def test_several_kinds_are_let_through_together(published: Published) -> None:
    both = count(published, Filters(change="up,down"))

    assert both == count(published, Filters(change="up")) + count(published, Filters(change="down")) > 0


def test_a_signal_that_is_filtered_by_is_shown_first(published: Published) -> None:
    rows = page(published, Filters(signal="slowed"), 0, 100, [])

    assert rows
    assert {row["signals"][0]["signal"] for row in rows} == {"slowed"}


def test_a_designation_lets_through_who_holds_it_and_what_is_about_it(published: Published) -> None:
    firms = page(published, Filters(), 0, PAGE_ROWS, [])

    expected = {
        row["firm_id"]
        for row in firms
        if "hnte" in row["titles"]
        or row["next_designation"] == "hnte"
        or "hnte" in {signal["designation"] for signal in row["signals"]}
    }
    assert set(ids(page(published, Filters(designation="hnte"), 0, PAGE_ROWS, []))) == expected


def test_the_filter_none_matches_firms_that_hold_nothing(published: Published) -> None:
    rows = page(published, Filters(held="none"), 0, PAGE_ROWS, [])

    assert rows
    assert {row["held"] for row in rows} == {None}


def test_each_total_is_what_its_link_will_show(published: Published) -> None:
    filters = Filters(held="none", change="same", signal="blocked")

    rows = totals(published, filters)

    assert {row["total"] for row in rows} == {"change", "signal"}
    for row in rows:
        assert row["firms"] == count(published, filters.with_(**{row["total"]: row["kind"]})), row


def test_an_address_is_read_back_as_its_filters() -> None:
    named = ("held", "designation", "incubator", "owner", "q", "met", "park", "sector", "due_within")
    filters = Filters("up", "near_miss", **{name: f"{name} & 二期=?" for name in named})

    assert Filters.of(parsed(filters.address("zh"))) == filters
    assert parsed(filters.address("en")) == {**vars(filters), "lang": "en"}
    assert Filters().address("zh") == "?"


def test_parameters_that_are_no_filters_are_ignored() -> None:
    filters = Filters.of({"lang": "en", "change": "up", "where": "1=1", "__class__": "x"})

    assert filters == Filters(change="up")


def test_a_long_value_is_cut() -> None:
    filters = Filters.of({field.name: "长" * 10_000 for field in fields(Filters)})

    assert {len(value) for value in vars(filters).values()} == {100}
