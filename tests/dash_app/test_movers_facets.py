"""Totals agree with the list under every filter, for firms and for titles; the order is complete and varied."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from service.queries.movers import mover_bitmaps, mover_index_loader
from service.queries.movers.mover_filters import EVERYBODY, Filters, Rows
from service.queries.movers.mover_index_loader import read_index
from service.queries.movers.mover_indexed import IndexedList
from service.queries.movers.mover_list import FIELDS, Choice, MoverList, days_offered, sortable
from service.queries.movers.mover_values import LONG, SHOWN
from service.queries.release.records import Slice
from warehouse.release.releases import Published

pytestmark = pytest.mark.rule("answers-agree")

ROWS: tuple[Rows, ...] = ("firms", "titles")
SIGNAL_SHOWN = ("signal", "signal_zh", "signal_en", "designation", "reason_zh", "reason_en")
EVERY = Slice(10_000, 0)


@pytest.fixture(scope="module", params=ROWS)
def movers(request: pytest.FixtureRequest, published: Published) -> MoverList:
    return MoverList(published, request.param)


@pytest.fixture(scope="module")
def offered(movers: MoverList) -> dict[str, list[Choice]]:
    """What each filter offers where none is set."""
    return movers.facets(Filters())


@pytest.fixture(scope="module")
def indexed(movers: MoverList, published: Published) -> Iterator[list[IndexedList]]:
    """The list by an index with all its texts, and by one that keeps no long text and has codes for bitmaps."""
    kind: Rows = "titles" if "title" in movers.page(Filters(), "", Slice(1, 0))[0] else "firms"
    with published.desk("zone") as desk, pytest.MonkeyPatch.context() as patched:
        whole = read_index(desk, kind)
        patched.setattr(mover_index_loader, "FEW", 0)
        patched.setattr(mover_index_loader, "MOST_BYTES", 0)
        patched.setattr(mover_index_loader, "REPEATED", 1_000_000)
        patched.setattr(mover_bitmaps, "MOST_BITMAPS", 2)
        sparse = read_index(desk, kind)
        assert whole is not None
        assert sparse is not None
        assert kind == "titles" or {*whole.columns.columns} - {*sparse.columns.columns} == {*LONG}
        yield [IndexedList(desk, kind, whole), IndexedList(desk, kind, sparse)]


@examples(20)
@given(data=st.data())
def test_each_number_is_what_its_link_will_show(
    movers: MoverList, offered: dict[str, list[Choice]], data: st.DataObject
) -> None:
    chosen = {
        field: data.draw(st.sampled_from(["", *(choice.value for choice in offered[field])]), field)
        for field in data.draw(st.lists(st.sampled_from(FIELDS), max_size=3, unique=True), "fields")
    }
    filters = Filters(**chosen)
    asked = data.draw(st.sampled_from(FIELDS), "facet")

    for choice in movers.facets(filters)[asked]:
        assert choice.rows == movers.count(filters.with_(**{asked: choice.value})), (choice, filters)


def drawn_filters(data: st.DataObject, choices: dict[str, list[Choice]]) -> Filters:
    """Up to three filters of values that there are, or of what only an address says."""
    special = {
        "change": ["up,down", "no such change"], "signal": ["near_miss,slowed", ","], "held": ["any"],
        "owner": [EVERYBODY, "nobody at all"], "due_within": ["30.6", " 7 ", "x", "-400"],
    }  # fmt: skip
    drawn = {
        field: data.draw(st.sampled_from([*special.get(field, ()), *(c.value for c in choices[field])]), field)
        for field in data.draw(st.lists(st.sampled_from(FIELDS), max_size=3, unique=True), "fields")
    }
    return Filters(**drawn, q=data.draw(st.sampled_from(["", "", " 科技 ", "A%", "no such firm"]), "q"))


@pytest.mark.rule("answers-agree", "the list answers the same from its index as by queries")
@examples(25)
@given(data=st.data())
def test_an_index_answers_as_the_queries_do(
    movers: MoverList, indexed: list[IndexedList], offered: dict[str, list[Choice]], data: st.DataObject
) -> None:
    filters = drawn_filters(data, offered)
    sort = data.draw(st.sampled_from(["", "no column", *sortable(), *(f"-{name}" for name in sortable())]), "sort")
    part = Slice(data.draw(st.integers(1, 60), "rows"), data.draw(st.integers(0, 90), "from"))

    count, facets, page = movers.count(filters), movers.facets(filters), movers.page(filters, sort, part)
    for answering in indexed:
        assert answering.count(filters) == count
        assert answering.facets(filters) == facets
        assert [*map(shown, answering.page(filters, sort, part))] == [*map(shown, page)]


def shown(row: dict[str, Any]) -> dict[str, Any]:
    names = [*SHOWN.split(", "), "title", "is_held", "outcome", "valid_to", "application"]
    signals = [{name: signal[name] for name in SIGNAL_SHOWN} for signal in row["signals"]]
    return {**{name: row.get(name) for name in names}, "signals": signals}


def test_an_index_has_the_rows_of_its_scope_only(published: Published, movers: MoverList) -> None:
    own = tuple(sorted({row["firm_id"] for row in movers.page(Filters(), "", Slice(40, 0))})[:9])
    kind: Rows = "titles" if "title" in movers.page(Filters(), "", Slice(1, 0))[0] else "firms"
    with published.desk("own", own) as desk:
        index = read_index(desk, kind)
        assert index is not None
        listed = IndexedList(desk, kind, index)
        assert {row["firm_id"] for row in listed.page(Filters(), "", EVERY)} == set(own)
        assert listed.facets(Filters(signal="slowed")) == MoverList(desk, kind).facets(Filters(signal="slowed"))
    with published.desk("own", ("no such firm",)) as desk:
        nothing = read_index(desk, kind)
        assert nothing is not None
        empty = IndexedList(desk, kind, nothing)
        assert (empty.page(Filters(), "", EVERY), empty.count(Filters(designation="hnte", signal="slowed"))) == ([], 0)
        assert empty.facets(Filters()) == MoverList(desk, kind).facets(Filters())


def test_the_list_has_as_many_rows_as_it_counts_in_a_complete_order(movers: MoverList) -> None:
    for filters in (Filters(), Filters(signal="slowed"), Filters(met="none", change="same")):
        for sort in ("", *sortable(), *(f"-{name}" for name in sortable()), "nothing", "firm_id; drop table run"):
            rows = [(row["firm_id"], row.get("title")) for row in movers.page(filters, sort, EVERY)]
            assert len(rows) == len(set(rows)) == movers.count(filters)
    whole = movers.page(Filters(), "", EVERY)
    parts = [row for start in range(0, len(whole), 30) for row in movers.page(Filters(), "", Slice(30, start))]
    assert [row["firm_id"] for row in parts] == [row["firm_id"] for row in whole]


def test_the_most_urgent_of_each_kind_come_first(movers: MoverList) -> None:
    rows = movers.page(Filters(), "", EVERY)
    kinds = [row["seq"] for row in rows]

    assert len({*kinds[:8]}) == min(8, len({kind for kind in kinds if kind is not None}))
    assert None not in kinds[: sum(kind is not None for kind in kinds)], "without a signal last"
    due = "valid_to" if "title" in rows[0] else "due_on"
    for kind in set(kinds) - {None}:
        ends = [row[due] for row in rows if row["seq"] == kind]
        known = [day for day in ends if day is not None]
        assert ends[: len(known)] == sorted(known)


def test_what_counts_nothing_is_listed_and_every_filter_has_a_facet(
    movers: MoverList, offered: dict[str, list[Choice]]
) -> None:
    facets = movers.facets(Filters(q="no such firm"))

    assert {field.name for field in fields(Filters)} == {*FIELDS, "q"} == {*facets, "q"}
    assert all(facets.values())
    assert {choice.rows for choices in facets.values() for choice in choices} == {0}
    assert [choice.value for choice in facets["due_within"]] == [str(days) for days in days_offered()]
    assert [[c.value for c in facets[field]] for field in ("change", "signal", "held")] == [
        [c.value for c in offered[field]] for field in ("change", "signal", "held")
    ]


def test_a_row_of_a_title_begins_with_the_signal_about_it(published: Published) -> None:
    for row in MoverList(published, "titles").page(Filters(signal="eligible_not_applied"), "", EVERY):
        assert (row["signals"][0]["signal"], row["signals"][0]["designation"]) == ("eligible_not_applied", row["title"])
