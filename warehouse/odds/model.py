"""A calibrated model of odds: logistic regression on the features, its scores calibrated by Platt's method.

Kept as weights of named features, so that a release carries its model as rows and scoring needs no scikit-learn.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from tiers.movement.odds import odds_limits
from warehouse.machine.deferred import deferred

Weights = Mapping[str, float]
CONSTANT = "constant"
DIGITS = 10
"""Decimal places of a weight: what differs beyond is the order of sums, not the history."""
ANSWERS = ("met", "judgement", "unknown", "not_met", "closed")
FOLDS = 5
UNUSED = ("scipy.stats",)
"""Imported by scikit-learn for tests and distributions, which no fit of ours uses: half of its import time."""


def features(rows: pl.DataFrame) -> pl.DataFrame:
    """The features by name: numbers in a range like that of the others, unknown as 0 with a mark of its own."""
    gap, growth, years = (pl.col(name) for name in ("gap_share", "growth", "years_in_rung"))
    ranges = odds_limits().ranges
    growth_within = growth.clip(*ranges.growth)
    answers = [(pl.col("outcome") == answer).alias(answer) for answer in ANSWERS]
    numbers = {
        "gap": gap.clip(*ranges.gap),
        "gap_is_unknown": gap.is_null(),
        "growth": growth_within,
        "growth_squared": growth_within**2,
        "growth_is_unknown": growth.is_null(),
        "years_in_rung": (years.clip(*ranges.years) + 1).log(),
        "pending": pl.col("is_pending"),
        "holds_a_rung": pl.col("held").is_not_null(),
    }
    return rows.select(*answers, **numbers).select(pl.all().cast(pl.Float64).fill_null(0.0).fill_nan(0.0))


def fit(rows: pl.DataFrame) -> Weights:
    """Fit on rows with ``has_happened``; the same rows in the same order give the same weights."""
    with deferred(*UNUSED):
        from sklearn.calibration import CalibratedClassifierCV  # half a second of CPU where the history is new
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import StratifiedKFold
    from threadpoolctl import threadpool_limits

    frame = features(rows)
    with threadpool_limits(limits=1):  # sums in threads differ in their last digits
        fitted = CalibratedClassifierCV(
            LogisticRegression(max_iter=1000), method="sigmoid", cv=StratifiedKFold(FOLDS), ensemble=False
        ).fit(frame.to_numpy(), rows["has_happened"].to_numpy())
    (part,) = fitted.calibrated_classifiers_
    (calibrator,) = part.calibrators
    slope, offset = -float(calibrator.a_), -float(calibrator.b_)
    weights = dict(zip(frame.columns, (slope * part.estimator.coef_[0]).tolist(), strict=True))
    weights[CONSTANT] = slope * float(part.estimator.intercept_[0]) + offset
    return {name: round(weight, DIGITS) for name, weight in weights.items()}


def odds(rows: pl.DataFrame, weights: Weights) -> np.ndarray:
    """Probabilities between 0 and 1, in the order of the rows."""
    frame = features(rows)
    score = frame.to_numpy() @ np.array([weights[name] for name in frame.columns]) + weights[CONSTANT]
    calibrated: np.ndarray = 1 / (1 + np.exp(-score))
    return calibrated
