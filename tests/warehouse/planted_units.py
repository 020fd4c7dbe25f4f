"""Reports with planted mistakes of every kind and factor, and how the unit guard judges them."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import polars as pl
from drawn_reports import TAX_FIGURES, draw_reports

from warehouse.quality.unit_guard.judging import judge, peers_of
from warehouse.quality.unit_guard.peers import PeerGroups
from warehouse.quality.unit_guard.settings import forms, settings
from warehouse.sample.forms import MONEY
from warehouse.sample.units import STAFF

Key = TypeVar("Key", bound=Hashable)
FORM = forms()["zone__yearly"]
CELLS = [f"{name}_fen" for name in (*MONEY, *TAX_FIGURES)]
HEADS = [*STAFF, "rd_staff_end"]
WAITING = ("factor", "cell", "staff", "doubtful")
POWERS = (3, 4, 5, 6, 7, 8, -3, -4, -5, -6)
"""Of -7 and -8 the cents of a small firm say little: its amounts are rounded to nothing."""


@dataclass(frozen=True)
class Zone:
    """Firms without a mistake, the peers of their zone, and a year that all of them filed."""

    reports: pl.DataFrame
    groups: PeerGroups
    year: int


def clean_zone(level: str, drawn: int = 1200, firms: int = 150, seed: int = 11) -> Zone:
    """Firms of a level of difficulty, with four reports or more, beside peers drawn with them."""
    reports, planted = draw_reports(drawn, level, seed)
    touched = {mistake.uscc for mistake in planted}
    clean = reports.filter(~pl.col("firm").is_in(touched))
    steady = clean.group_by("firm").len().filter(pl.col("len") >= 4)["firm"].sort().to_numpy()
    chosen = np.random.default_rng(seed).permutation(steady)[:firms].tolist()
    return Zone(clean.filter(pl.col("firm").is_in(chosen)), peers_of(clean, FORM, settings()), 2022)


def times(reports: pl.DataFrame, factor: float, names: Iterable[str], from_year: int, to_year: int) -> pl.DataFrame:
    """The columns multiplied in the reports of some years; head counts stay 1 at least."""
    is_meant = pl.col("year").is_between(from_year, to_year)
    return reports.with_columns(
        pl.when(is_meant)
        .then(_multiplied(name, factor))
        .otherwise(pl.col(name).cast(pl.Float64))
        .cast(pl.Int64, strict=False)
        .alias(name)
        for name in names
        if name in reports.columns
    )


def _multiplied(name: str, factor: float) -> pl.Expr:
    value = (pl.col(name).cast(pl.Float64) * factor).round()
    return value.clip(lower_bound=1) if name in HEADS else value


def verdicts(zone: Zone, reports: pl.DataFrame) -> pl.DataFrame:
    """Firm, year, verdict, power and cell of each report."""
    return judge(reports, FORM, settings(), zone.groups).select("firm", "year", "verdict", "power", "cell")


def verdicts_together(zone: Zone, scenarios: Mapping[Key, pl.DataFrame]) -> dict[Key, pl.DataFrame]:
    """``verdicts`` of each by one judgement of all, which costs hardly more: the firms of each are others."""
    numbered = list(enumerate(scenarios.values()))
    own = [frame.with_columns(pl.concat_str("firm", pl.lit(f"#{number}"))) for number, frame in numbered]
    judged = verdicts(zone, pl.concat(own, how="diagonal_relaxed"))
    return {key: judged.filter(pl.col("firm").str.ends_with(f"#{number}")) for number, key in enumerate(scenarios)}


def years_of_factor(zone: Zone, in_every_year: bool) -> tuple[int, int]:
    """The first and the last year of the reports that are in another unit."""
    return (0, 9999) if in_every_year else (zone.year, zone.year)


def in_another_unit(zone: Zone, power: int, in_every_year: bool) -> pl.DataFrame:
    """All amounts by a power of ten."""
    return times(zone.reports, 10.0**power, CELLS, *years_of_factor(zone, in_every_year))


def recall_of_factor(zone: Zone, judged: pl.DataFrame, power: int, in_every_year: bool) -> float:
    """Share of the reports ``in_another_unit`` whose factor is proposed."""
    meant = judged.filter(pl.col("year").is_between(*years_of_factor(zone, in_every_year)))
    return meant.filter(verdict="factor", power=-power).height / meant.height


def merged(zone: Zone, money: float, staff: float) -> pl.DataFrame:
    """Money and staff multiplied from some year on."""
    return times(times(zone.reports, money, CELLS, zone.year, 9999), staff, HEADS, zone.year, 9999)


def waiting(judged: pl.DataFrame) -> int:
    """How many firms have a report that waits."""
    return judged.filter(pl.col("verdict").is_in(WAITING))["firm"].n_unique()


def in_a_year(zone: Zone, factor: float, names: Iterable[str]) -> pl.DataFrame:
    """Some columns of a year multiplied."""
    return times(zone.reports, factor, names, zone.year, zone.year)


def counts_of(zone: Zone, judged: pl.DataFrame) -> dict[str, int]:
    """Number of reports of that year by verdict."""
    return dict(judged.filter(year=zone.year)["verdict"].value_counts().sort("verdict").iter_rows())


def of_revenue_and_staff(reports: pl.DataFrame) -> pl.DataFrame:
    """The reports as a list of fast-growing firms has them: revenue and staff alone, three years apart."""
    kept = ("revenue_fen", "staff_end")
    first = pl.col("year").min().over("firm")
    apart = reports.filter((pl.col("year") == first) | (pl.col("year") == first + 3))
    return apart.with_columns(
        pl.lit(None, dtype=pl.Int64).alias(name)
        for name in (*CELLS, *HEADS)
        if name in apart.columns and name not in kept
    )
