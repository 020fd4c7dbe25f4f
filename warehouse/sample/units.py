"""Planting of mistakes into reports: another unit, a cell, a head count; and mergers, which are no mistakes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.sample.drawn import drawn

FIRMS_PER_MISTAKE = 400
"""A firm of each kind per so many firms, at least one."""

STAFF = ("staff_end", "staff_mean_quarterly", "staff_mean_monthly")
CELLS = ("payroll", "revenue", "total_assets")
WRITTEN_AS = {"元": 3, "万元": -1, "百万元": -3}
"""Wrong units of a form in 千元, and the power of ten by which its figures are off."""


@dataclass(frozen=True)
class Planted:
    """A planted mistake: firm, year, kind, column (``money`` for all), power of ten by which it is off."""

    uscc: str
    year: int
    kind: str
    column: str
    power: int


Figures = dict[str, np.ndarray]
Plant = Callable[[Figures, np.ndarray, np.random.Generator], list[tuple[int, str, int]]]


def plant_units(yearly: pl.DataFrame, money: list[str], seed: list[int]) -> tuple[pl.DataFrame, list[Planted]]:
    """The figures with mistakes, and the mistakes; each firm has a single kind."""
    rng = np.random.default_rng(seed)
    figures = {name: yearly[name].to_numpy().copy() for name in (*money, *STAFF, "rd_staff_end")}
    firms = yearly["uscc"].unique(maintain_order=True)
    each = max(1, firms.len() // FIRMS_PER_MISTAKE)
    chosen = rng.permutation(firms.len())[: each * len(KINDS)].tolist()
    mistakes: list[Planted] = []
    for number, at in enumerate(chosen):
        kind = list(KINDS)[number % len(KINDS)]
        rows = np.flatnonzero(yearly["uscc"].to_numpy() == firms[at])
        if len(rows) > 1:
            off = KINDS[kind](figures, rows, rng)
            mistakes += [
                Planted(firms[at], int(yearly["year"][row]), kind, column, power) for row, column, power in off
            ]
    planted = yearly.with_columns(pl.Series(name, values) for name, values in figures.items())
    return planted, mistakes


def _times(values: np.ndarray, rows: np.ndarray, power: float) -> None:
    """Multiply rows in place; integer columns stay integers."""
    moved = values[rows] * 10.0**power
    values[rows] = np.rint(moved) if np.issubdtype(values.dtype, np.integer) else np.round(moved, 2)


def _money(figures: Figures) -> list[str]:
    return [name for name in figures if name not in (*STAFF, "rd_staff_end")]


def _all_money(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    power = int(rng.choice(list(WRITTEN_AS.values()), p=[0.6, 0.3, 0.1]))
    for name in _money(figures):
        _times(figures[name], rows, power)
    return [(int(row), "money", power) for row in rows]


def _one_year(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    return _all_money(figures, rng.choice(rows, 1), rng)


def _cell(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    row, name, power = rng.choice(rows, 1), str(rng.choice(CELLS)), int(rng.choice([2, 3]))
    _times(figures[name], row, power)
    return [(int(row[0]), name, power)]


def _note(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    """Replace a large amount by the number of a note."""
    row, name = rng.choice(rows, 1), str(rng.choice(["payroll", "total_assets"]))
    if figures[name][row[0]] < drawn("units")["noted_from"]:
        return []
    figures[name][row] = rng.integers(1, 60)
    return [(int(row[0]), name, 0)]


def _staff(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    row, power = rng.choice(rows, 1), int(rng.choice([1, 2]))
    for name in STAFF:
        _times(figures[name], row, power)
    return [(int(row[0]), "staff_end", power)]


def _merger(figures: Figures, rows: np.ndarray, rng: np.random.Generator) -> list[tuple[int, str, int]]:
    """Multiply money and staff by three to twenty from some year on."""
    start = int(rng.integers(1, len(rows)))
    power = np.log10(rng.uniform(3, 20))
    for name in figures:
        _times(figures[name], rows[start:], power)
    return [(int(row), "merger", 0) for row in rows[start:]]


KINDS: dict[str, Plant] = {
    "unit_every_year": lambda figures, rows, rng: _all_money(figures, rows, rng),
    "unit_one_year": _one_year,
    "unit_cell": _cell,
    "merger": _merger,
    "staff_wrong": _staff,
    "note_number": _note,
}
