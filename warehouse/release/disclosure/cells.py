"""Small cells of counts of firms: what is hidden where a table leaves the zone, so that no small number follows.

``hidden_cells`` is for a table with totals of rows and columns (hypercube method, Repsilber 1994, as in τ-ARGUS);
``coarsened`` for counts that accumulate over time.
"""

from collections.abc import Iterator, Mapping, Sequence

from warehouse.rows import Row

TOTAL = ""
"""The row of the totals of columns, and the column of the totals of rows."""

Cell = tuple[str, str]


def hidden_cells(counts: Mapping[Cell, int], fewest: int) -> set[Cell]:
    """The cells to hide, totals among them under the name ``TOTAL``.

    A cell of 1 to ``fewest`` - 1 firms is hidden, and with it the three other corners of a rectangle, so that neither
    its row nor its column gives it away: of all rectangles whose corners are small cells or have ``fewest`` firms or
    more the one that hides the fewest firms. With the totals there always is one.
    """
    table = _with_totals(counts)
    small = {cell for cell, count in table.items() if 0 < count < fewest}
    hidden = set(small)
    for cell in sorted(small):
        corners = [
            corner for corner in _corners(table, cell) if all(table[at] >= fewest or at in small for at in corner)
        ]
        hidden |= min(corners, key=lambda corner: (sum(table[at] for at in corner - hidden), sorted(corner)))
    return hidden


def _with_totals(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    table = dict.fromkeys(counts, 0)
    for (row, column), count in counts.items():
        for cell in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            table[cell] = table.get(cell, 0) + count
    return table


def _corners(table: Mapping[Cell, int], cell: Cell) -> Iterator[set[Cell]]:
    """The other corners of every rectangle with a corner at ``cell``."""
    rows, columns = {row for row, _ in table}, {column for _, column in table}
    for row in rows - {cell[0]}:
        for column in columns - {cell[1]}:
            corners = {(cell[0], column), (row, cell[1]), (row, column)}
            if corners <= table.keys():
                yield corners


def coarsened(rows: Sequence[Row], counted: Sequence[str], fewest: int) -> list[Row]:
    """The rows of one curve, in order, at which no total in ``counted`` has changed by less than ``fewest`` firms.

    The changes of a row that is left out appear with the next one that is kept.
    """
    kept: list[Row] = []
    last: Row = dict.fromkeys(counted, 0)
    for row in rows:
        changes = [abs(row[name] - last[name]) for name in counted]
        if all(change == 0 or change >= fewest for change in changes):
            kept.append(row)
            last = row
    return kept
