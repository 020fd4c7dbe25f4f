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
from tiers.evaluation.wide import layouts_of, stored

PLACE = "CN-3301"
BUCKET = 50_000
"""Rows at once: as many as a run evaluates together, half a row group of the file."""
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
    """What a run asks for one place, in the form in which it stores verdicts and findings; reading not counted."""
    book = load_rulebook()
    return _evaluate(facts, book.in_force(DAY, PLACE), book.selected(DAY, PLACE))


def evaluate_book(facts: Path) -> float:
    """The same of every edition in force that day in any place."""
    editions = [edition for edition in load_rulebook().editions.values() if edition.is_in_force(DAY)]
    return _evaluate(facts, editions, editions)


def evaluate_edition(facts: Path) -> float:
    """The edition that the hand-written query states, by the engine, reading counted as there; verdicts only."""
    began = time.perf_counter()
    editions = [edition for edition in load_rulebook().selected(DAY, PLACE) if edition.designation == "leader"]
    for bucket in buckets(facts):
        evaluate(bucket, editions, DAY).verdicts.height  # noqa: B018 - the height asks for every row
    return time.perf_counter() - began


def _evaluate(facts: Path, editions: Sequence[Edition], selected: Sequence[Edition]) -> float:
    """As ``flows.steps.classify_firms`` does for the evaluation day, bucket by bucket, up to what is written."""
    (layout,) = layouts_of({DAY: editions}, {DAY: selected})
    asked = [part.edition for part in layout.editions]
    seconds = 0.0
    for bucket in buckets(facts):
        began = time.perf_counter()
        sheet = evaluate(bucket, asked, DAY).sheet
        for fields in (layout.verdicts, layout.findings):
            stored(sheet, DAY, fields)
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
