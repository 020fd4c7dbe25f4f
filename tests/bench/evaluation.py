"""How fast the rules are, up to the rows that a run writes, beside reading the same columns and beside SQL by hand."""

import sys
from pathlib import Path

import timed

PIECES = Path(__file__).with_name("pieces.py")
REPEATS = 3


def measure_evaluation(folder: Path, rows: int) -> None:
    """Print a table for so many firm-days; of three runs each, the fastest."""
    facts = folder / f"facts-{rows}.parquet"
    timed.run([sys.executable, Path(__file__).with_name("zone.py"), facts, str(rows)])
    best = {piece: _best(piece, facts) for piece in ("read", "all", "book", "single", "duckdb")}
    print(f"\nevaluation of {rows:,} firm-days (fastest of {REPEATS})")
    print(f"  {'piece':<44}{'s':>8}{'firm-days/s':>14}{'x read':>9}{'peak MB':>9}")
    names = {
        "read": "reading the columns from Parquet",
        "all": "the editions of a place, as stored",
        "book": "the whole rule book, as stored",
        "single": "one edition by the engine, with reading",
        "duckdb": "the same by hand in SQL, with reading",
    }
    for piece, name in names.items():
        seconds, megabytes = best[piece]
        print(f"  {name:<44}{seconds:>8.2f}{rows / seconds:>14,.0f}{seconds / best['read'][0]:>9.1f}{megabytes:>9.0f}")
    print(f"  an edition, engine to hand-written SQL: {best['single'][0] / best['duckdb'][0]:.1f}")


def _best(piece: str, facts: Path) -> tuple[float, float]:
    runs = [timed.run([sys.executable, PIECES, piece, facts]) for _ in range(REPEATS)]
    fastest = min(runs, key=lambda run: run.reported["seconds"])
    return fastest.reported["seconds"], max(run.megabytes for run in runs)
