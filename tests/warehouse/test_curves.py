"""Curves of time in the rung: a published example, late entries, a library's curve, and a planted law."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from empty_build import trial
from spells import curves, limits

from warehouse.database.build import Build

Stays = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def opened(own_empty_build: Path) -> Iterator[Build]:
    with Build.open(own_empty_build) as build:
        yield build


@pytest.fixture
def build(opened: Build) -> Iterator[Build]:
    """Limits that let every curve be drawn to its end."""
    with trial(opened) as build:
        limits(build, firms_min=1, at_risk_min=1)
        yield build


def shares(build: Build, *columns: str) -> list[tuple[Any, ...]]:
    listed = ", ".join(columns)
    return build.tuples(f"select {listed} from core_rung__curves where exits > 0 order by days")


def test_the_published_curve_of_remission_under_6_mp(build: Build) -> None:
    """Freireich and others, Blood 21 (1963), as worked in Kleinbaum and Klein, Survival Analysis, chapter 2."""
    left = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curves(build, [(0, week, "lost") for week in left] + [(0, week, "") for week in censored])

    rows = shares(build, "days", "at_risk", "round(staying_share, 4)")
    assert rows == [
        (6, 21, 0.8571),
        (7, 17, 0.8067),
        (10, 15, 0.7529),
        (13, 12, 0.6902),
        (16, 11, 0.6275),
        (22, 7, 0.5378),
        (23, 6, 0.4482),
    ]


def test_a_stay_that_is_observed_late_is_at_risk_from_then_on(build: Build) -> None:
    """By hand: at 5 the first two are at risk, the third from the day after: 1/2; at 8 the others: 1/2 · 1/2."""
    curves(build, [(0, 5, "risen"), (3, 8, "lost"), (5, 9, "")])

    assert shares(build, "days", "at_risk", "staying_share", "risen_share", "lost_share") == [
        (5, 2, 0.5, 0.5, 0.0),
        (8, 2, 0.25, 0.5, 0.25),
    ]


def test_without_anybody_observed_from_the_beginning_there_is_no_curve(build: Build) -> None:
    curves(build, [(3, 8, "lost"), (4, 9, "lost")])

    assert shares(build, "days") == []


def test_a_curve_ends_where_few_remain_at_risk(build: Build) -> None:
    limits(build, at_risk_min=3)
    curves(build, [(0, day, "lost") for day in (10, 20, 30, 40, 50)])

    assert shares(build, "days", "at_risk") == [(10, 5), (20, 4), (30, 3)]


@pytest.mark.parametrize(("days", "q75"), [((10, 20, 30, 40), 30), ((10, 20, 30), 30), ((10, 20), 20)])
def test_exactly_three_quarters_are_three_quarters(build: Build, days: tuple[int, ...], q75: int) -> None:
    """Of four the third has left: ¾ · ⅔ · ½ in floating point is not exactly ¼."""
    curves(build, [(0, day, "lost") for day in days])

    assert build.tuples("select firms, q75_days from core_rung__quartiles") == [(len(days), q75)]


def test_three_quarters_that_have_not_left_have_no_quantile(build: Build) -> None:
    curves(build, [(0, 10, "lost"), (0, 20, "lost"), (0, 30, "")])

    assert build.tuples("select firms, q75_days from core_rung__quartiles") == [(3, None)]


def drawn(seed: int, size: int = 300) -> Stays:
    """Stays with ties, half of them observed late, ended by one of three causes or censored."""
    rng = np.random.default_rng(seed)
    first = np.where(rng.random(size) < 0.5, rng.integers(0, 60, size), 0)
    last = first + rng.integers(1, 90, size)
    causes = rng.choice(["risen", "lost", "dissolved", ""], size, p=[0.3, 0.2, 0.1, 0.4])
    return list(zip(first.tolist(), last.tolist(), causes.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_a_curve_is_that_of_statsmodels(build: Build, seed: int) -> None:
    from statsmodels.duration.survfunc import SurvfuncRight

    stays = drawn(seed)
    curves(build, stays)
    first, last, cause = (np.array(column) for column in zip(*stays, strict=True))
    reference = SurvfuncRight(last, (cause != "").astype(int), entry=first)
    rows = shares(build, "days", "at_risk", "staying_share", "staying_low", "staying_high")

    share, error = reference.surv_prob, reference.surv_prob_se
    inside = slice(None, len(rows))
    assert [row[0] for row in rows] == reference.surv_times[inside].tolist()
    assert [row[1] for row in rows] == reference.n_risk[inside].tolist()
    assert [row[2] for row in rows] == pytest.approx(share[inside].tolist())
    ends = [row for row in rows if 0 < row[2] < 1]
    for row, at in zip(ends, range(len(ends)), strict=True):
        width = 1.959964 * error[at] / (share[at] * abs(math.log(share[at])))
        assert row[3:] == pytest.approx((share[at] ** math.exp(width), share[at] ** math.exp(-width)), rel=1e-5)


@pytest.mark.parametrize("seed", range(4))
def test_who_stays_and_who_left_add_up_and_nobody_comes_back(build: Build, seed: int) -> None:
    curves(build, drawn(seed))
    rows = shares(build, "staying_share", "risen_share", "lost_share", "dissolved_share")

    assert len(rows) > 20
    assert [sum(row) for row in rows] == pytest.approx([1.0] * len(rows))
    for before, after in pairwise(rows):
        assert after[0] <= before[0]
        assert all(later >= earlier for earlier, later in zip(before[1:], after[1:], strict=True))


def test_a_planted_law_is_recovered(build: Build, record_property: Callable[[str, object], None]) -> None:
    """Rising at 1/1500 and losing at 1/900 a day, seen for up to six years, every third only late."""
    rng = np.random.default_rng(7)
    size, rises, loses = 4000, 1 / 1500, 1 / 900
    last = np.ceil(rng.exponential(1 / (rises + loses), size)).astype(int)
    cause = np.where(rng.random(size) < rises / (rises + loses), "risen", "lost")
    first = np.where(np.arange(size) % 3 == 0, rng.integers(1, 600, size), 0)
    end = rng.integers(100, 2190, size)
    is_seen = (last > first) & (end > first)
    stays = [
        (int(f), int(min(t, e)), str(c) if t <= e else "")
        for f, t, e, c in zip(first[is_seen], last[is_seen], end[is_seen], cause[is_seen], strict=True)
    ]
    curves(build, stays)
    (q75,) = build.column("select q75_days from core_rung__quartiles")
    ((staying, risen, low, high),) = build.tuples(
        "select staying_share, risen_share, staying_low, staying_high from core_rung__curves where years = 2"
    )

    planted = math.log(4) / (rises + loses)
    still = math.exp(-(rises + loses) * 731)
    record_property(
        "found", f"three quarters: {planted:.0f} days, found {q75}; two years {still:.3f}, found {staying:.3f}"
    )
    assert q75 == pytest.approx(planted, rel=0.06)
    assert low < still < high
    assert risen == pytest.approx((1 - still) * rises / (rises + loses), abs=0.03)


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (5, 5), (3, 5), (1, 1000), (56, 349)])
def test_an_interval_is_that_of_wilson(build: Build, part: int, whole: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    bounds = build.tuples(
        "select wilson_bound($1, $2, -z), wilson_bound($1, $2, z) from ref_time_limits", [part, whole]
    )

    assert bounds[0] == pytest.approx(proportion_confint(part, whole, method="wilson"), abs=1e-12)
