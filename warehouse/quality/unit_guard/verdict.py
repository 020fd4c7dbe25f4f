"""Verdicts on reports: typical, possible_factor, factor, staff, cell, doubtful, unknown."""

from math import log10

import numpy as np
import polars as pl

from warehouse.quality.unit_guard.evidence import Floats
from warehouse.quality.unit_guard.settings import Form, Settings

MISSING = np.iinfo(np.int64).min


def verdicts(reports: pl.DataFrame, chances: Floats, form: Form, settings: Settings) -> pl.DataFrame:
    """``reports`` with verdict, power, chance, the cell in doubt, and whether money and staff moved together.

    ``chances``: reports x explanations, the wrong head count last. ``reports`` has ``beside_filed``: the probability
    that the other statement of the report is as filed, null where there is none.
    """
    states = len(settings.powers)
    best = chances.argmax(axis=1)
    unit = chances[:, 1:states]
    power = np.array(settings.powers)[1:][unit.argmax(axis=1)]
    reports = reports.with_columns(
        chance=pl.Series(chances[np.arange(len(best)), best]),
        chance_typical=pl.Series(chances[:, 0]),
        chance_factor=pl.Series(unit.max(axis=1)),
        chance_staff=pl.Series(chances[:, states]),
        power=pl.Series(power.astype("int8")),
        known=pl.sum_horizontal(pl.col(f"away_{name}").is_not_null() for name in form.blocks),
        distinct=distinct_amounts(reports, form),
    )
    reports = _with_cells(reports.with_columns(amounts=_amounts(form, settings)), form, settings)
    return reports.with_columns(agreeing=_agreeing(form, settings)).with_columns(
        _verdict(form, settings).alias("verdict"),
        together=_together(settings),
        **{f"outside_{name}": _outside(name, form) for name in form.blocks},
    )


def _verdict(form: Form, settings: Settings) -> pl.Expr:
    limits = settings.decision
    is_small = pl.col("power").abs() < limits.small
    enough = pl.when(is_small).then(limits.proposes_small_from).otherwise(limits.proposes_from)
    is_ruled_out = pl.max_horizontal("chance_typical", "chance_staff") < limits.ruled_out_below
    is_open = is_ruled_out & ~is_small
    enough = pl.when(is_open).then(limits.proposes_ruled_out_from).otherwise(enough)
    agrees = pl.col("agreeing") >= pl.when(is_open).then(limits.agreeing_ruled_out).otherwise(limits.agreeing_cells)
    sure = pl.col("chance_factor") >= enough
    impossible = pl.any_horizontal(_outside(name, form) for name in form.blocks)
    thin = pl.col("amounts") < limits.fewest_amounts
    doubtful = (pl.col("chance_typical") < limits.typical_from) | (
        impossible & (pl.col("chance_typical") < limits.surely_typical_from)
    )
    is_staff = pl.col("chance_staff") >= limits.staff_from
    return (
        pl.when(pl.col("known") == 0)
        .then(pl.lit("unknown"))
        .when(sure & ~thin & agrees)
        .then(pl.lit("factor"))
        .when((~sure | thin) & pl.col("cell").is_not_null())
        .then(pl.lit("cell"))
        .when(thin & (sure | is_staff | doubtful))
        .then(pl.lit("possible_factor"))
        .when(is_staff)
        .then(pl.lit("staff"))
        .when(doubtful)
        .then(pl.lit("doubtful"))
        .when(pl.col("chance_factor") >= limits.possible_from)
        .then(pl.lit("possible_factor"))
        .otherwise(pl.lit("typical"))
    )


def _amounts(form: Form, settings: Settings) -> pl.Expr:
    """How many different amounts are compared; one that is filed twice, as revenue and as its total, counts once.

    Quotients that do not depend on heads (figures of other feeds, shares) count each, and once more where they are
    steady over the firm's reports: a single wrong amount does not recur.
    """
    elsewhere = [name for name, block in form.blocks.items() if block.elsewhere]
    if not elsewhere:
        return pl.col("distinct")
    known = pl.sum_horizontal(pl.col(f"away_{name}").is_not_null() for name in elsewhere)
    steady = pl.any_horizontal(_is_steady(name, settings) for name in elsewhere).cast(pl.UInt32)
    return pl.max_horizontal("distinct", known + steady)


