"""The record of odds: what was forecast for years that the forecast had not seen, beside what happened."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from tiers.movement.odds import Odds
from warehouse.odds import model
from warehouse.odds.rates import Rates
from warehouse.rows import Row

RATE, MODEL = "rate", "model"
DIGITS = 6
"""Decimal places of a published figure."""


@dataclass(frozen=True)
class Record:
    """The basis that the unseen years decide for, its scores by year, and its reliability in bins."""

    basis: str
    scores: list[Row]
    bins: list[Row]


def recorded(rows: pl.DataFrame, limits: Odds) -> Record:
    """Forecast each year from the earlier ones, by the plain rate, the rate of like firms and the model."""
    years = sorted(rows["day"].dt.year().unique().to_list())
    trials = [_trial(rows, year, limits) for year in years[1:]]
    basis = MODEL if _is_model_better(trials, limits) else RATE
    forecast = pl.concat([trial.select("has_happened", odds=basis) for trial in trials]).drop_nulls("odds")
    return Record(
        basis,
        [_scores(year, trial, basis) for year, trial in zip(years[1:], trials, strict=True)],
        _bins(forecast, limits),
    )


def _trial(rows: pl.DataFrame, year: int, limits: Odds) -> pl.DataFrame:
    """The rows of a year with three forecasts; that of the model is null where the years before are too few for one."""
    earlier, of_year = (rows.filter(test) for test in (pl.col("day").dt.year() < year, pl.col("day").dt.year() == year))
    rates = Rates(earlier, limits)
    events = int(earlier["has_happened"].sum())
    is_enough = min(events, earlier.height - events) >= model.FOLDS
    by_model = pl.Series(model.odds(of_year, model.fit(earlier))) if is_enough else None
    return of_year.select(
        "has_happened",
        pl.lit(rates.overall).alias("plain"),
        rates.of(of_year)["odds"].alias(RATE),
        pl.lit(by_model, dtype=pl.Float64).alias(MODEL),
    )


def brier(odds: pl.Series, has_happened: pl.Series) -> float | None:
    """The mean squared distance between odds and outcome; None where a forecast is missing."""
    if odds.null_count() or odds.is_empty():
        return None
    return float(np.mean((odds.to_numpy() - has_happened.cast(pl.Float64).to_numpy()) ** 2))


def _is_model_better(trials: list[pl.DataFrame], limits: Odds) -> bool:
    """Whether the model is better by the stated share over all unseen years, and not worse in the last."""
    tried = [
        (trial.height, rate, by_model)
        for trial in trials
        for rate, by_model in [(brier(trial[RATE], trial["has_happened"]), brier(trial[MODEL], trial["has_happened"]))]
        if rate is not None and by_model is not None
    ]
    if not tried:
        return False
    of_rate, of_model = (sum(entry[0] * entry[at] for entry in tried) for at in (1, 2))
    _, last_rate, last_model = tried[-1]
    return of_model < of_rate * (1 - limits.model_better_by) and last_model <= last_rate


def _scores(year: int, trial: pl.DataFrame, basis: str) -> Row:
    happened = trial["has_happened"]
    scores = {name: brier(trial[name], happened) for name in ("plain", RATE, MODEL)}
    return {
        "year": year + 1,
        "firms": trial.height,
        "events": int(happened.sum()),
        "brier": _rounded(scores[basis]),
        **{f"brier_{name}": _rounded(score) for name, score in scores.items()},
    }


def _bins(forecast: pl.DataFrame, limits: Odds) -> list[Row]:
    """The bins of the rows with a forecast: mean of the odds, share that happened with its interval (Jeffreys)."""
    from scipy.special import betaincinv

    number = (pl.col("odds") * limits.bins).floor().cast(pl.Int32).clip(0, limits.bins - 1)
    bins = (
        forecast.group_by(bin=number)
        .agg(firms=pl.len(), events=pl.col("has_happened").sum(), odds_mean=pl.col("odds").mean())
        .sort("bin")
    )
    tail = (1 - limits.interval) / 2
    return [
        {
            **row,
            "bin_from": row["bin"] / limits.bins,
            "bin_to": (row["bin"] + 1) / limits.bins,
            "odds_mean": _rounded(row["odds_mean"]),
            "observed": _rounded(row["events"] / row["firms"]),
            **{
                f"observed_{end}": _rounded(
                    float(betaincinv(row["events"] + 0.5, row["firms"] - row["events"] + 0.5, at))
                )
                for end, at in (("low", tail), ("high", 1 - tail))
            },
        }
        for row in bins.iter_rows(named=True)
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
