"""Odds rest on a stated history, recover a known law, and never decide anything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from drawn_history import draw_history
from empty_build import put, trial

from tiers.movement.odds import odds_limits
from warehouse.database.build import Build
from warehouse.models import building, graph
from warehouse.odds import estimation, history, learning, record
from warehouse.odds.rates import Rates
from warehouse.odds.storage import PAST, WHOLE
from warehouse.odds.strata import with_strata

pytestmark = pytest.mark.rule("proposals")

YEARS = range(2021, 2025)
LIMITS = odds_limits()
SUBJECT = ("reach", "gazelle")


@pytest.fixture(scope="module")
def build(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as opened:
        yield opened


def learned(build: Build, rows: pl.DataFrame) -> learning.Histories:
    build.put(PAST, rows, append=True)
    return learning.learn(build, LIMITS)


@pytest.mark.rule("proposals", "the odds of a known law are recovered on firms they have not seen")
def test_the_planted_law_is_recovered(build: Build) -> None:
    drawn = draw_history(2500, YEARS, seed=7)
    unseen = draw_history(4000, range(2025, 2026), seed=8)
    with trial(build):
        histories = learned(build, drawn.drop("truth"))
        (asked,) = (row for row in build.rows(estimation.BASES) if (row["kind"], row["designation"]) == SUBJECT)
        basis = asked["basis"]
        weights = build.tuples("from core_odds__weights order by all")
        rows = with_strata(unseen, LIMITS)
        odds = estimation._basis(build, asked, histories[SUBJECT], LIMITS).odds(rows)
        scores = build.rows("from mart_zone__odds_record where firms > 0")
        bins = build.rows("from mart_zone__odds_bins where firms >= 100")
    with trial(build):
        learned(build, drawn.drop("truth"))
        assert build.tuples("from core_odds__weights order by all") == weights  # the same history, the same bytes

    truth, happened = (unseen[name].cast(pl.Float64).to_numpy() for name in ("truth", "has_happened"))
    by_rate = Rates(histories[SUBJECT], LIMITS).of(rows)["odds"].to_numpy()
    forecast = odds["odds"].to_numpy()
    brier = {
        name: float(np.mean((p - happened) ** 2))
        for name, p in {"truth": truth, "odds": forecast, "rate": by_rate, "plain": happened.mean()}.items()
    }
    slope = float(np.polyfit(np.log(forecast / (1 - forecast)), np.log(truth / (1 - truth)), 1)[0])
    error = float(np.mean(np.abs(forecast - truth)))
    print(  # noqa: T201 - the scores are what the test is for
        f"Brier {brier}, calibration slope {slope:.3f}, mean distance to the true odds {error:.4f}, basis {basis}"
    )
    assert brier["truth"] <= brier["odds"] < brier["rate"] < brier["plain"]
    assert 0.85 < slope < 1.15
    assert error < 0.03
    assert basis == "model"
    assert [score["year"] for score in scores] == [2023, 2024, 2025]
    assert all(score["brier"] == score["brier_model"] < score["brier_plain"] for score in scores)
    assert sum(row["observed_low"] - 0.05 <= row["odds_mean"] <= row["observed_high"] + 0.05 for row in bins) == len(
        bins
    )
    assert (odds["low"] <= odds["odds"]).all()
    assert (odds["odds"] <= odds["high"]).all()


def test_a_first_year_too_small_for_a_model_has_no_forecast_of_it_in_the_bins(build: Build) -> None:
    drawn = draw_history(2500, YEARS, seed=7).drop("truth")
    is_first = pl.col("day").dt.year() == YEARS[0]
    with trial(build):
        learned(build, pl.concat([drawn.filter(is_first).head(12), drawn.filter(~is_first)]))
        scores = build.tuples("select year, basis, firms, brier_model is null from mart_zone__odds_record order by 1")
        in_bins = build.value("select sum(firms)::bigint from mart_zone__odds_bins")

    assert scores == [(2023, "model", 2500, True), (2024, "model", 2500, False), (2025, "model", 2500, False)]
    assert in_bins == 5000


def test_years_before_the_model_could_be_fitted_are_in_no_bin() -> None:
    """A first year without events leaves too few of them for a model of the second, which counts for the others."""
    drawn = with_strata(draw_history(1500, range(2020, 2025), seed=7).drop("truth"), LIMITS)
    rows = drawn.with_columns(has_happened=pl.col("has_happened") & (pl.col("day").dt.year() > 2020))

    recorded = record.recorded(rows, LIMITS)

    assert recorded.basis == "model"
    assert recorded.scores[0]["brier_model"] is None
    tried = rows.filter(pl.col("day").dt.year() > 2021).height
    assert sum(row["firms"] for row in recorded.bins) == tried
    assert all(0 <= row["bin_from"] < row["bin_to"] <= 1 for row in recorded.bins)


def test_a_model_without_a_law_to_find_is_not_used(build: Build) -> None:
    drawn = draw_history(400, YEARS, seed=3).drop("truth")
    chance = np.random.default_rng(5).random(drawn.height) < 0.2
    with trial(build):
        learned(build, drawn.with_columns(has_happened=pl.Series(chance)))
        assert build.column("select basis from core_odds__basis where firm_years > 0") == ["rate"]
        assert not build.has_rows("core_odds__weights")


@pytest.mark.parametrize(
    ("firms", "years", "happened", "reason"),
    [
        (40, YEARS, None, "short_history"),
        (300, range(2024, 2025), None, "short_history"),
        (300, YEARS, 19, "few_events"),
    ],
)
def test_a_history_below_its_limits_is_refused_with_its_figures(
    build: Build, firms: int, years: range, happened: int | None, reason: str
) -> None:
    drawn = draw_history(firms, years, seed=1).drop("truth")
    if happened is not None:
        drawn = drawn.with_columns(has_happened=pl.int_range(pl.len()) < happened)
    with trial(build):
        learned(build, drawn)
        (row,) = build.rows("from core_odds__basis where firm_years > 0")
        rest = build.column("select refused_reason from core_odds__basis where firm_years = 0")

    assert (row["refused_reason"], row["basis"]) == (reason, None)
    assert all(str(drawn.height) in row[words] for words in ("refused_zh", "refused_en"))
    assert len(rest) == 9
    assert set(rest) == {"short_history"}


def test_the_same_history_is_not_learned_again(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    with trial(build):
        learned(build, draw_history(100, YEARS, seed=2).drop("truth"))
        monkeypatch.setattr(learning, "recorded", None)
        monkeypatch.setattr(learning, "_forget", None)
        assert learning.learn(build, LIMITS)["reach", "gazelle"].height == 400


def test_a_small_group_is_shrunken_and_an_unknown_one_has_the_rate_of_what_contains_it() -> None:
    drawn = with_strata(draw_history(2000, YEARS, seed=4), LIMITS)
    rates = Rates(drawn, LIMITS)
    unknown = drawn.head(1).with_columns(pl.lit("never seen").alias(f"by_{name}") for name in LIMITS.strata)

    (odds,) = rates.of(unknown).to_dicts()
    assert odds["odds"] == pytest.approx(rates.overall)
    assert odds["low"] < odds["odds"] < odds["high"]
    of_all = rates.of(drawn).with_columns(drawn["has_happened"])
    assert of_all["odds"].is_between(0, 1, closed="none").all()
    assert abs(of_all["odds"].mean() - of_all["has_happened"].mean()) < 0.01  # type: ignore[operator]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 6, 30), 2024), (date(2026, 12, 30), 2024), (date(2026, 12, 31), 2025), (date(2027, 1, 1), 2025)],
)
def test_the_last_year_end_is_one_whose_outcome_is_known(day: date, expected: int) -> None:
    ends = history.year_ends(day, LIMITS)

    assert ends[-1] == date(expected, 12, 31)
    assert len(ends) == LIMITS.year_ends
    assert history.until(ends[-1], LIMITS) <= day


def test_a_report_that_came_later_counts_only_where_none_had_come(build: Build) -> None:
    """Of 2021 a correction came after the day; of 2022 the only report did."""
    with trial(build):
        for seq, (year, revenue, received) in enumerate([(2021, 1, 2022), (2021, 2, 2024), (2022, 3, 2024)], 1):
            row = {
                "delivery_id": f"d{seq}",
                "uscc": "U",
                "year": year,
                "revenue_fen": revenue,
                "seq": seq,
                "row_no": seq,
            }
            put(build, "stg_zone__yearly", [row], "zone__yearly", first_row=seq)
            build.execute("delete from deliveries where delivery_id = $1", [f"d{seq}"])
            build.execute(
                "insert into deliveries (delivery_id, received_at) values ($1, $2)",
                [f"d{seq}", datetime(received, 5, 1, tzinfo=UTC)],
            )
        assert known_on(build, date(2022, 12, 31)) == [(2021, 1), (2022, 3)]
        assert known_on(build, date(2024, 12, 31)) == [(2021, 1), (2021, 2), (2022, 3)]


def known_on(build: Build, day: date) -> list[tuple[int, int]]:
    known = history.known_reports("stg_zone__yearly", "deliveries", "uscc")
    return build.tuples(f"select year, revenue_fen from ({known}) order by all", {"day": day})


@pytest.mark.rule("proposals", "odds never enter a verdict or a signal")
def test_only_the_bridge_to_the_targets_reads_odds() -> None:
    tables = [table for layer in graph.LAYERS for table in graph.tables(layer)]
    readers = {table for table in tables if ({PAST} | WHOLE) & graph.reads(table)}

    assert readers == {"mart_zone__bridge_firms"}
    assert {table for table in tables if readers & graph.depends_on(table)} == {"mart_zone__bridge"}


def test_a_build_of_marts_without_any_odds_has_empty_ones(build: Build) -> None:
    with trial(build):
        assert [build.has_rows(table) for table in sorted({PAST} | WHOLE)] == [False] * (len(WHOLE) + 1)
        building.build_layer(build, "facts")
        assert build.columns("core_firm__odds")[:3] == ["firm_id", "firm_key", "kind"]
