"""Totals agree with the list under every filter, for firms and for titles; the order is complete and varied."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.queries.mover_filters import Filters, Rows
from service.queries.mover_list import FIELDS, MoverList, days_offered, sortable
from service.queries.records import Part
from warehouse.release.releases import Published

ROWS: tuple[Rows, ...] = ("firms", "titles")
EVERY = Part(10_000, 0)


@pytest.fixture(scope="module", params=ROWS)
def movers(request: pytest.FixtureRequest, published: Published) -> MoverList:
    return MoverList(published, request.param)


@settings(max_examples=20)
@given(data=st.data())
def test_each_number_is_what_its_link_will_show(movers: MoverList, data: st.DataObject) -> None:
    choices = movers.facets(Filters())
    chosen = {
        field: data.draw(st.sampled_from(["", *(choice.value for choice in choices[field])]), field)
        for field in data.draw(st.lists(st.sampled_from(FIELDS), max_size=3, unique=True), "fields")
    }
    filters = Filters(**chosen)
    asked = data.draw(st.sampled_from(FIELDS), "facet")

    for choice in movers.facets(filters)[asked]:
        assert choice.rows == movers.count(filters.with_(**{asked: choice.value})), (choice, filters)


def test_the_list_has_as_many_rows_as_it_counts_in_a_complete_order(movers: MoverList) -> None:
    for filters in (Filters(), Filters(signal="slowed"), Filters(met="none", change="same")):
        for sort in ("", *sortable(), *(f"-{name}" for name in sortable()), "nothing", "firm_id; drop table run"):
            found = [(row["firm_id"], row.get("title")) for row in movers.page(filters, sort, EVERY)]
            assert len(found) == len(set(found)) == movers.count(filters)
    whole = movers.page(Filters(), "", EVERY)
    parts = [row for start in range(0, len(whole), 30) for row in movers.page(Filters(), "", Part(30, start))]
    assert [row["firm_id"] for row in parts] == [row["firm_id"] for row in whole]


def test_the_most_urgent_of_each_kind_come_first(movers: MoverList) -> None:
    found = movers.page(Filters(), "", EVERY)
    kinds = [row["seq"] for row in found]

    assert len({*kinds[:8]}) == min(8, len({kind for kind in kinds if kind is not None}))
    assert None not in kinds[: sum(kind is not None for kind in kinds)], "without a signal last"
    due = "valid_to" if "title" in found[0] else "due_on"
    for kind in set(kinds) - {None}:
        ends = [row[due] for row in found if row["seq"] == kind]
        known = [day for day in ends if day is not None]
        assert ends[: len(known)] == sorted(known)


def test_what_counts_nothing_is_listed_and_every_filter_has_a_facet(movers: MoverList) -> None:
    facets = movers.facets(Filters(q="no such firm"))

    assert {field.name for field in fields(Filters)} == {*FIELDS, "q"} == {*facets, "q"}
    assert all(facets.values())
    assert {choice.rows for choices in facets.values() for choice in choices} == {0}
    assert [choice.value for choice in facets["due_within"]] == [str(days) for days in days_offered()]
    everything = movers.facets(Filters())
    assert [[c.value for c in facets[field]] for field in ("change", "signal", "held")] == [
        [c.value for c in everything[field]] for field in ("change", "signal", "held")
    ]


def test_a_row_of_a_title_begins_with_the_signal_about_it(published: Published) -> None:
    for row in MoverList(published, "titles").page(Filters(signal="eligible_not_applied"), "", EVERY):
        assert (row["signals"][0]["signal"], row["signals"][0]["designation"]) == ("eligible_not_applied", row["title"])
