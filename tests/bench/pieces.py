"""The pieces of work that are compared, each run in a process of its own.

python pieces.py read|all|book|single|duckdb FACTS
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import polars as pl
from timed import report
from zone import DAY

from tiers import Edition, evaluate, load_rulebook

PLACE = "CN-3301"
BUCKET = 100_000  # as many rows as a row group of the file, so that none is read twice
ONE_EDITION = Path(__file__).with_name("one_edition.sql")


def buckets(facts: Path) -> Iterator[pl.DataFrame]:
    """The firms bucket by bucket, as a run takes them."""
    for offset in range(0, pl.scan_parquet(facts).select(pl.len()).collect().item(), BUCKET):
        yield pl.scan_parquet(facts).slice(offset, BUCKET).collect()


def read(facts: Path) -> float:
    """Merely reading the columns."""
    began = time.perf_counter()
    for _ in buckets(facts):
        pass
    return time.perf_counter() - began


def evaluate_all(facts: Path) -> float:
    """The edition that decides each designation in a place: verdicts with gaps, reading not counted."""
    return _evaluate(facts, load_rulebook().selected(DAY, PLACE))


def evaluate_book(facts: Path) -> float:
    """Every edition in force that day in any place, reading not counted."""
    return _evaluate(facts, [edition for edition in load_rulebook().editions.values() if edition.is_in_force(DAY)])


def evaluate_edition(facts: Path) -> float:
    """The edition that the hand-written query states, by the engine, reading counted as there."""
    began = time.perf_counter()
    _evaluate(facts, [e for e in load_rulebook().selected(DAY, PLACE) if e.designation == "leader"])
    return time.perf_counter() - began


def _evaluate(facts: Path, editions: Sequence[Edition]) -> float:
    seconds = 0.0
    for bucket in buckets(facts):
        began = time.perf_counter()
        evaluate(bucket, editions, DAY).verdicts.height  # noqa: B018 - the height asks for the whole
        seconds += time.perf_counter() - began
    return seconds


def by_hand(facts: Path) -> float:
    """The same edition as a person would write it in SQL, outcomes only, reading counted."""
    began = time.perf_counter()
    with duckdb.connect() as con:
        con.sql(ONE_EDITION.read_text("utf-8").replace("$facts", f"'{facts}'")).to_arrow_table()
    return time.perf_counter() - began


PIECES: dict[str, Callable[[Path], float]] = {
    "read": read,
    "all": evaluate_all,
    "book": evaluate_book,
    "single": evaluate_edition,
    "duckdb": by_hand,
}

if __name__ == "__main__":
    piece, facts = PIECES[sys.argv[1]], Path(sys.argv[2])
    load_rulebook()
    sys.stderr.write(report(piece(facts)))