def distinct_amounts(reports: pl.DataFrame, form: Form) -> pl.Series:
    """The number of different amounts in each report, of cells that are compared."""
    compared = [
        pl.when(pl.col(f"d_{cell}").is_not_null()).then(pl.col(f"{cell}_fen")).alias(cell) for cell in form.cells
    ]
    amounts = reports.select(compared).select(pl.all().cast(pl.Int64).fill_null(MISSING)).to_numpy()
    ordered = np.sort(amounts, axis=1)
    is_new = np.ones(ordered.shape, dtype=bool)
    is_new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    return pl.Series((is_new & (ordered != MISSING)).sum(axis=1), dtype=pl.UInt32)


def _is_steady(name: str, settings: Settings) -> pl.Expr:
    """Whether a block has the same distance from peers in two reports or more of a steady run."""
    away = pl.col(f"away_{name}")
    is_narrow = (away.max() - away.min()).over("run") <= settings.usual_range.change
    return away.is_not_null() & (away.count().over("run") > 1) & is_narrow.fill_null(False)


def _outside(name: str, form: Form) -> pl.Expr:
    """Whether a block is outside of what is possible per head (U01-U03)."""
    low, high = form.blocks[name].possible
    level = pl.col(f"head_{name}")
    below = level < log10(low) if low else pl.lit(False)
    above = level > log10(high) if high else pl.lit(False)
    return (below | above).fill_null(False)


def _agreeing(form: Form, settings: Settings) -> pl.Expr:
    """The share of evident money that the factor brings near its peers, block by block.

    The five R&D cells share a head count, so they count as a single block. Blocks count alike, or by how close together
    the peers lie in each, whichever share is larger.
    """
    limits = settings.decision
    least, most = limits.agrees_within

    def near(cell: str) -> pl.Expr:
        away = (pl.col(f"d_{cell}") + pl.col("power")).abs()
        close = away <= (limits.agrees_spreads * pl.col(f"s_{cell}")).clip(least, most)
        return (close & (away < pl.col(f"d_{cell}").abs())).cast(pl.Float64)

    def weight(name: str) -> pl.Expr:
        return pl.when(pl.col(f"away_{name}").is_not_null()).then(1 / pl.col(f"spread_{name}"))

    def share(name: str) -> pl.Expr:
        return pl.mean_horizontal(near(cell) for cell in form.blocks[name].cells)

    blocks = [share(name) * weight(name) for name in form.blocks]
    by_spread = pl.sum_horizontal(blocks) / pl.sum_horizontal(weight(name) for name in form.blocks)
    return pl.max_horizontal(by_spread, pl.mean_horizontal(share(name) for name in form.blocks))


