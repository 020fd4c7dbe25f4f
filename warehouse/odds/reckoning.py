"""Odds of every firm of a complete build; models are fitted only where the history is new."""

from typing import Any

import polars as pl

from tiers import load_rulebook
from tiers.movement.odds import Odds, odds_limits
from warehouse.database import Build
from warehouse.odds import model
from warehouse.odds.history import FEATURES, fill, set_variables
from warehouse.odds.learning import learn
from warehouse.odds.rates import Rates
from warehouse.odds.record import DIGITS, MODEL
from warehouse.odds.storage import start
from warehouse.odds.strata import KEY, with_strata
from warehouse.odds.verdicts import required, write_verdicts

ABOUT = ("firm_id", "firm_key", *KEY, "is_nearest", "is_pending")
VERDICTS = "select verdict.* from core_tiers__ladder_verdicts as verdict inner join parameter using (day)"
BASES = "select kind, designation, basis, refused_reason, firm_years from core_odds__basis order by kind, designation"


def reckon(build: Build) -> None:
    """Fill the tables of odds of a build whose firms, titles and verdicts are complete."""
    limits = odds_limits()
    start(build)
    fill(build, limits)
    histories = learn(build, limits)
    build.execute("delete from core_firm__odds")
    today = _today(build, limits).partition_by(KEY, as_dict=True, maintain_order=True)
    for basis in build.rows(BASES):
        rows = today.get((basis["kind"], basis["designation"]))
        if rows is not None:
            history = histories.get((basis["kind"], basis["designation"]))
            odds = (
                _refused(rows, basis) if history is None or not basis["basis"] else _odds(build, rows, history, limits)
            )
            build.put("core_firm__odds", odds, append=True)


def _today(build: Build, limits: Odds) -> pl.DataFrame:
    """Features and strata of all firms on the evaluation day."""
    ((day, place),) = build.tuples("select day, place from parameter")
    write_verdicts(build, build.frame(VERDICTS), required(load_rulebook().selected(day, place), day))
    set_variables(build, day=day, months=limits.horizon_months)
    rows = build.frame(FEATURES)
    build.execute("drop table odds_verdict")
    return with_strata(rows.sort("firm_key", "firm_id", *KEY), limits)


def _refused(rows: pl.DataFrame, basis: dict[str, Any]) -> pl.DataFrame:
    """Of the title that is a firm's nearest, that there are no odds."""
    return rows.filter("is_nearest").select(*ABOUT, refused_reason=pl.lit(basis["refused_reason"]))


def _odds(build: Build, rows: pl.DataFrame, history: pl.DataFrame, limits: Odds) -> pl.DataFrame:
    """The odds of the firms of one kind and title: by the model where it has weights, else by like firms."""
    subject = list(rows.select(KEY).row(0))
    own = "kind = $1 and designation = $2"
    weights = dict(build.tuples(f"select feature, weight from core_odds__weights where {own}", subject))  # noqa: S608
    odds = Rates(history, limits).of(rows)
    if weights:
        bins = build.frame(f"select bin, observed_low, observed_high from mart_zone__odds_bins where {own}", subject)  # noqa: S608
        odds = _by_model(odds, pl.Series(model.odds(rows, weights)), bins, limits)
    return rows.select(*ABOUT).with_columns(
        odds.with_columns(pl.col("odds", "low", "high").round(DIGITS), basis=pl.lit(MODEL if weights else "rate"))
    )


def _by_model(by_rate: pl.DataFrame, odds: pl.Series, bins: pl.DataFrame, limits: Odds) -> pl.DataFrame:
    """The odds of the model, between the ends of what happened in their bin of the record, where it has rows."""
    number = (odds * limits.bins).floor().cast(pl.Int32).clip(0, limits.bins - 1)
    return (
        by_rate.with_columns(odds=odds, bin=number)
        .join(bins, on="bin", how="left", maintain_order="left")
        .with_columns(
            low=pl.min_horizontal(pl.coalesce("observed_low", "low"), "odds"),
            high=pl.max_horizontal(pl.coalesce("observed_high", "high"), "odds"),
        )
        .select("odds", "low", "high", "like_firms")
    )
