"""The reports of a firm as a chain: each leans on its neighbours, so that one probability answers for both clocks.

Forward and backward sums over a hidden chain. A firm wrong in every year has steady neighbours and strange peers; a
firm wrong once has strange neighbours too; a firm unlike its peers in every year by no power of ten stays as filed.
"""

import numpy as np

from warehouse.quality.unit_guard.evidence import Counts, Evidence, Flags, Floats, Texts
from warehouse.quality.unit_guard.likelihood import by_change, by_peers, counts_for, log_sum
from warehouse.quality.unit_guard.settings import Settings


def prior(units: Texts, settings: Settings) -> Floats:
    """How often each explanation holds before anything is seen, by the unit a report states; rows add to one."""
    kinds, place = np.unique(units.astype(str), return_inverse=True)
    rows = np.array([_prior_of(unit, settings) for unit in kinds]).reshape(len(kinds), -1)
    return rows[place]


def _prior_of(unit: str, settings: Settings) -> list[float]:
    stated = settings.units.get(unit, 0)
    often = {settings.units[name] - stated: share for name, share in settings.written_in.items() if name != unit}
    wrong = [often.get(power, settings.otherwise) for power in settings.powers[1:]]
    return [1 - sum(wrong) - settings.staff_wrong, *wrong, settings.staff_wrong]


def _next(held: Floats, settings: Settings) -> Floats:
    """Log probability of an explanation after another: who erred in the unit tends to err again."""
    errs_again = np.zeros(held.shape[1])
    errs_again[1 : len(settings.powers)] = settings.keeps_unit
    after = held[:, None, :] * (1 - errs_again)[None, :, None] + np.diag(errs_again)
    return np.asarray(np.log(after))


def worth_a_look(evidence: Evidence, firm: Flags, settings: Settings) -> Flags:
    """The reports of firms of which any report is far from peers or from the report before.

    ``firm`` numbers the firms of the reports. What stays within two spreads of its peers in every block cannot be
    off by a power of ten.
    """
    limits = settings.looks_at
    with np.errstate(invalid="ignore"):
        strange = (np.abs(evidence.away) > limits.spreads * evidence.spread).any(axis=1)
        strange |= (np.abs(evidence.change) > limits.change).any(axis=1)
        strange |= np.abs(evidence.staff_change) > limits.change
    firms = np.zeros(int(firm.max()) + 1 if len(firm) else 0, dtype=bool)
    firms[firm[strange]] = True
    return firms[firm]


def probabilities(evidence: Evidence, alike: float, settings: Settings, beside: Floats | None = None) -> Floats:
    """Probability of each explanation for each report (reports x explanations).

    ``beside``: the same for the other statement of each report, where there is one; rows of not-a-number else.
    """
    held = prior(evidence.units, settings)
    seen = by_peers(evidence, alike, settings)
    if beside is not None:
        seen = seen + _lean(beside, held, settings) * counts_for(evidence.reports, settings.years_alike)[:, None]
    place = _place(evidence.follows)
    moves = by_change(evidence, settings) + _next(held, settings)
    forward = seen + np.log(held)
    backward = np.zeros_like(seen)
    last = int(place.max(initial=0))
    for step in range(1, last + 1):
        rows = np.flatnonzero(place == step)
        moved = forward[rows - 1][:, :, None] + moves[rows]
        forward[rows] = seen[rows] + log_sum(moved, 1)
    for step in range(last, 0, -1):
        rows = np.flatnonzero(place == step)
        ahead = (seen[rows] + backward[rows])[:, None, :] + moves[rows]
        backward[rows - 1] = log_sum(ahead, 2)
    both = forward + backward
    return np.exp(both - log_sum(both, 1)[:, None])


def _place(follows: Flags) -> Counts:
    """Which report of its firm each is, counted from 0."""
    rows = np.arange(len(follows))
    starts = np.where(follows, 0, rows)
    return rows - np.maximum.accumulate(starts)


def _lean(beside: Floats, held: Floats, settings: Settings) -> Floats:
    """What the other statement of the report adds; nothing where it is not known."""
    mixed = settings.same_report * beside + (1 - settings.same_report) * held
    return np.where(np.isnan(mixed), 0.0, settings.beside_counts * np.log(mixed / held))
