"""What is known of each report before it is judged: blocks against peers, blocks against the report before.

Reports of one firm lie together, by year and by delivery; a report that was filed again is the next in the row.
"""

from dataclasses import dataclass

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
    """One row a report, in powers of ten; not-a-number where nothing is known.

    ``away`` and ``spread`` (reports x blocks): from peers, and how far peers themselves lie apart. ``by_staff``: which
    blocks are divided by all staff; ``elsewhere``: which by what another feed tells. ``tails``: degrees of freedom of
    the blocks below and above their peers. ``change`` (reports x blocks), ``staff_change``, ``money_change``: since
    the firm's report before. ``follows``: whether there is one. ``reports``: how many of its steady run say anything.
    ``units``: the unit each says it is in. ``change_spread`` (blocks): how far firms usually move in a year.
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

    def only(self, rows: Flags) -> "Evidence":
        """The evidence of some reports; whole firms, so that what follows still follows."""
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
        )


def with_changes(found: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """Sorted by firm and time, with ``c_<cell>`` since the report before, and ``b_<block>`` as their middle."""
    found = found.sort(ORDER, maintain_order=True)
    follows = pl.col("firm") == pl.col("firm").shift(1)
    found = found.with_columns(
        follows=follows.fill_null(False),
        staff_change=pl.when(follows).then(pl.col("log_staff") - pl.col("log_staff").shift(1)),
        **{f"c_{c}": pl.when(follows).then(pl.col(f"m_{c}") - pl.col(f"m_{c}").shift(1)) for c in form.cells},
    )
    return found.with_columns(_middles(found, form)).with_columns(run=_run(settings))


def _run(settings: Settings) -> pl.Expr:
    """Numbers the steady runs: reports of one firm that lie alike to its peers."""
    jumps = (pl.col("level") - pl.col("level").shift(1)).abs() > settings.looks_at.change
    return (~pl.col("follows") | jumps.fill_null(False)).cum_sum()


def _middles(found: pl.DataFrame, form: Form) -> list[pl.Series]:
    """Of each block the middle of its cells, of each report the middle of its cells and blocks."""
    prefixes = {"away": "d", "spread": "s", "b": "c", "head": "h"}
    blocks = [
        middle(found, [f"{short}_{c}" for c in block.cells]).alias(f"{long}_{name}")
        for name, block in form.blocks.items()
        for long, short in prefixes.items()
        if not (block.elsewhere and long == "b")
    ]
    by_block = pl.DataFrame(blocks)
    return [
        *blocks,
        middle(found, [f"c_{c}" for c in form.filed]).alias("shared_change"),
        middle(by_block, [f"away_{name}" for name in form.per_head]).alias("level"),
        middle(by_block, [f"b_{name}" for name in form.per_head]).alias("money_change"),
    ]


def middle(found: pl.DataFrame, names: list[str]) -> pl.Series:
    """The median of several columns in each row, of what is known there; null where nothing is."""
    if len(names) == 1:
        return found[names[0]].cast(pl.Float64)
    values = np.sort(found.select(pl.col(names).cast(pl.Float64).fill_null(float("nan"))).to_numpy(), axis=1)
    known = (~np.isnan(values)).sum(axis=1)
    rows = np.arange(len(values))
    upper, lower = values[rows, known // 2], values[rows, np.maximum(known - 1, 0) // 2]
    return pl.Series(np.where(known > 0, (upper + lower) / 2, np.nan)).fill_nan(None)


def evidence(found: pl.DataFrame, form: Form, settings: Settings, change_spread: tuple[float, ...]) -> Evidence:
    """The arrays that the likelihoods work on."""

    def matrix(prefix: str) -> Floats:
        names = [f"{prefix}_{name}" for name in form.blocks]
        known = [pl.col(name) if name in found.columns else pl.lit(None).alias(name) for name in names]
        return found.select(one.cast(pl.Float64).fill_null(float("nan")) for one in known).to_numpy()

    known = [pl.col(f"away_{name}").is_not_null() for name in form.blocks]
    tails = np.array(form.tails(settings.tail))
    return Evidence(
        away=matrix("away"),
        spread=matrix("spread"),
        by_staff=np.array([block.heads is None for block in form.blocks.values()]),
        elsewhere=np.array([block.elsewhere for block in form.blocks.values()]),
        tails=(tails[:, 0], tails[:, 1]),
        change=matrix("b"),
        staff_change=_array(found, pl.col("staff_change")),
        money_change=_array(found, pl.col("money_change")),
        follows=found["follows"].to_numpy(),
        reports=_array(found, pl.any_horizontal(known).sum().over("run")),
        units=found["unit"].fill_null("").to_numpy(),
        change_spread=np.array(change_spread),
    )


def usual_change(found: pl.DataFrame, form: Form, settings: Settings) -> tuple[float, ...]:
    """By median and MAD, so that jumps do not count; what is assumed where firms are too few to say."""
    moves = [_moves(found, name, form) for name in form.blocks]
    enough = settings.peers.counts_as
    spreads = [
        MAD_TO_SPREAD * float(np.median(np.abs(move - np.median(move)))) if len(move) >= enough else 0.0
        for move in moves
    ]
    return tuple(max(spread, settings.change.spread) for spread in spreads)


def _moves(found: pl.DataFrame, name: str, form: Form) -> Floats:
    return found[f"b_{name}"].drop_nulls().to_numpy() if name in form.per_head else np.empty(0)


def _array(found: pl.DataFrame, column: pl.Expr) -> Floats:
    return found.select(column.cast(pl.Float64).fill_null(float("nan"))).to_series().to_numpy()
