"""Firms of a bucket as columns: attributes, and figures by year that grow with the firm."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from warehouse.sample.drawn import drawn
from warehouse.sample.words import INCUBATORS, INDUSTRIES, credit_code, names, trade_of

DRAWN = drawn("firms")
DIVISIONS = drawn("place")["divisions"]
PROFILES = tuple(DRAWN["profiles"])
#            revenue of the first year: log mean, spread; growth: mean, spread; R&D share: low, high
SHAPE = {
    "ordinary": (15.6, 1.2, 0.04, 0.15, 0.0, 0.035),
    "research": (16.4, 1.1, 0.12, 0.14, 0.03, 0.11),
    "fast": (16.9, 0.9, 0.33, 0.12, 0.02, 0.09),
    "large": (21.4, 0.7, 0.07, 0.08, 0.025, 0.07),
    "star": (18.6, 0.6, 0.55, 0.15, 0.12, 0.40),
    "dying": (15.8, 1.0, -0.22, 0.12, 0.0, 0.03),
}


@dataclass(frozen=True)
class Bucket:
    """``firms`` with a row per firm, ``yearly`` with a row per firm and year (figures in 千元)."""

    number: int
    firms: pl.DataFrame
    yearly: pl.DataFrame


def draw_bucket(number: int, start: int, count: int, years: range, seed: int) -> Bucket:
    """The firms ``start … start + count``; depends on seed and ``number`` only."""
    rng = np.random.default_rng([seed, number])
    index = np.arange(start, start + count)
    profile = rng.choice(len(PROFILES), size=count, p=list(DRAWN["profiles"].values()))
    if number == 0:
        profile[:4] = [
            PROFILES.index("star"),
            PROFILES.index("star"),
            PROFILES.index("large"),
            PROFILES.index("fast"),
        ]
    kind = np.array(PROFILES)[profile]
    founded = _founded(rng, kind, years)
    division = np.array(DIVISIONS)[rng.integers(0, len(DIVISIONS), count)]
    firms = pl.DataFrame(
        {
            "index": index,
            "uscc": [credit_code(int(number), str(place)) for number, place in zip(index, division, strict=True)],
            "name": names(index, seed),
            "profile": kind,
            "founded_on": founded,
            "division": division,
            "industry": np.array(INDUSTRIES)[trade_of(index, seed)],
            "is_dead": (kind == "dying") & (rng.random(count) < DRAWN["dying_is_dead"]),
            "incubator": np.where(
                rng.random(count) < DRAWN["in_incubator"], rng.integers(0, len(INCUBATORS), count), -1
            ),
            "class1": np.where(kind == "ordinary", rng.poisson(0.1, count), rng.poisson(2.5, count))
            + np.where(kind == "large", rng.poisson(30, count), 0),
            "class2": rng.poisson(np.where(kind == "ordinary", 1.0, 6.0)),
            "applied": rng.random(count),
            "luck": rng.random(count),
        }
    )
    return Bucket(number, firms, _yearly(rng, firms, years))


def _founded(rng: np.random.Generator, kind: np.ndarray, years: range) -> np.ndarray:
    """Days of founding, with many young firms; those founded after the last year have no report."""
    last = np.datetime64(f"{years.stop}-06-01")
    age = np.minimum(rng.exponential(2600, len(kind)), 9000).astype(int) + 5
    age = np.where(kind == "large", age + 2500, age)
    age = np.where(kind == "star", 1900 + age % 1400, age)
    age = np.where(kind == "fast", 1700 + age % 3000, age)
    return last - age.astype("timedelta64[D]")


def _yearly(rng: np.random.Generator, firms: pl.DataFrame, years: range) -> pl.DataFrame:
    """The figures of the form for each year of a firm; growth compounds from the first year."""
    count, kind = firms.height, firms["profile"].to_numpy()
    shape = np.array([SHAPE[profile] for profile in kind])
    revenue = np.exp(rng.normal(shape[:, 0], shape[:, 1]))
    founded_year = firms["founded_on"].dt.year().to_numpy()
    share = rng.uniform(shape[:, 4], shape[:, 5])
    per_head = np.exp(rng.normal(13.3, 0.35, count))
    parts = []
    for year in years:
        revenue = revenue * np.maximum(0.2, 1 + rng.normal(shape[:, 2], shape[:, 3]))
        alive = founded_year <= year
        if year == years[-1]:
            alive &= ~firms["is_dead"].to_numpy()
        parts.append(_figures(rng, firms, year, revenue, share, per_head).filter(pl.Series(alive)))
    return pl.concat(parts)


def _figures(
    rng: np.random.Generator,
    firms: pl.DataFrame,
    year: int,
    revenue: np.ndarray,
    share: np.ndarray,
    per_head: np.ndarray,
) -> pl.DataFrame:
    count, most = firms.height, DRAWN["most"]
    staff = np.maximum(3, np.rint(revenue / per_head)).astype(int)
    rd = revenue * share * rng.uniform(0.9, 1.1, count)
    tech = np.clip(share * 4 + rng.normal(0.05, 0.04, count), 0, most["technical_staff"]) * staff
    assets = revenue * rng.uniform(0.7, 1.8, count) + 500_000
    profit = revenue * rng.normal(0.06, 0.07, count)
    total = revenue * rng.uniform(1.0, 1.03, count)
    figures = {
        "revenue": revenue,
        "main_revenue": revenue * rng.uniform(0.85, 1.0, count),
        "total_income": total,
        "hitech_income": total * np.clip(share * 9 + rng.normal(0.15, 0.15, count), 0, most["hitech_income"]),
        "leading_product_income": revenue
        * np.clip(share * 8 + rng.normal(0.2, 0.15, count), 0, most["leading_products"]),
        "cost_expense": revenue * rng.uniform(0.75, 1.02, count),
        "rd_tax": rd * rng.uniform(0.85, 0.97, count),
        "rd_hnte": rd,
        "rd_hnte_domestic": rd * rng.uniform(0.7, 1.0, count),
        "rd_account": rd * rng.uniform(0.97, 1.05, count),
        "rd_stat": rd * rng.uniform(0.95, 1.1, count),
        "technology_spending": rd * rng.uniform(1.0, 1.3, count),
        "total_assets": assets,
        "total_liabilities": assets * rng.uniform(0.15, 0.75, count),
        "total_profit": profit,
        "net_profit": profit * 0.86,
        "tax_paid": revenue * rng.uniform(0.01, 0.06, count),
        "payroll": staff * np.exp(rng.normal(11.7, 0.2, count)),
        "exports": revenue * np.where(rng.random(count) < DRAWN["exports"], rng.uniform(0, 0.5, count), 0),
    }
    people = {
        "staff_end": staff,
        "rd_staff_end": np.minimum(staff, np.rint(tech * 0.9).astype(int)),
        "staff_mean_quarterly": np.round(staff * rng.uniform(0.92, 1.0, count), 2),
        "tech_staff_mean_quarterly": np.round(tech * rng.uniform(0.9, 1.0, count) * 0.92, 2),
        "staff_mean_monthly": np.round(staff * rng.uniform(0.92, 1.0, count), 2),
        "tech_staff_mean_monthly": np.round(tech * rng.uniform(0.9, 1.0, count) * 0.92, 2),
        "conversions": rng.poisson(np.clip(share * 70, *DRAWN["conversions"])),
    }
    thousand = {name: np.rint(values / 1000).astype("int64") for name, values in figures.items()}
    return pl.DataFrame(
        {
            "index": firms["index"],
            "uscc": firms["uscc"],
            "name": firms["name"],
            "year": year,
            **thousand,
            **people,
        }
    )
