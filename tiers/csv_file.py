"""A CSV file of ours with a heading, in which lines that begin with ``#`` are comments."""

import csv
from pathlib import Path


def read_csv(path: Path) -> list[dict[str, str]]:
    """Its rows by column, all values as text."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))
