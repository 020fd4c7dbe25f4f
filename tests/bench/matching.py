"""Names to firms: how many joins are right on the sample's truth, how many of the rest find their firm, and how fast.

Every wrong join is printed; a floor in the tests holds their number at nothing.
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import timed

from flows import steps
from flows.plan import new_plan
from warehouse.database.build import Build
from warehouse.identity.likeness import propose
from warehouse.sample import write_sample
from warehouse.sample.words import SIGNS, TRADES

STEPS = (steps.land_files, steps.load_rows, steps.build_staging, steps.build_core)
DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Score:
    """Mentions of registered firms: joined, of these wrong; unjoined, of these with the firm among the proposals."""

    mentions: int
    joined: int
    wrong: int
    unjoined: int
    proposed: int
    by_rule: dict[str, int]


def score(build: Path, truth: Path) -> Score:
    """Compare the joins of list rows with the firm each row was written for."""
    right = pl.read_csv(truth, infer_schema=False).with_columns(pl.col("row").cast(pl.Int64))
    with Build.open(build) as con:
        with con.view("truth", right):
            mentions = con.frame(
                "select truth.uscc, how, mention.name_norm, match.firm_id, match.match_method"
                " from truth inner join deliveries on truth.file = deliveries.file_name"
                " inner join core_mention as mention on deliveries.delivery_id = mention.delivery_id"
                "   and truth.row = mention.row_no"
                " inner join core_mention__match as match using (mention_id)"
                " where truth.uscc in (select firm_id from core_firm)"
            )
        joined = mentions.filter(pl.col("firm_id").is_not_null())
        unjoined = mentions.filter(pl.col("firm_id").is_null())
        proposed = unjoined.join(
            propose(con, unjoined["name_norm"]), left_on=["name_norm", "uscc"], right_on=["query", "firm_id"]
        )
    rules = dict(mentions.group_by("match_method").len().sort("match_method").iter_rows())
    wrong = joined.filter(pl.col("firm_id") != pl.col("uscc")).height
    return Score(mentions.height, joined.height, wrong, unjoined.height, proposed.height, rules)


def built(folder: Path, firms: int) -> tuple[Path, Path]:
    """A sample zone brought as far as its firms and titles: the build, and what is true of its lists."""
    write_sample(folder, firms=firms, years=(2024, 2025), seed=7)
    plan = new_plan(folder / "home", folder / "inbox", DAY, "CN-3301", datetime(2026, 7, 1, tzinfo=UTC))
    for step in STEPS:
        step(plan)
    return plan.build, folder / "truth" / "mentions.csv"


def measure_matching(folder: Path, firms: int = 5_000) -> None:
    """Print precision and recall on a sample, then the seconds of a long list against many firms."""
    result = score(*built(folder / "matching", firms))
    print(f"\nnames to firms, {result.mentions:,} rows of lists, {firms:,} firms")
    print(f"  {'joined':<44}{result.joined:>8,}{result.joined / result.mentions:>8.1%}")
    print(f"  {'of these wrong':<44}{result.wrong:>8,}")
    print(f"  {'not joined':<44}{result.unjoined:>8,}")
    print(f"  {'of these: right firm among five candidates':<44}{result.proposed:>8,}")
    print("  " + " · ".join(f"{rule} {count:,}" for rule, count in result.by_rule.items()))
    many = timed.run([sys.executable, __file__, folder / "many.duckdb", "500000", "100000"])
    print(f"  {'proposals for 100,000 names, 500,000 firms':<44}{many.reported['seconds']:>8.1f} s", end="")
    print(f"{many.megabytes:>8.0f} MB")


def seek(build: Path, firms: int, names: int) -> float:
    """Seconds to propose firms for names that each have one sign wrong: the worst a list can be."""
    draw = np.random.default_rng(7)
    place, trade = (draw.choice(words, firms) for words in (("杭州", "宁波", "浙江", "嘉兴", "温州", "绍兴"), TRADES))
    signs = draw.choice(list(SIGNS), (3, firms))
    name = [f"{p}{a}{b}{c}{t}有限公司" for p, a, b, c, t in zip(place, *signs, trade, strict=True)]
    misspelled = pl.Series([f"{right[:2]}龘{right[3:]}" for right in name[:names]])
    known = pl.DataFrame({"firm_id": [str(n) for n in range(firms)], "name": name})
    with Build.open(build) as con:
        columns = "*, 'registered' as kind, name as name_norm, core_name(name) as core_name"
        con.put("core_firm__names", known, select=columns)
        began = time.perf_counter()
        propose(con, misspelled)
        return time.perf_counter() - began


if __name__ == "__main__":  # in a process of its own, so that its memory is not counted for others
    sys.stderr.write(timed.report(seek(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
