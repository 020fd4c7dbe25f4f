"""Likelihood of each explanation: the unit as filed, money off by a power of ten, or a wrong head count.

Blocks of one firm are alike (a trader sells much *and* owns much per head), so their logarithms are added with a
weight that the data themselves give: n blocks count as n / (1 + (n - 1) x their mean correlation). So do the years of
a firm: a developer of land is unlike its peers in every year, and three such years prove no more than one.
The explanations are the powers of ``settings.powers`` in their order, then the wrong head count.
"""

from math import lgamma, log, pi

import numpy as np

from warehouse.quality.unit_guard.evidence import Counts, Evidence, Flags, Floats
from warehouse.quality.unit_guard.settings import Likeness, Settings


def log_sum(values: Floats, axis: int) -> Floats:
    """The logarithm of a sum of values given as logarithms."""
    most = np.asarray(values.max(axis=axis, keepdims=True))
    total: Floats = np.log(np.exp(values - most).sum(axis=axis)) + most.squeeze(axis)
    return total


def density(
    away: Floats, spread: Floats | float, settings: Settings, tails: tuple[Floats, Floats] | None = None
) -> Floats:
    """Log density of Student's t, at least that of a block with a mistake of its own; 0 where nothing is known.

    Such mistakes are rarer by a factor of e for each power of ten. ``tails``: degrees of freedom of
    each block below and above the middle; two halves of one height, which together hold all.
    """
    below, above = tails or (np.array(settings.tail), np.array(settings.tail))
    constant = log(2) - np.logaddexp(-_height(below), -_height(above))
    tail = below if tails is None else np.where(away < 0, below, above)
    student = constant - np.log(spread) - (tail + 1) / 2 * np.log1p((away / spread) ** 2 / tail)
    return np.where(np.isnan(away), 0.0, np.maximum(student, log(settings.stray) - np.abs(away)))


def _height(tail: Floats) -> Floats:
    """Log density of Student's t in its middle."""
    kinds, place = np.unique(tail, return_inverse=True)
    heights = np.array([lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - log(pi * degrees) / 2 for degrees in kinds])
    return np.asarray(heights[place].reshape(tail.shape))


def likeness(evidence: Evidence, limits: Likeness) -> float:
    """Mean correlation of the blocks per head over all reports, outliers cut; 0 where there are too few blocks."""
    heads = ~evidence.elsewhere
    if heads.sum() < limits.fewest_blocks:
        return 0.0
    cut = limits.cut_at_spreads
    z = np.clip(evidence.away[:, heads] / evidence.spread[:, heads], -cut, cut)
    full = z[~np.isnan(z).any(axis=1)]
    if len(full) < limits.fewest_reports:
        return limits.unknown
    with np.errstate(invalid="ignore"):  # a block in which all firms are alike has no correlation
        matrix = np.asarray(np.corrcoef(full, rowvar=False))
    pairs = matrix[np.triu_indices_from(matrix, 1)]
    return float(np.clip(np.nan_to_num(pairs, nan=limits.unknown).mean(), 0.0, limits.at_most))


def counts_for(known: Floats, alike: float) -> Floats:
    """Weight of each of ``known`` values with mean correlation ``alike``."""
    return 1.0 / (1.0 + np.maximum(known - 1.0, 0.0) * alike)


def by_peers(evidence: Evidence, alike: float, settings: Settings) -> Floats:
    """Log likelihood of each report's blocks (reports x explanations)."""
    weight = _weights(evidence, alike, settings)
    powers = np.array(settings.powers, dtype=float)[:, None]
    errors = np.outer(list(settings.staff_errors), evidence.by_staff)
    often = np.log(list(settings.staff_errors.values()))
    wrong = log_sum(_shifted(evidence, errors, weight, settings) + often, 1)
    return np.column_stack([_shifted(evidence, powers, weight, settings), wrong])


def _weights(evidence: Evidence, alike: float, settings: Settings) -> Floats:
    """Weight of each block of each report; blocks compared with other feeds are weighted apart from those per head."""
    known = ~np.isnan(evidence.away)
    heads = counts_for((known & ~evidence.elsewhere).sum(axis=1).astype(float), alike)
    declared = counts_for((known & evidence.elsewhere).sum(axis=1).astype(float), settings.elsewhere_alike)
    years = counts_for(evidence.reports, settings.years_alike)
    return np.where(evidence.elsewhere, declared[:, None], heads[:, None]) * years[:, None]


