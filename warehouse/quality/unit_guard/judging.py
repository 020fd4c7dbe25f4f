"""From reports to verdicts: peers, blocks, chain. Pure functions of frames, without files, database or clock."""

from dataclasses import replace

import numpy as np
import polars as pl

from warehouse.quality.unit_guard.chain import needs_judging, probabilities
from warehouse.quality.unit_guard.evidence import Evidence, Floats, evidence, usual_change, with_changes
from warehouse.quality.unit_guard.likelihood import likeness
from warehouse.quality.unit_guard.peers import PeerGroups, deviations, estimate, per_head
from warehouse.quality.unit_guard.settings import Form, Settings
from warehouse.quality.unit_guard.verdict import verdicts


def peers_of(reports: pl.DataFrame, form: Form, settings: Settings) -> PeerGroups:
    """The peer groups of reports: of all, or of a sample of firms."""
    heads = per_head(reports, form, settings)
    groups = estimate(heads, form, settings)
    placed = with_changes(deviations(heads, groups, form), form, settings)
    moves = usual_change(placed, form, settings)
    measures = evidence(placed, form, settings, moves)
    return replace(groups, alike=likeness(measures, settings.likeness), change_spread=moves)


def judge(
    reports: pl.DataFrame,
    form: Form,
    settings: Settings,
    groups: PeerGroups | None = None,
    beside: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One verdict per report.

    ``reports``: firm, year, seq, row_no, industry, unit, the head counts and money in fen of the form; firms complete.
    ``beside``: firm, year and ``p_<n>``, the chances of the other statement of the same report.
    """
    groups = groups or peers_of(reports, form, settings)
    placed = with_changes(deviations(per_head(reports, form, settings), groups, form), form, settings)
    measures = evidence(placed, form, settings, groups.change_spread)
    aligned = _aligned(placed, beside, settings)
    chances = _chances(placed, measures, settings, groups.alike, aligned)
    judged = verdicts(placed.with_columns(beside_filed=_filed(aligned, placed.height)), chances, form, settings)
    return judged.with_columns(**{f"p_{power}": pl.Series(chances[:, power]) for power in range(chances.shape[1])})


def _chances(
    placed: pl.DataFrame, measures: Evidence, settings: Settings, alike: float, beside: Floats | None
) -> Floats:
    """Probabilities of the explanations where evidence is unusual; 1 for the unit as filed elsewhere."""
    firm = placed["firm"].rle_id().to_numpy()
    unusual = needs_judging(measures, firm, settings)
    chances = np.zeros((len(unusual), len(settings.powers) + 1))
    chances[:, 0] = 1.0
    if unusual.any():
        part = beside[unusual] if beside is not None else None
        chances[unusual] = probabilities(measures.only(unusual), alike, settings, part)
    return chances


def _filed(aligned: Floats | None, reports: int) -> pl.Series:
    """The probability that the other statement of each report is as filed."""
    values = np.full(reports, np.nan) if aligned is None else aligned[:, 0]
    return pl.Series(values, dtype=pl.Float64).fill_nan(None)


def _aligned(placed: pl.DataFrame, beside: pl.DataFrame | None, settings: Settings) -> Floats | None:
    if beside is None:
        return None
    names = [f"p_{power}" for power in range(len(settings.powers) + 1)]
    newest = (
        beside.filter(pl.col("known") > 0)
        .unique(["firm", "year"], keep="last", maintain_order=True)
        .select("firm", "year", *names)
    )
    joined = placed.select("firm", "year").join(newest, on=["firm", "year"], how="left", maintain_order="left")
    return joined.select(pl.col(names).fill_null(float("nan"))).to_numpy()
