"""Small cells are hidden where a table leaves the zone, with as many others as no subtraction finds them by."""

import random

import numpy as np
import pytest

from warehouse.release.disclosure.cells import TOTAL, Cell, coarsened, hidden_cells

pytestmark = pytest.mark.rule("disclosure")

FEWEST = 3


def derivable(counts: dict[Cell, int], hidden: set[Cell]) -> set[Cell]:
    """The hidden cells whose value follows from the others: every solution of the sums of rows and columns has it."""
    rows, columns = ({name for name, _ in counts}, {name for _, name in counts})
    cells = sorted(hidden)
    sums = [[(row, column) for column in [*columns, TOTAL]] for row in [*rows, TOTAL]]
    sums += [[(row, column) for row in [*rows, TOTAL]] for column in [*columns, TOTAL]]
    signs = np.array([[_sign(line, cell) for cell in cells] for line in sums])
    _, values, directions = np.linalg.svd(signs)
    free = directions[np.sum(values > 1e-9) :]
    return {cell for cell, column in zip(cells, free.T, strict=True) if np.abs(column).max(initial=0) < 1e-9}


def _sign(line: list[Cell], cell: Cell) -> float:
    """The factor of a cell in the equation of a line: its cells less its total, the last one, are nothing."""
    return 0.0 if cell not in line else (-1.0 if cell == line[-1] else 1.0)


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_follows_from_the_others(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randint(2, 7), chance.randint(2, 8)
    counts = {
        (f"r{row}", f"c{column}"): chance.choice([0, 0, 1, 2, 3, 5, 20, 300])
        for row in range(rows)
        for column in range(columns)
    }
    hidden = hidden_cells(counts, FEWEST)

    assert {cell for cell, count in counts.items() if 0 < count < FEWEST} <= hidden
    assert derivable(counts, hidden) == set()


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert hidden_cells({("a", "b"): 3, ("a", "c"): 0, ("d", "b"): 7, ("d", "c"): 4}, FEWEST) == set()


def test_the_fewest_firms_are_hidden_beside_a_small_cell() -> None:
    counts = {("a", "x"): 1, ("a", "y"): 50, ("a", "z"): 4, ("b", "x"): 60, ("b", "y"): 9, ("b", "z"): 5,
              ("c", "x"): 8, ("c", "y"): 70, ("c", "z"): 6}  # fmt: skip

    assert hidden_cells(counts, FEWEST) == {("a", "x"), ("a", "z"), ("c", "x"), ("c", "z")}


def test_a_total_is_hidden_where_it_alone_would_give_a_small_cell_away() -> None:
    counts = {("a", "x"): 1, ("a", "y"): 0, ("b", "x"): 0, ("b", "y"): 100}

    assert hidden_cells(counts, FEWEST) == {("a", "x"), ("a", TOTAL), (TOTAL, "x"), (TOTAL, TOTAL)}


def test_a_curve_waits_until_enough_firms_have_changed() -> None:
    rows = [{"years": year, "risen": risen} for year, risen in enumerate((0, 1, 2, 3, 4, 9), 1)]

    assert [row["years"] for row in coarsened(rows, ["risen"], FEWEST)] == [1, 4, 6]