def _with_cells(reports: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """Adds the cell in doubt: its name, its rule, by how many powers of ten it is off.

    Against the firm's own other reports and against peers together; a filed amount like the number of a note, a
    percentage or a year, against peers and against the cells that should be like it.
    """
    rules = [(rule, cell) for rule in ("U09", "U05") for cell in form.filed]
    off = {(rule, cell): pl.col(f"off_{rule}_{cell}") for rule, cell in rules}
    jumps = reports.with_columns(_unit(settings), **{f"jump_{cell}": _jump(cell) for cell in form.filed})
    doubts = jumps.select(
        *[_note(cell, form, settings).alias(f"off_U09_{cell}") for cell in form.filed],
        *[
            pl.coalesce(_stray(cell, form, settings), _lone(cell, form, settings)).alias(f"off_U05_{cell}")
            for cell in form.filed
        ],
    ).select(
        cell=pl.coalesce(pl.when(off[key].is_not_null()).then(pl.lit(key[1])) for key in rules),
        cell_rule=pl.coalesce(pl.when(off[key].is_not_null()).then(pl.lit(key[0])) for key in rules),
        cell_off=pl.coalesce(off[key] for key in rules),
    )
    return reports.with_columns(doubts)


def _stray(cell: str, form: Form, settings: Settings) -> pl.Expr:
    """How far a cell is off that moved away from the others of its report, and back in the next report, if any."""
    limits = settings.cell
    own = pl.col(f"d_{cell}")
    far = (own.abs() > limits.spreads * pl.col(f"s_{cell}")) & ((own - pl.col("level")).abs() > limits.jump)
    return pl.when(far & _is_apart(cell, form, settings) & (pl.col(f"jump_{cell}") > limits.jump)).then(own)


def _lone(cell: str, form: Form, settings: Settings) -> pl.Expr:
    """How far a cell is off in a report without others of its firm, whose other cells or other statement are clean."""
    limit = settings.cell.without_history
    own = pl.col(f"d_{cell}")
    others = [name for name in form.filed if name != cell]
    clean = [pl.col(f"d_{name}").abs() < settings.cell.clean_within for name in others]
    is_clean = pl.all_horizontal(flag.fill_null(True) for flag in clean)
    has_others = pl.any_horizontal(flag.fill_null(False) for flag in clean)
    is_beside_clean = (pl.col("beside_filed") >= settings.decision.clean_from).fill_null(False)
    is_far = (own.abs() > limit) & (own.abs() > settings.cell.spreads * pl.col(f"s_{cell}"))
    return pl.when(is_far & is_clean & (has_others | is_beside_clean) & pl.col(f"jump_{cell}").is_null()).then(own)


def _is_apart(cell: str, form: Form, settings: Settings) -> pl.Expr:
    """Whether a cell differs from the other cells of its block."""
    name, block = next((name, block) for name, block in form.blocks.items() if cell in block.cells)
    if len(block.cells) == 1:
        return pl.lit(True)
    return ((pl.col(f"d_{cell}") - pl.col(f"away_{name}")).abs() > settings.cell.alone).fill_null(True)


def _jump(cell: str) -> pl.Expr:
    """By how much a cell moved away from peers while the others stayed; the lesser of coming and going."""
    shared = pl.col("shared_change")
    back = pl.col(f"c_{cell}") - shared
    on = pl.when(pl.col("follows").shift(-1).fill_null(False)).then((shared - pl.col(f"c_{cell}")).shift(-1))
    side = pl.col(f"d_{cell}").sign()
    return pl.min_horizontal(back * side, on * side)


def _note(cell: str, form: Form, settings: Settings) -> pl.Expr:
    """How far a cell is off whose filed amount is up to 300, or a year."""
    limits = settings.cell
    own = pl.col(f"d_{cell}")
    stayed = pl.col(f"jump_{cell}").abs() < limits.jump
    is_apart = _is_apart(cell, form, settings) & ~stayed.fill_null(False)
    return pl.when((own < -limits.too_small) & is_apart & _reads_like_a_note(cell, settings)).then(own)


def _unit(settings: Settings) -> pl.Expr:
    """Yuan of the unit that a report states."""
    power = pl.col("unit").replace_strict(settings.units, default=0, return_dtype=pl.Int64)
    return pl.lit(10.0).pow(power).alias("yuan_of_unit")


def _reads_like_a_note(cell: str, settings: Settings) -> pl.Expr:
    filed = pl.col(f"{cell}_fen").cast(pl.Float64) / 100 / pl.col("yuan_of_unit")
    first, last = settings.cell.years
    is_year = (filed == filed.round()) & filed.is_between(first, last)
    return (filed > 0) & ((filed <= settings.cell.note_number) | is_year)


def _together(settings: Settings) -> pl.Expr:
    """Money and staff moved by about the same."""
    money = pl.col("money_change")
    staff, limits = pl.col("staff_change"), settings.together
    far = (money.abs() > limits.change) & (staff.abs() > limits.change)
    return (far & ((money - staff).abs() <= limits.apart)).fill_null(False)
