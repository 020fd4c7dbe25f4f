"""Logistic regression with a ridge penalty, and Platt's calibration, both by the optimizer of SciPy.

Step by step scikit-learn's ``CalibratedClassifierCV(LogisticRegression(), cv=StratifiedKFold(), ensemble=False)``;
importing that takes four times as long as fitting here. The tests compare the two.
"""

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]

LARGEST_SCORE = 30
"""Where a score is beyond it, all are divided by the largest before they are calibrated."""

_EPSILON = float(np.finfo(float).eps)


def fit(features: Floats, happened: np.ndarray[Any, np.dtype[np.bool_]], folds: int) -> tuple[Floats, float]:
    """Calibrated weights and constant; each row's score for the calibration is from a fit without its fold."""
    target = happened.astype(float)
    scores = np.empty_like(target)
    of_fold = _folds(happened, folds)
    for fold in range(folds):
        is_in = of_fold == fold
        weights = _regression(features[~is_in], target[~is_in])
        scores[is_in] = features[is_in] @ weights[:-1] + weights[-1]
    slope, offset = _calibration(scores, happened)
    weights = _regression(features, target)
    return slope * weights[:-1], slope * float(weights[-1]) + offset


def _folds(happened: np.ndarray[Any, np.dtype[np.bool_]], folds: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The fold of each row: rows of either outcome in their order, shared as evenly as their number allows."""
    kind = happened != happened[0]
    in_order = np.sort(kind)
    sizes = [np.bincount(in_order[first::folds], minlength=2) for first in range(folds)]
    of_fold = np.empty(len(kind), dtype=np.int64)
    for value in (0, 1):
        of_fold[kind == value] = np.repeat(np.arange(folds), [size[value] for size in sizes])
    return of_fold


def _regression(features: Floats, target: Floats) -> Floats:
    """Weights and, last, the constant that minimize the mean loss and the penalty on the weights."""
    rows = len(target)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, residual = _loss(features @ weights[:-1] + weights[-1], target)
        gradient = np.append(features.T @ (residual / rows) + weights[:-1] / rows, np.sum(residual / rows))
        return float(np.sum(value) / rows + 0.5 / rows * (weights[:-1] @ weights[:-1])), gradient

    start = np.zeros(features.shape[1] + 1)
    return _minimum(loss, start, maxiter=1000, maxls=50, gtol=1e-4, ftol=64 * _EPSILON)


def _calibration(scores: Floats, happened: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[float, float]:
    """Slope and offset that turn scores into log odds, with targets drawn from 0 and 1 (Platt 2000, 2.2)."""
    largest = float(np.max(np.abs(scores)))
    scale = largest if largest >= LARGEST_SCORE else 1.0
    scaled = scores / scale
    events = float(np.sum(happened))
    rest = len(happened) - events
    target = np.where(happened, (events + 1) / (events + 2), 1 / (rest + 2))

    def loss(line: Floats) -> tuple[float, Floats]:
        value, residual = _loss(-(line[0] * scaled + line[1]), target)
        return float(np.sum(value)), np.array([-residual @ scaled, -np.sum(residual)])

    start = np.array([0.0, np.log((rest + 1) / (events + 1))])
    slope, offset = _minimum(loss, start, gtol=1e-6, ftol=64 * _EPSILON)
    return -float(slope) / scale, -float(offset)


def _loss(score: Floats, target: Floats) -> tuple[Floats, Floats]:
    """The logarithmic loss of each row, and its derivative by the score; no exponential overflows."""
    small = np.exp(-np.abs(score))
    value = np.maximum(score, 0) + np.log1p(small) - target * score
    probability = np.where(score >= 0, 1, small) / (1 + small)
    return value, probability - target


def _minimum(loss: Any, start: Floats, **options: float) -> Floats:
    from scipy.optimize import minimize  # 0.1 s of CPU, needed only where the history is new

    weights: Floats = minimize(loss, start, method="L-BFGS-B", jac=True, options=options).x
    return weights
