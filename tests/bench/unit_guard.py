"""Precision, recall and cost of the unit guard on synthetic reports with known truth."""

import sys
import time

import polars as pl
import timed

from warehouse.quality.unit_guard.judging import judge
from warehouse.quality.unit_guard.score import score, wrong_about
from warehouse.quality.unit_guard.settings import forms, settings
from warehouse.sample.reports import LEVELS, draw_reports
from warehouse.sample.units import Planted

FORM = forms()["zone__yearly"]
FIRMS, SEED = 10_000, 7


def measure_guard(rows: int) -> None:
    """Print precision, recall and F1 by level and kind; then seconds and memory for so many reports."""
    for level in LEVELS:
        _print_scores(level)
    cost = timed.run([sys.executable, __file__, str(rows)])
    print(f"  judging {rows:,} reports, {cost.stderr.strip()} s, drawing them included {cost.seconds:.1f} s,", end="")
    print(f" peak {cost.megabytes:.0f} MB")


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
    print(f"{_judge_in_shares(int(sys.argv[1])):.1f}", file=sys.stderr)