def _shifted(evidence: Evidence, shifts: Floats, weight: Floats, settings: Settings) -> Floats:
    """Log likelihood (reports x shifts) if the blocks were moved by each of ``shifts`` (shifts x blocks, or x 1)."""
    moved = evidence.away[:, None, :] + shifts
    total: Floats = (weight[:, None, :] * density(moved, evidence.spread[:, None, :], settings, evidence.tails)).sum(-1)
    return total


def by_limits(evidence: Evidence, settings: Settings) -> Floats:
    """Log likelihood of money per head that is impossible in every block (reports x explanations); 0 elsewhere."""
    moved = evidence.heads[:, :, None] + np.array([*settings.powers, 0.0])
    limits = evidence.limits
    is_known = ~np.isnan(evidence.heads) & np.isfinite(limits).any(axis=1)
    with np.errstate(invalid="ignore"):
        is_outside = (moved < limits[None, :, :1]) | (moved > limits[None, :, 1:])
    every = np.all(is_outside | ~is_known[:, :, None], axis=1)
    is_impossible: Flags = np.logical_and(every, np.any(is_known, axis=1, keepdims=True))
    is_impossible[:, -1] = False  # a wrong head count explains it
    return np.where(is_impossible, log(settings.impossible), 0.0)


def by_change(evidence: Evidence, settings: Settings) -> Floats:
    """Log likelihood of the change since the report before (reports x explanation before x explanation now)."""
    powers = np.array([*settings.powers, 0])
    steps = powers[None, :] - powers[:, None]
    kinds, place = np.unique(steps, return_inverse=True)
    either_is_wrong = np.zeros(steps.shape, dtype=bool)
    either_is_wrong[-1, :-1] = either_is_wrong[:-1, -1] = True
    beside_wrong, place_beside = np.unique(steps[either_is_wrong], return_inverse=True)
    index = place.reshape(steps.shape)
    index[either_is_wrong] = len(kinds) + place_beside
    likelihoods = [_moved(evidence, kinds, settings), _moved_beside_wrong_staff(evidence, beside_wrong, settings)]
    return np.take(np.concatenate(likelihoods, axis=1), index, axis=1)


def _moved(evidence: Evidence, steps: Counts, settings: Settings) -> Floats:
    """Log likelihood of money and staff that are steady, grow together, merge, or of staff that jumps alone.

    For each report and step, by which money was moved.
    """
    limits, years = settings.change, np.sqrt(evidence.years)[:, None]
    moved, staff = _by_step(evidence, steps), evidence.staff_change[:, None]
    per_head = np.where(np.isnan(staff)[:, :, None], moved, moved - staff[:, :, None])
    usual = (evidence.change_spread * years)[:, None, :]
    alone = _blocks(moved, usual, limits.alike, settings)
    along = _blocks(per_head, usual, limits.alike, settings)
    merged = _blocks(per_head, limits.merges_spread, limits.merges_alike, settings)
    cases: list[tuple[float, Floats, Floats | float]] = [
        (1 - limits.grows - limits.merges - limits.staff_stray, alone, limits.staff_spread * years),
        (limits.grows, along, limits.grows_spread * years),
        (limits.merges, merged, limits.merges_spread),
        (limits.staff_stray, alone, limits.staff_spread_wrong),
    ]
    return log_sum(
        np.stack([log(share) + money + density(staff, spread, settings) for share, money, spread in cases], axis=1), 1
    )


def _moved_beside_wrong_staff(evidence: Evidence, steps: Counts, settings: Settings) -> Floats:
    """Log likelihood of money that is steady beside an arbitrary change of a wrong head count, by report and step."""
    spread = (evidence.change_spread * np.sqrt(evidence.years)[:, None])[:, None, :]
    money = _blocks(_by_step(evidence, steps), spread, settings.change.alike, settings)
    return money + density(evidence.staff_change, settings.change.staff_spread_wrong, settings)[:, None]


def _by_step(evidence: Evidence, steps: Counts) -> Floats:
    """The change of each block if money was moved by each step (reports x steps x blocks)."""
    return np.asarray(evidence.change[:, None, :] + steps.astype(float)[None, :, None])


def _blocks(moved: Floats, spread: Floats | float, alike: float, settings: Settings) -> Floats:
    known = (~np.isnan(moved[:, :1])).sum(axis=-1).astype(float)
    total: Floats = density(moved, spread, settings).sum(axis=-1) * counts_for(known, alike)
    return total
