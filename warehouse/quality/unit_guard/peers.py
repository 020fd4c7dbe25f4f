"""Peer groups of a firm: industry and size first, then size, then the zone, then the usual values of ``forms.yml``.

A group's middle and spread are median and MAD, drawn towards its parent as if the parent were so many firms more;
a group of three firms hardly counts by itself, and a zone of twenty stays near the usual values. Firms are counted,
not reports: a firm that is wrong in every year must not become its own peer group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from typing import Any

import polars as pl

from warehouse.quality.unit_guard.evidence import MAD_TO_SPREAD, middle
from warehouse.quality.unit_guard.settings import Block, Form, Settings

GROUPS = ((), ("size",), ("industry", "size"))
KEYS: dict[str, pl.DataType | type[pl.DataType]] = {"_all": pl.Int8, "size": pl.Int8, "industry": pl.String}
OVERALL = {"_all": pl.lit(1, dtype=pl.Int8)}


@dataclass(frozen=True)
class PeerGroups:
    """For each kind of group one row per group: its keys, ``mid_<cell>`` and ``spread_<cell>``.

    ``alike``: mean correlation of the blocks; ``change_spread``: how far each block usually moves from one report of a
    firm to the next; both over all groups.
    """

    levels: list[pl.DataFrame]
    alike: float = 0.5
    change_spread: tuple[float, ...] = ()

    def content(self) -> dict[str, Any]:
        """JSON for the casebook."""
        levels = [level.to_dict(as_series=False) for level in self.levels]
        return {"levels": levels, "alike": self.alike, "change_spread": list(self.change_spread)}

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "PeerGroups":
        """The groups of a statement, to the last digit."""
        levels = [pl.DataFrame(level, schema=_types(level)) for level in content["levels"]]
        return cls(levels, content["alike"], tuple(content["change_spread"]))


def _types(level: Mapping[str, Any]) -> dict[str, pl.DataType | type[pl.DataType]]:
    return {name: KEYS.get(name, pl.Float64) for name in level}


def per_head(reports: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """``h_<cell>``: log10 of yuan per head, null where either is missing; ``log_staff`` and the size class.

    Of several head counts of a report the median is used, so that a single wrong count has no effect.
    """
    counts = reports.select(pl.when(pl.col(name) > 0).then(pl.col(name)).alias(name) for name in form.heads)
    reports = reports.with_columns(log_staff=middle(counts, form.heads).log10())
    above = [(pl.col("log_staff") > log10(edge)).cast(pl.Int8) for edge in settings.peers.sizes]
    size = pl.sum_horizontal(above, ignore_nulls=False).cast(pl.Int8)
    return reports.with_columns(
        *[_log(cell).alias(f"m_{cell}") for cell in form.cells],
        *[(_log(cell) - _divisor(block)).alias(f"h_{cell}") for block in form.blocks.values() for cell in block.cells],
        size=size,
        **OVERALL,
    )


def _log(cell: str) -> pl.Expr:
    value = pl.col(f"{cell}_fen").cast(pl.Float64) / 100
    return pl.when(value > 0).then(value.log10())


def _divisor(block: Block) -> pl.Expr:
    """log10 of what the cells of a block are divided by."""
    if not block.heads:
        return pl.col("log_staff")
    value = pl.col(block.heads).cast(pl.Float64)
    return pl.when((value > 0) & (value >= block.least)).then(value.log10())


def estimate(heads: pl.DataFrame, form: Form, settings: Settings) -> PeerGroups:
    """Middles and spreads of every group; ``heads`` is what ``per_head`` gives, a share of it where there are many."""
    levels = [_usual(heads, form, settings)]
    for keys in GROUPS[1:]:
        levels.append(_drawn(heads, list(keys), levels[-1], form, settings))
    return PeerGroups(levels)


def _usual(heads: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """The zone drawn towards the usual values; cells in which the zone is far from them keep the usual values."""
    usual = {cell: block.usual for block in form.blocks.values() for cell in block.cells}
    frame = pl.DataFrame({"_all": [1]}, schema={"_all": pl.Int8}).with_columns(
        *[pl.lit(mid).alias(f"mid_{cell}") for cell, (mid, _) in usual.items()],
        *[pl.lit(spread).alias(f"spread_{cell}") for cell, (_, spread) in usual.items()],
    )
    drawn = _drawn(heads, ["_all"], frame, form, settings)
    joined = drawn.join(frame, on="_all", suffix="_usual")
    return joined.select(
        "_all",
        *[
            pl.when((pl.col(f"mid_{cell}") - pl.col(f"mid_{cell}_usual")).abs() <= settings.peers.believes_zone_within)
            .then(f"{what}_{cell}")
            .otherwise(f"{what}_{cell}_usual")
            .alias(f"{what}_{cell}")
            for cell in usual
            for what in ("mid", "spread")
        ],
    )


def _drawn(heads: pl.DataFrame, keys: list[str], parent: pl.DataFrame, form: Form, settings: Settings) -> pl.DataFrame:
    """Medians and spreads by group, sorted by its keys, each drawn towards the group above."""
    above = [name for name in parent.columns if name in (*keys, "_all")]
    middles = heads.group_by(keys).agg(pl.col(f"h_{cell}").median().alias(f"own_{cell}") for cell in form.cells)
    away = heads.select("firm", *keys, *[f"h_{cell}" for cell in form.cells]).join(middles, on=keys, nulls_equal=True)
    spreads = away.group_by(keys).agg(
        *[(pl.col(f"h_{cell}") - pl.col(f"own_{cell}")).abs().median().alias(f"mad_{cell}") for cell in form.cells],
        n=pl.col("firm").n_unique(),
    )
    own = middles.join(spreads, on=keys, nulls_equal=True).with_columns(**OVERALL)
    joined = own.join(parent, on=above, how="left", nulls_equal=True)
    kept = dict.fromkeys([*keys, "_all"])
    return joined.select(*kept, *[column for cell in form.cells for column in _shrunk(cell, settings)]).sort(*kept)


def _shrunk(cell: str, settings: Settings) -> list[pl.Expr]:
    n, weight = pl.col("n"), settings.peers.counts_as
    mid, spread, limit = pl.col(f"mid_{cell}"), pl.col(f"spread_{cell}"), settings.peers.believes_group_within
    own = pl.col(f"own_{cell}").fill_null(mid).clip(mid - limit, mid + limit)
    mad = pl.col(f"mad_{cell}").fill_null(0) * MAD_TO_SPREAD
    return [
        ((n * own + weight * mid) / (n + weight)).alias(f"mid_{cell}"),
        ((n * mad + weight * spread) / (n + weight))
        .clip(lower_bound=settings.peers.least_spread)
        .alias(f"spread_{cell}"),
    ]


def deviations(heads: pl.DataFrame, groups: PeerGroups, form: Form) -> pl.DataFrame:
    """``d_<cell>``: powers of ten from the middle of the peers; ``s_<cell>``: the peers' spread."""
    placed = heads
    for number, (keys, level) in enumerate(zip(GROUPS, groups.levels, strict=True)):
        renamed = level.rename(
            {name: f"{name}@{number}" for name in level.columns if name.startswith(("mid_", "spread_"))}
        )
        renamed = renamed if not keys else renamed.drop("_all")
        placed = placed.join(renamed, on=list(keys) or ["_all"], how="left", nulls_equal=True, maintain_order="left")

    def best(what: str, cell: str) -> pl.Expr:
        return pl.coalesce(f"{what}_{cell}@{number}" for number in reversed(range(len(GROUPS))))

    return placed.with_columns(
        *[(pl.col(f"h_{cell}") - best("mid", cell)).alias(f"d_{cell}") for cell in form.cells],
        *[best("spread", cell).alias(f"s_{cell}") for cell in form.cells],
    ).drop([name for name in placed.columns if "@" in name])
