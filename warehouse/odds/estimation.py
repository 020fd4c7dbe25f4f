"""Odds of every firm of a complete build; models are fitted only where the history is new."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from tiers import load_rulebook
from tiers.movement.odds import Odds, odds_limits
from warehouse.database.build import Build
from warehouse.database.memory import beside_frames
from warehouse.database.touched import Touched
from warehouse.odds import model
from warehouse.odds.history import FEATURES, fill, set_variables
from warehouse.odds.learning import learn
from warehouse.odds.rates import Rates
from warehouse.odds.record import DIGITS, MODEL
from warehouse.odds.storage import start
from warehouse.odds.strata import KEY, with_strata
from warehouse.odds.verdicts import required, write_verdicts
from warehouse.rows import Row
from warehouse.rule_exchange import exchange

ABOUT = ("firm_id", "firm_key", *KEY, "is_nearest", "is_pending")
VERDICTS = (
    "select verdict.firm_id, designation, edition_id, outcome, deciding_condition, deciding_gap, is_closed"
    " from core_tiers__ladder_verdicts as verdict inner join parameter using (day)"
    " semi join (select firm_id from core_firm__facts where bucket between $1 and $2) as firm using (firm_id)"
)
BASES = "from core_odds__basis order by kind, designation"
FACTS, ODDS = "core_firm__facts", "core_firm__odds"


def estimate(build: Build, touched: Touched | None = None) -> None:
    """Fill the tables of odds of a build whose firms, titles and verdicts are complete.

    ``touched``: the firms whose rows may differ from those of the release that the build was copied from. Where that
    release learned from the same history, the others keep their odds.
    """
    limits = odds_limits()
    start(build)
    fill(build, limits)
    learned_before = build.rows(BASES)
    histories = learn(build, limits)
    learned = build.rows(BASES)
    bases = [_basis(build, row, histories.get((row["kind"], row["designation"])), limits) for row in learned]
    # each share is committed: what a transaction has added stays in memory, 1.5 GB of a million firms
    with _firms(build, touched if learned == learned_before else None), beside_frames(build):
        for rows in _today(build, limits):
            today = rows.partition_by(KEY, as_dict=True, maintain_order=True)
            for basis in bases:
                if basis.subject in today:
                    build.put(ODDS, basis.odds(today[basis.subject]), append=True)


@contextmanager
def _firms(build: Build, touched: Touched | None) -> Iterator[None]:
    """Remove the odds of all firms, or of those ``touched``, whose facts then stand before those of all firms."""
    if touched is None:
        build.execute(f"delete from {ODDS}")  # noqa: S608 - our own table
        yield
        return
    build.execute(f"delete from {ODDS} where firm_id in (select firm_id from {touched.firms})")  # noqa: S608
    build.execute(f"create temp view {FACTS} as from {touched.facts}")
    try:
        yield
    finally:
        build.execute(f"drop view temp.{FACTS}")


def _today(build: Build, limits: Odds) -> Iterator[pl.DataFrame]:
    """Features and strata of all firms on the evaluation day, a share of the firms at a time."""
    ((day, place),) = build.tuples("select day, place from parameter")
    lines = required(load_rulebook().selected(day, place), day)
    for first, last in exchange.buckets(build):
        write_verdicts(build, build.frame(VERDICTS, [first, last]), lines)
        set_variables(build, day=day, months=limits.horizon_months, first=first, last=last)
        yield with_strata(build.frame(FEATURES).sort("firm_key", "firm_id", *KEY), limits)
    build.execute("drop table if exists odds_verdict")


@dataclass(frozen=True)
class _Basis:
    """The basis of the odds of a kind and title: ``rates`` None where there are none, and ``refused_reason`` why.

    ``weights`` are those of the model, where it is better, and ``bins`` its record.
    """

    subject: tuple[str, str]
    refused_reason: str | None
    rates: Rates | None
    weights: dict[str, float]
    bins: pl.DataFrame
    limits: Odds

    def odds(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Of each firm; where there are none, of those that the title is nearest to, that there are none."""
        if self.rates is None:
            return rows.filter("is_nearest").select(*ABOUT, refused_reason=pl.lit(self.refused_reason))
        odds = self.rates.of(rows)
        if self.weights:
            odds = _by_model(odds, pl.Series(model.odds(rows, self.weights)), self.bins, self.limits)
        basis = pl.lit(MODEL if self.weights else "rate")
        return rows.select(*ABOUT).with_columns(
            odds.with_columns(pl.col("odds", "low", "high").round(DIGITS), basis=basis)
        )


def _basis(build: Build, row: Row, history: pl.DataFrame | None, limits: Odds) -> _Basis:
    subject = (row["kind"], row["designation"])
    if history is None or not row["basis"]:
        return _Basis(subject, row["refused_reason"], None, {}, pl.DataFrame(), limits)
    own = "kind = $1 and designation = $2"
    return _Basis(
        subject,
        row["refused_reason"],
        Rates(history, limits),
        dict(build.tuples(f"select feature, weight from core_odds__weights where {own}", subject)),  # noqa: S608
        build.frame(f"select bin, observed_low, observed_high from mart_zone__odds_bins where {own}", subject),  # noqa: S608
        limits,
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
