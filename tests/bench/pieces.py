"""The pieces of work that are compared, each run in a process of its own.

python pieces.py read|all|one|duckdb FACTS
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
from timed import report
from zone import DAY

from tiers import evaluate, load_rulebook

PLACE = "CN-3301"
BUCKET = 50_000
ONE_EDITION = Path(__file__).with_name("one_edition.sql")


def read(facts: Path) -> int:
    """Merely reading the columns."""
    return pl.read_parquet(facts).height


def evaluate_all(facts: Path) -> int:
    """Every edition in force: verdicts and findings, bucket by bucket as a run does it."""
    editions = load_rulebook().selected(DAY, PLACE)
    rows = 0
    for offset in range(0, pl.scan_parquet(facts).select(pl.len()).collect().item(), BUCKET):
        bucket = pl.scan_parquet(facts).slice(offset, BUCKET).collect()
        rows += evaluate(bucket, editions, DAY).verdicts.height
    return rows


def evaluate_one(facts: Path) -> int:
    """The edition that the hand-written query states, by the engine."""
    editions = [e for e in load_rulebook().selected(DAY, PLACE) if e.designation == "leader"]
    return evaluate(pl.read_parquet(facts), editions, DAY).verdicts.height


def by_hand(facts: Path) -> int:
    """The same edition as a person would write it in SQL, outcomes only."""
    with duckdb.connect() as con:
        con.execute(ONE_EDITION.read_text("utf-8").replace("$facts", f"'{facts}'"))
        return len(con.fetchall())


PIECES: dict[str, Callable[[Path], int]] = {
    "read": read,
    "all": evaluate_all,
    "one": evaluate_one,
    "duckdb": by_hand,
}

if __name__ == "__main__":
    piece, facts = PIECES[sys.argv[1]], Path(sys.argv[2])
    load_rulebook()
    began = time.perf_counter()
    rows = piece(facts)
    sys.stderr.write(report(time.perf_counter() - began, rows))
