"""Speed and memory: ``make bench``. Ratios are taken in one run, so that machines can be compared.

python tests/bench [--rows 100000 1000000] [--firms 5000 50000]
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from evaluation import measure_evaluation
from job import measure_job


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument("--firms", type=int, nargs="*", default=[5_000, 50_000])
    chosen = options.parse_args()
    with TemporaryDirectory(prefix="tidu-bench-") as folder:
        for rows in chosen.rows:
            measure_evaluation(Path(folder), rows)
        for firms in chosen.firms:
            measure_job(Path(folder), firms)


if __name__ == "__main__":
    main()
