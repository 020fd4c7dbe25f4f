"""Speed and memory: ``make bench``. Ratios are measured in the same run, so that they compare between machines.

python tests/bench [--rows 100000 1000000] [--firms 5000 50000] [--one-of 500000] [--read 10000 100000 1000000]
                   [--zones 4]
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from book import measure_book
from checking import measure_checking
from desk import measure_desk
from evaluation import measure_evaluation
from few_firms import measure_few
from job import measure_job
from matching import measure_matching
from movement import measure_movement
from one_firm import measure_one_firm
from pages import measure_pages
from queries import measure_queries
from reading import measure_reading
from unit_guard import measure_guard
from zones import measure_buckets, measure_large, measure_list, measure_zones


def main() -> None:
    """Print every table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument("--firms", type=int, nargs="*", default=[5_000, 50_000])
    options.add_argument("--one-of", type=int, default=500_000)
    options.add_argument("--read", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--zones", type=int, default=4, help="zones of 600 firms that are run; 0 leaves them out")
    options.add_argument("--large", type=int, default=200_000, help="firms of a zone in 4 buckets; 0 leaves it out")
    chosen = options.parse_args()
    with TemporaryDirectory(prefix="tidu-bench-") as folder:
        for rows in chosen.read:
            measure_reading(Path(folder), rows)
        for rows in chosen.rows:
            measure_checking(rows)
            measure_evaluation(Path(folder), rows)
        if chosen.rows:
            measure_book(Path(folder) / f"facts-{chosen.rows[0]}.parquet")
        for firms in chosen.firms:
            measure_job(Path(folder), firms)
            measure_movement(Path(folder), firms)
            measure_queries(Path(folder), Path(folder) / f"home-{firms}")
            measure_pages(Path(folder) / f"home-{firms}")
        if chosen.firms:
            measure_few(Path(folder))
        measure_matching(Path(folder))
        _measure_many(Path(folder), chosen)
        if chosen.firms and chosen.one_of:
            measure_one_firm(Path(folder), Path(folder) / f"home-{chosen.firms[0]}", chosen.one_of)
            measure_desk(Path(folder), Path(folder) / f"home-{chosen.firms[0]}", chosen.one_of)
    measure_guard(max(chosen.rows, default=100_000))


def _measure_many(folder: Path, chosen: argparse.Namespace) -> None:
    """Print the tables of many zones and of zones in buckets."""
    if chosen.zones:
        measure_zones(folder, chosen.zones, firms=600, many=200)
        measure_list(folder, zones=100, firms=50_000, repeats=20)
    if chosen.firms:
        measure_buckets(folder, max(chosen.firms), buckets=4)
    if chosen.large:
        measure_large(folder, chosen.large, buckets=4)


if __name__ == "__main__":
    main()
