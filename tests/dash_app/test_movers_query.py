"""Filters of the movers: every value is bound, signs of patterns are themselves, and together they let through less."""

from dataclasses import fields
from typing import Any

import pytest

from dash_app.pages.movers.state import State, address_of
from dash_app.session import parsed
from service.queries.movers.mover_filters import Filters
from service.queries.movers.mover_list import MoverList, sortable
from service.queries.movers.movers import SORTABLE
from service.queries.release.records import Slice
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("data-is-text")

HOSTILE = "x' or '1'='1"
EVERY = Slice(1000, 0)


@pytest.fixture(scope="module")
def movers(published: Published) -> MoverList:
    return MoverList(published, "firms")


@pytest.fixture(scope="module")
def firms(movers: MoverList) -> list[dict[str, Any]]:
    return movers.page(Filters(), "", EVERY)


def ids(rows: list[dict[str, Any]]) -> set[str]:
    return {row["firm_id"] for row in rows}


def given(row: dict[str, Any], field: str = "signal") -> set[str]:
    return {signal[field] for signal in row["signals"]}


@pytest.mark.parametrize("column", sorted(sortable()))
def test_every_sortable_column_sorts_both_ways_with_the_unknown_last(movers: MoverList, column: str) -> None:
    for sign in ("", "-"):
        values = [row[SORTABLE[column]] for row in movers.page(Filters(), sign + column, EVERY)]
        known = [value for value in values if value is not None]
        assert values[: len(known)] == known == sorted(known, reverse=sign == "-")


@pytest.mark.parametrize("field", [field.name for field in fields(Filters)])
@pytest.mark.parametrize("rows", ["firms", "titles"])
def test_a_value_is_bound_and_never_part_of_the_sql(published: Published, field: str, rows: Any) -> None:
    filters = Filters(**{field: HOSTILE})
    where, values = filters.where(rows)

    assert HOSTILE in values
    assert "'1'" not in where
    assert MoverList(published, rows).count(filters) == 0


def test_the_signs_of_a_pattern_are_searched_for_as_they_are(movers: MoverList) -> None:
    assert movers.count(Filters(q="%")) == movers.count(Filters(q="_")) == 0


def test_filters_together_let_through_what_each_lets_through(movers: MoverList, firms: list[dict[str, Any]]) -> None:
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
    assert ids(movers.page(filters, "", EVERY)) == expected != set()


def test_several_kinds_are_let_through_together(movers: MoverList) -> None:
    both = movers.count(Filters(change="up,down"))

    assert both == movers.count(Filters(change="up")) + movers.count(Filters(change="down")) > 0


def test_a_signal_that_is_filtered_by_is_shown_first(movers: MoverList) -> None:
    rows = movers.page(Filters(signal="slowed"), "", EVERY)

    assert {row["signals"][0]["signal"] for row in rows} == {"slowed"}


def test_a_designation_lets_through_who_holds_it_and_what_is_about_it(
    movers: MoverList, firms: list[dict[str, Any]]
) -> None:
    expected = {
        row["firm_id"]
        for row in firms
        if "hnte" in row["titles"] or row["next_designation"] == "hnte" or "hnte" in given(row, "designation")
    }
    assert ids(movers.page(Filters(designation="hnte"), "", EVERY)) == expected


def test_none_and_everybody_are_values_of_filters(movers: MoverList, firms: list[dict[str, Any]]) -> None:
    assert ids(movers.page(Filters(held="none"), "", EVERY)) == {row["firm_id"] for row in firms if not row["titles"]}
    assert movers.count(Filters(owner="all")) == len(firms) == movers.count(Filters(owner="none"))


def test_an_address_is_read_back_as_its_state() -> None:
    filters = Filters(**{field.name: f"{field.name} & 二期=?" for field in fields(Filters)})
    state = State(filters, sort="-name", page=3, rows="titles", further=("revenue", "staff"), is_printed=True)

    assert State.of(parsed(address_of(state.parameters).partition("?")[2])) == state
    assert State.of({"page": "x", "rows": "x", "columns": "x", "print": "x"}).parameters == {}
