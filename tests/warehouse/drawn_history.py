"""A history of firms that reach a title by a known law, as the odds of a zone see it, with the true odds of each row.

The true log-odds are a line in the gap, the growth and the time in the rung, plus steps for an answer that is met and
for a firm named in a public notice.
"""

from datetime import date

import numpy as np
import polars as pl

ODDS = {"is_met": 0.25, "growth_unknown": 0.05, "is_pending": 0.03}
LAW = {"constant": -2.2, "gap_share": -1.6, "growth": 2.4, "years_in_rung": -0.15, "met": 1.1, "pending": 1.5}


def draw_history(
    firms: int, years: range, seed: int, kind: str = "reach", designation: str = "gazelle"
) -> pl.DataFrame:
    """A row a firm and year end with the columns of ``core_firm__past``, and ``truth``, the odds it was drawn by."""
    rng = np.random.default_rng([seed, 11])
    count = firms * len(years)
    is_met = rng.random(count) < ODDS["is_met"]
    gap = np.where(is_met, np.nan, rng.gamma(1.2, 0.4, count))
    growth = np.where(rng.random(count) < ODDS["growth_unknown"], np.nan, rng.normal(0.12, 0.25, count))
    in_rung = rng.exponential(2.5, count)
    is_pending = rng.random(count) < ODDS["is_pending"]
    line = (
        LAW["constant"]
        + LAW["gap_share"] * np.nan_to_num(np.clip(gap, 0, 2))
        + LAW["growth"] * np.nan_to_num(growth)
        + LAW["years_in_rung"] * in_rung
        + LAW["met"] * is_met
        + LAW["pending"] * is_pending
    )
    truth = 1 / (1 + np.exp(-line))
    number = np.tile(np.arange(firms), len(years))
    return pl.DataFrame(
        {
            "firm_id": [f"F{n:06d}" for n in number],
            "firm_key": number.astype("uint64"),
            "day": [date(year, 12, 31) for year in years for _ in range(firms)],
            "kind": kind,
            "designation": designation,
            "is_nearest": True,
            "held": "hnte",
            "is_pending": is_pending,
            "outcome": np.where(is_met, "met", "not_met"),
            "gap_share": gap,
            "growth": growth,
            "years_in_rung": in_rung,
            "has_happened": rng.random(count) < truth,
            "truth": truth,
        },
        nan_to_null=True,
    )
