"""Precision, recall and cost of the unit guard: synthetic reports with known truth, planted sets, real listed reports.

python tests/bench/unit_guard.py scores: without the cost; TIDU_REALDATA names the folder of the real workbooks.
"""

import os
import sys
import time
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT), str(ROOT / "tests" / "warehouse")]

import timed  # noqa: E402
from drawn_reports import LEVELS, draw_reports  # noqa: E402
from planted_units import (  # noqa: E402
    POWERS,
    clean_zone,
    in_another_unit,
    merged,
    recall_of_factor,
    verdicts,
    waiting,
)
from unit_guard_score import score, wrong_about  # noqa: E402

from warehouse.quality.unit_guard.judging import judge  # noqa: E402
from warehouse.quality.unit_guard.settings import forms, settings  # noqa: E402
from warehouse.sample.units import Planted  # noqa: E402

FORM = forms()["zone__yearly"]
FIRMS, SEED = 10_000, 7


def measure_guard(rows: int) -> None:
    """Print precision, recall and F1 by level and kind; then seconds and memory for so many reports."""
    print_scores()
    cost = timed.run([sys.executable, __file__, str(rows)])
    print(f"  judging {rows:,} reports, {cost.stderr.strip()} s, drawing them included {cost.seconds:.1f} s,", end="")
    print(f" peak {cost.megabytes:.0f} MB")


def print_scores() -> None:
    """Scores by level and kind, by planted factor, and of the real listed reports where there are any."""
    for level in LEVELS:
        _print_scores(level)
    for level in ("sample", "life", "hard"):
        _print_planted(level)
    if folder := os.environ.get("TIDU_REALDATA"):
        from listed_units import print_scores as print_listed

        print_listed(Path(folder) / "listed")


def _print_planted(level: str) -> None:
    zone = clean_zone(level)
    print(f"\nunit guard, planted factors, level {level}: share of reports for which the factor is proposed")
    print("  power      " + "".join(f"{power:>+7}" for power in POWERS))
    for name, in_every_year in (("one year", False), ("every year", True)):
        judged = {power: verdicts(zone, in_another_unit(zone, power, in_every_year)) for power in POWERS}
        recalls = [recall_of_factor(zone, judged[power], power, in_every_year) for power in POWERS]
        print(f"  {name:<11}" + "".join(f"{recall:>7.3f}" for recall in recalls))
    kept_waiting = waiting(verdicts(zone, merged(zone, 12, 3)))
    print(
        f"  firms that wait after a merger, money x12 and staff x3: {kept_waiting} of {zone.reports['firm'].n_unique()}"
    )


def _print_scores(level: str) -> None:
    reports, planted = draw_reports(FIRMS, level, SEED)
    truth = truth_of(planted)
    judged = judge(reports, FORM, settings())
    print(f"\nunit guard, level {level}: {reports.height:,} reports, seed {SEED}")
    print(f"  {'kind':<20}{'planted':>9}{'predicted':>11}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for row in score(judged, truth).iter_rows(named=True):
        ratios = "".join(
            f"{row[name]:>{width}.3f}" if row[name] is not None else f"{'–':>{width}}" for name, width in RATIOS
        )
        predicted = row["predicted"] if row["predicted"] is not None else "–"
        print(f"  {row['kind']:<20}{row['planted']:>9}{predicted:>11}{row['right']:>7}{ratios}")
    print(f"  mergers taken for a unit: {wrong_about(judged, truth, 'merger')} of {truth.filter(kind='merger').height}")


RATIOS = (("precision", 11), ("recall", 8), ("f1", 7))


def truth_of(planted: list[Planted]) -> pl.DataFrame:
    """The planted mistakes as a frame."""
    rows = [(mistake.uscc, mistake.year, mistake.kind, mistake.column, mistake.power) for mistake in planted]
    return pl.DataFrame(rows, ["firm", "year", "kind", "column", "power"], orient="row")


def _judge_in_shares(rows: int) -> float:
    """Seconds to judge so many reports, in shares of firms as a run does."""
    reports, _ = draw_reports(20_000, "life", SEED)
    seconds, done = 0.0, 0
    while done < rows:
        began = time.perf_counter()
        done += judge(reports, FORM, settings()).height
        seconds += time.perf_counter() - began
    return seconds * rows / done


if __name__ == "__main__":  # in a process of its own, so that its memory is its own
    if sys.argv[1] == "scores":
        print_scores()
    else:
        print(f"{_judge_in_shares(int(sys.argv[1])):.1f}", file=sys.stderr)
