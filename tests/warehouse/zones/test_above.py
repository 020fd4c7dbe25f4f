"""Above the zones nothing small follows from what is shown, and a firm that moved is neither gone nor new."""

from datetime import date
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from zone_marts import BEFORE, DAY, STATES, Zones

from service.queries.installation import zones as above
from warehouse.errors import BadInput, NoRelease
from warehouse.home import Home
from warehouse.zones import marts

pytestmark = pytest.mark.rule("disclosure")

FEWEST = 3


@pytest.fixture
def zones(tmp_path: Path) -> Zones:
    return Zones(tmp_path)


def test_counts_of_zones_add_up_by_class_and_over_all(zones: Zones) -> None:
    zones.add("a", held=10)
    zones.add("b", held=20)
    zones.add("c", "young", held=7)

    held = {row["peers"]: (row["zones"], row["held_count"]) for row in above.ladder(zones.home)}

    assert held == {None: (3, 37), "mature": (2, 30), "young": (1, 7)}


def test_a_small_count_of_a_class_does_not_follow_from_the_sum(zones: Zones) -> None:
    for code, held in (("a", 10), ("b", 2), ("c", 30)):
        zones.add(code, peers=f"class-{code}", held=held)

    held = {row["peers"]: row["held_count"] for row in above.ladder(zones.home)}

    assert held == {None: 42, "class-a": None, "class-b": None, "class-c": 30}


def test_hidden_counts_do_not_follow_from_their_own_small_sum(zones: Zones) -> None:
    for code, held in (("a", 10), ("b", 1), ("c", 1), ("d", 30)):
        zones.add(code, peers=f"class-{code}", held=held)

    held = {row["peers"]: row["held_count"] for row in above.ladder(zones.home)}

    assert held == {None: 42, "class-a": None, "class-b": None, "class-c": None, "class-d": 30}


def test_the_sum_goes_where_a_single_class_is_small(zones: Zones) -> None:
    zones.add("a", held=FEWEST - 1)

    assert [row["held_count"] for row in above.ladder(zones.home)] == [None, None]


def test_a_file_no_pointer_names_is_not_read(zones: Zones) -> None:
    pointer = zones.add("a", held=10)
    path = marts.path_of(zones.home, "mart_zone__ladder", pointer)
    path.with_name("run-z.parquet").write_bytes(path.read_bytes())
    path.with_name("half.parquet").write_bytes(path.read_bytes()[:100])

    assert {row["zones"] for row in above.ladder(zones.home)} == {1}


def test_zones_of_other_days_are_left_out_and_named(zones: Zones) -> None:
    zones.add("a", moved={"none→none": 50})
    zones.add("b", moved={"none→none": 30})
    zones.add("c", days=(BEFORE, date(2026, 3, 31)), moved={"none→none": 20})

    firms = {row["peers"]: row["firms"] for row in above.transitions(zones.home) if row["firms"]}

    assert firms == {None: 80, "mature": 80}
    assert [row["zone"] for row in above.not_comparable(zones.home)] == ["c"]
    assert {row["day"] for row in above.transitions(zones.home)} == {DAY}


@pytest.mark.parametrize("shares", [(True, True), (True, False), (False, False)])
def test_a_firm_that_moved_is_neither_gone_nor_new(zones: Zones, shares: tuple[bool, bool]) -> None:
    left = [f"M{n}" for n in range(4)]
    zones.add("a", shares=shares[0], firms={**dict.fromkeys(left, "gone"), **{f"A{n}": "gone" for n in range(5)}})
    zones.add("b", shares=shares[1], firms={**dict.fromkeys(left, "new"), **{f"B{n}": "new" for n in range(7)}})

    rows = {row["change"]: (row["firms"], row["moved"]) for row in above.changes(zones.home)}

    assert rows == {"new": (7, 4), "gone": (5, 4), "same": (0, 0)}
    named = [(row["firm_id"], row["from_zone"], row["to_zone"]) for row in above.moves(zones.home)]
    assert named == ([(firm, "a", "b") for firm in left] if all(shares) else [])


def test_a_firm_that_moved_keeps_one_history_over_the_zones_that_share(zones: Zones) -> None:
    granted, again = date(2020, 12, 1), date(2023, 12, 1)
    zones.add("a", shares=True, firms={"M": "gone"}, titles={"M": granted})
    zones.add("b", shares=True, firms={"M": "new"}, titles={"M": granted})
    zones.add("c", firms={"M": "same", "S": "same"}, titles={"M": again, "S": again})

    shown = ("on_day", "kind", "event", "from_zone", "zones")
    events = [tuple(row[name] for name in shown) for row in above.history(zones.home, "M")]

    assert events == [(granted, "title", "granted", None, ["a", "b"]), (DAY, "moved", "moved", "a", ["b"])]
    with pytest.raises(BadInput, match="no zone that shares its firms has S"):
        above.history(zones.home, "S")


@examples(15)
@given(cells=st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=1, max_size=3))
def test_no_small_cell_follows_from_rows_columns_or_classes(
    cells: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a row of a class another number is hidden with a small cell, and over all classes no cell of any is shown."""
    zones = Zones(tmp_path_factory.mktemp("zones"))
    pairs = [f"{start}→{end}" for start in STATES[:-1] for end in STATES]
    for number, counts in enumerate(cells):
        zones.add(f"z{number}", peers=f"class-{number}", moved=dict(zip(pairs, counts, strict=True)))

    rows = above.transitions(zones.home)

    for row in rows:
        assert row["firms"] is None or not 0 < row["firms"] < FEWEST
    by_pair: dict[tuple[str, str], dict[str | None, int | None]] = {}
    by_row: dict[tuple[str | None, str], list[int | None]] = {}
    for row in rows:
        by_pair.setdefault((row["from_state"], row["to_state"]), {})[row["peers"]] = row["firms"]
        by_row.setdefault((row["peers"], row["from_state"]), [row["from_firms"]]).append(row["firms"])
    assert all(sums.count(None) != 1 for sums in by_row.values())
    for of_pair in by_pair.values():
        total = of_pair.pop(None)
        assert (total is None) == (None in of_pair.values())
        assert total is None or total == sum(count or 0 for count in of_pair.values())


def test_unknown_views_and_installations_without_a_release_name_the_way_out(zones: Zones, tmp_path: Path) -> None:
    zones.add("a")
    with pytest.raises(BadInput, match="there is no view firms; there are zones, state, ladder"):
        above.ask(zones.home, "firms")

    empty = Home(tmp_path / "empty")
    empty.root.mkdir()
    (empty.root / "zones.yml").write_bytes((zones.home.root / "zones.yml").read_bytes())
    assert [(row["code"], row["run_id"]) for row in above.zones(empty)] == [("a", None)]
    with pytest.raises(NoRelease, match="tidu run --zones"):
        above.ladder(empty)
