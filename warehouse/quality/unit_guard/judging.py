"""From reports to verdicts: peers, blocks, chain. Columns in, columns out; no file, no database, no clock."""

from dataclasses import replace

import numpy as np
import polars as pl

from warehouse.quality.unit_guard.chain import probabilities, worth_a_look
from warehouse.quality.unit_guard.evidence import Evidence, Floats, evidence, usual_change, with_changes
from warehouse.quality.unit_guard.likelihood import likeness
from warehouse.quality.unit_guard.peers import PeerGroups, deviations, estimate, per_head
from warehouse.quality.unit_guard.settings import Form, Settings
from warehouse.quality.unit_guard.verdict import verdicts


def peers_of(reports: pl.DataFrame, form: Form, settings: Settings) -> PeerGroups:
    """The peer groups of all reports, or of as many as suffice."""
    heads = per_head(reports, form, settings)
    groups = estimate(heads, form, settings)
    found = with_changes(deviations(heads, groups, form), form, settings)
    moves = usual_change(found, form, settings)
    seen = evidence(found, form, settings, moves)
    return replace(groups, alike=likeness(seen, settings.likeness), change_spread=moves)


def judge(
    reports: pl.DataFrame,
    form: Form,
    settings: Settings,
    groups: PeerGroups | None = None,
    beside: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """One verdict a report.

    ``reports``: firm, year, seq, row_no, industry, unit, the head counts and money in fen of the form; whole firms.
    ``beside``: firm, year and ``p_<n>``, the chances of the other statement of the same report.
    """
    groups = groups or peers_of(reports, form, settings)
    found = with_changes(deviations(per_head(reports, form, settings), groups, form), form, settings)
    seen = evidence(found, form, settings, groups.change_spread)
    chances = _chances(found, seen, settings, groups.alike, _aligned(found, beside, settings))
    judged = verdicts(found, chances, form, settings)
    return judged.with_columns(**{f"p_{n}": pl.Series(chances[:, n]) for n in range(chances.shape[1])})


def _chances(found: pl.DataFrame, seen: Evidence, settings: Settings, alike: float, beside: Floats | None) -> Floats:
    """Worked through where a look is worth it; the rest is as filed."""
    firm = found["firm"].rle_id().to_numpy()
    looked = worth_a_look(seen, firm, settings)
    chances = np.zeros((len(looked), len(settings.powers) + 1))
    chances[:, 0] = 1.0
    if looked.any():
        part = beside[looked] if beside is not None else None
        chances[looked] = probabilities(seen.only(looked), alike, settings, part)
    return chances


def _aligned(found: pl.DataFrame, beside: pl.DataFrame | None, settings: Settings) -> Floats | None:
    if beside is None:
        return None
    names = [f"p_{n}" for n in range(len(settings.powers) + 1)]
    newest = (
        beside.filter(pl.col("known") > 0)
        .unique(["firm", "year"], keep="last", maintain_order=True)
        .select("firm", "year", *names)
    )
    joined = found.select("firm", "year").join(newest, on=["firm", "year"], how="left", maintain_order="left")
    return joined.select(pl.col(names).fill_null(float("nan"))).to_numpy()
