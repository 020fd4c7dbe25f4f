"""Evidence on each report: blocks against peers, blocks against the report before.

Reports are sorted by firm, year and delivery; a report that was filed again follows the one it replaces.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, log10

import numpy as np
import polars as pl

from warehouse.quality.unit_guard.settings import Form, Settings

MAD_TO_SPREAD = 1.4826
ORDER = ["firm", "year", "seq", "row_no"]
Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Counts = np.ndarray[tuple[int, ...], np.dtype[np.signedinteger]]
Texts = np.ndarray[tuple[int, ...], np.dtype[np.object_]]
Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Evidence:
    """One row per report, in powers of ten; not-a-number where nothing is known.

    ``away`` and ``spread`` (reports x blocks): from peers, and the spread of the peers. ``by_staff``: which
    blocks are divided by all staff; ``elsewhere``: which by a figure of another feed. ``tails``: degrees of freedom of
    the blocks below and above their peers. ``change`` (reports x blocks per head), ``staff_change``, ``money_change``:
    since the firm's report before. ``follows``: whether there is one. ``reports``: how many of its steady run have
    evidence. ``units``: the unit each states. ``change_spread`` (blocks per head): how far firms usually move in a
    year; ``years``: since the report before. ``heads`` (reports x blocks): log10 of yuan per head; ``limits``
    (blocks x 2): of the possible.
    """

    away: Floats
    spread: Floats
    by_staff: Flags
    elsewhere: Flags
    tails: tuple[Floats, Floats]
    change: Floats
    staff_change: Floats
    money_change: Floats
    follows: Flags
    reports: Floats
    units: Texts
    change_spread: Floats
    years: Floats
    heads: Floats
    limits: Floats

    def only(self, rows: Flags | slice) -> "Evidence":
        """The evidence of some reports; all reports of a firm or none, or ``follows`` is no longer valid."""
        return Evidence(
            self.away[rows],
            self.spread[rows],
            self.by_staff,
            self.elsewhere,
            self.tails,
            self.change[rows],
            self.staff_change[rows],
            self.money_change[rows],
            self.follows[rows],
            self.reports[rows],
            self.units[rows],
            self.change_spread,
            self.years[rows],
            self.heads[rows],
            self.limits,
        )


def with_changes(reports: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """Sorted by firm and time, with ``c_<cell>`` since the report before, and ``b_<block>`` as their middle."""
    reports = reports.sort(ORDER, maintain_order=True)
    follows = pl.col("firm") == pl.col("firm").shift(1)
    reports = reports.with_columns(
        follows=follows.fill_null(False),
        years_since=pl.when(follows).then(pl.col("year") - pl.col("year").shift(1)),
        staff_change=pl.when(follows).then(pl.col("log_staff") - pl.col("log_staff").shift(1)),
        **{
            f"c_{cell}": pl.when(follows).then(pl.col(f"m_{cell}") - pl.col(f"m_{cell}").shift(1))
            for cell in form.cells
        },
    )
    return reports.with_columns(_middles(reports, form)).with_columns(run=_run(settings))


def _run(settings: Settings) -> pl.Expr:
    """Numbers the steady runs: successive reports of a firm at about the same distance from peers."""
    jumps = (pl.col("level") - pl.col("level").shift(1)).abs() > settings.usual_range.change
    return (~pl.col("follows") | jumps.fill_null(False)).cum_sum()


def _middles(reports: pl.DataFrame, form: Form) -> list[pl.Series]:
    """The median of the cells of each block, and of the cells and blocks of each report."""
    prefixes = {"away": "d", "spread": "s", "b": "c", "head": "h"}
    blocks = [
        middle(reports, [f"{short}_{cell}" for cell in block.cells]).alias(f"{long}_{name}")
        for name, block in form.blocks.items()
        for long, short in prefixes.items()
        if not (block.elsewhere and long == "b")
    ]
    by_block = pl.DataFrame(blocks)
    return [
        *blocks,
        middle(reports, [f"c_{cell}" for cell in form.filed]).alias("shared_change"),
        middle(by_block, [f"away_{name}" for name in form.per_head]).alias("level"),
        middle(by_block, [f"b_{name}" for name in form.per_head]).alias("money_change"),
    ]


def middle(reports: pl.DataFrame, names: list[str]) -> pl.Series:
    """The median of the known values of several columns in each row; null where none is known."""
    if len(names) == 1:
        return reports[names[0]].cast(pl.Float64)
    columns = reports.select(pl.col(names).cast(pl.Float64))
    known = columns.select(pl.sum_horizontal(pl.all().is_not_null())).to_series().to_numpy().astype(int)
    values = _sorted([column.to_numpy() for column in columns.select(pl.all().fill_null(inf))])
    rows = np.arange(len(known))
    upper, lower = values[known // 2, rows], values[np.maximum(known - 1, 0) // 2, rows]
    return pl.Series(np.where(known > 0, (upper + lower) / 2, np.nan)).fill_nan(None)


def _sorted(columns: list[Floats]) -> Floats:
    """The values of each row in their order (columns x rows): few columns, compared whole, a tenth of ``np.sort``."""
    for last in range(len(columns) - 1, 0, -1):
        for at in range(last):
            left, right = columns[at], columns[at + 1]
            columns[at], columns[at + 1] = np.minimum(left, right), np.maximum(left, right)
    return np.stack(columns)


def evidence(reports: pl.DataFrame, form: Form, settings: Settings, change_spread: tuple[float, ...]) -> Evidence:
    """The arrays that the likelihoods work on."""

    def matrix(prefix: str, blocks: Iterable[str]) -> Floats:
        columns = [pl.col(f"{prefix}_{name}") for name in blocks]
        return reports.select(column.cast(pl.Float64).fill_null(float("nan")) for column in columns).to_numpy()

    known = [pl.col(f"away_{name}").is_not_null() for name in form.blocks]
    tails = np.array(form.tails(settings.tail))
    elsewhere = np.array([block.elsewhere for block in form.blocks.values()])
    return Evidence(
        away=matrix("away", form.blocks),
        spread=matrix("spread", form.blocks),
        by_staff=np.array([block.heads is None for block in form.blocks.values()]),
        elsewhere=elsewhere,
        tails=(tails[:, 0], tails[:, 1]),
        change=matrix("b", form.per_head),
        staff_change=_array(reports, pl.col("staff_change")),
        money_change=_array(reports, pl.col("money_change")),
        follows=reports["follows"].to_numpy(),
        reports=_array(reports, pl.any_horizontal(known).sum().over("run")),
        units=reports["unit"].fill_null("").to_numpy(),
        change_spread=np.array(change_spread)[~elsewhere],
        years=_array(reports, pl.col("years_since").fill_null(1).clip(lower_bound=1)),
        heads=matrix("head", form.blocks),
        limits=_limits(form),
    )


def _limits(form: Form) -> Floats:
    """log10 of the least and the most yuan per head that are possible, by block; infinite where there is no limit."""
    bounds = [block.possible for block in form.blocks.values()]
    return np.array([[log10(low) if low else -inf, log10(high) if high else inf] for low, high in bounds])


def usual_change(reports: pl.DataFrame, form: Form, settings: Settings) -> tuple[float, ...]:
    """Spread of changes by block: MAD, so that jumps do not count; at least the assumed, also where moves are few."""
    moves = [_moves(reports, name, form) for name in form.blocks]
    enough = settings.peers.counts_as
    spreads = [
        MAD_TO_SPREAD * float(np.median(np.abs(move - np.median(move)))) if len(move) >= enough else 0.0
        for move in moves
    ]
    return tuple(max(spread, settings.change.spread) for spread in spreads)


def _moves(reports: pl.DataFrame, name: str, form: Form) -> Floats:
    return reports[f"b_{name}"].drop_nulls().to_numpy() if name in form.per_head else np.empty(0)


def _array(reports: pl.DataFrame, column: pl.Expr) -> Floats:
    return reports.select(column.cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
