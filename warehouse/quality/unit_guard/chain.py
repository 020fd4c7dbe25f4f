"""Forward-backward algorithm over the reports of a firm: a hidden Markov chain whose states are the explanations.

A firm wrong in every year is steady over time and far from its peers; a firm wrong once is far from its own other years
too; a firm that differs from its peers in every year by no power of ten stays as filed.
"""

from collections.abc import Iterator

import numpy as np

from warehouse.quality.unit_guard.evidence import Counts, Evidence, Flags, Floats, Texts
from warehouse.quality.unit_guard.likelihood import by_change, by_limits, by_peers, counts_for, log_sum
from warehouse.quality.unit_guard.settings import Settings

REPORTS_AT_ONCE = 1000
"""Reports whose probabilities are worked out together."""


def _priors_by_unit(units: Texts, settings: Settings) -> tuple[Floats, Counts]:
    """Prior probability of each explanation by stated unit, rows that add to 1; and the row of each report."""
    kinds, place = np.unique(units.astype(str), return_inverse=True)
    return np.array([_prior_of(unit, settings) for unit in kinds]).reshape(len(kinds), -1), place


def _prior_of(unit: str, settings: Settings) -> list[float]:
    stated = settings.units.get(unit, 0)
    often = {settings.units[name] - stated: share for name, share in settings.written_in.items() if name != unit}
    wrong = [often.get(power, _otherwise(stated + power, power, settings)) for power in settings.powers[1:]]
    return [1 - sum(wrong) - settings.staff_wrong, *wrong, settings.staff_wrong]


def _otherwise(unit: int, power: int, settings: Settings) -> float:
    """Prior probability of a factor that leads to no named unit; ``unit``: the power of ten of yuan it leads to."""
    if abs(power) < settings.decision.small:
        return settings.otherwise.small
    return settings.otherwise.above if unit > 0 else settings.otherwise.below


def _transitions(prior: Floats, settings: Settings) -> Floats:
    """Log probability of an explanation after another: a firm that erred in the unit tends to err again."""
    errs_again = np.zeros(prior.shape[1])
    errs_again[1 : len(settings.powers)] = settings.keeps_unit
    after = prior[:, None, :] * (1 - errs_again)[None, :, None] + np.diag(errs_again)
    return np.asarray(np.log(after))


def needs_judging(evidence: Evidence, firm: Flags, settings: Settings) -> Flags:
    """Whether any report of a firm is far from peers or from the report before, for each report.

    ``firm``: number of the firm of each report. A report within two spreads of its peers in every block cannot be off
    by a power of ten.
    """
    limits = settings.usual_range
    with np.errstate(invalid="ignore"):
        strange = (np.abs(evidence.away) > limits.spreads * evidence.spread).any(axis=1)
        strange |= (np.abs(evidence.change) > limits.change).any(axis=1)
        strange |= np.abs(evidence.staff_change) > limits.change
    firms = np.zeros(int(firm.max()) + 1 if len(firm) else 0, dtype=bool)
    firms[firm[strange]] = True
    return firms[firm]


def probabilities(evidence: Evidence, alike: float, settings: Settings, beside: Floats | None = None) -> Floats:
    """Probability of each explanation for each report (reports x explanations).

    ``beside``: the same for the other statement of each report; rows of not-a-number where there is none.
    """
    parts = [
        _probabilities(evidence.only(part), alike, settings, None if beside is None else beside[part])
        for part in _shares(evidence.follows)
    ]
    return np.concatenate(parts)


def _shares(follows: Flags) -> Iterator[slice]:
    """Shares of complete firms whose arrays fit into the cache of a core: a report has 324 pairs of explanations."""
    first, begins = 0, np.flatnonzero(~follows)
    while first < len(follows):
        later = begins[begins >= first + REPORTS_AT_ONCE]
        last = int(later[0]) if len(later) else len(follows)
        yield slice(first, last)
        first = last


def _probabilities(evidence: Evidence, alike: float, settings: Settings, beside: Floats | None) -> Floats:
    rows_of_unit, unit = _priors_by_unit(evidence.units, settings)
    prior = rows_of_unit[unit]
    likelihood = by_peers(evidence, alike, settings) + by_limits(evidence, settings)
    if beside is not None:
        weight = counts_for(evidence.reports, settings.years_alike)
        likelihood = likelihood + _beside(beside, prior, settings) * weight[:, None]
    place = _place(evidence.follows)
    number = np.cumsum(evidence.follows) - 1  # of each report among those that follow another
    moves = by_change(evidence.only(evidence.follows), settings)
    moves += _transitions(rows_of_unit, settings)[unit[evidence.follows]]
    forward = likelihood + np.log(prior)
    backward = np.zeros_like(likelihood)
    last = int(place.max(initial=0))
    for step in range(1, last + 1):
        rows = np.flatnonzero(place == step)
        moved = forward[rows - 1][:, :, None] + moves[number[rows]]
        forward[rows] = likelihood[rows] + log_sum(moved, 1)
    for step in range(last, 0, -1):
        rows = np.flatnonzero(place == step)
        ahead = (likelihood[rows] + backward[rows])[:, None, :] + moves[number[rows]]
        backward[rows - 1] = log_sum(ahead, 2)
    both = forward + backward
    return np.exp(both - log_sum(both, 1)[:, None])


def _place(follows: Flags) -> Counts:
    """Number of each report within its firm, counted from 0."""
    rows = np.arange(len(follows))
    starts = np.where(follows, 0, rows)
    return rows - np.maximum.accumulate(starts)


def _beside(beside: Floats, prior: Floats, settings: Settings) -> Floats:
    """Log likelihood from the other statement of the report; 0 where it is not known."""
    mixed = settings.same_report * beside + (1 - settings.same_report) * prior
    return np.where(np.isnan(mixed), 0.0, settings.beside_counts * np.log(mixed / prior))
