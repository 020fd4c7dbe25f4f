"""The cost of the rule book: loading, compiling, and the marginal cost of an edition.

python book.py FACTS
"""

import json
import sys
import time
from pathlib import Path

import timed
from zone import DAY

from tiers import Edition, evaluate, load_rulebook
from tiers.evaluation.compiled import compiled

REPEATS = 5


def measure_book(facts: Path) -> None:
    """Print loading, compiling and the marginal cost of an edition: the difference of all editions and half of them.

    Shared quantities are computed once, so the marginal cost is less than that of the edition alone. Of several
    repeats the fastest counts.
    """
    run = timed.run([sys.executable, Path(__file__), facts])
    costs = run.reported
    print(f"\nthe rule book, {costs['editions']} editions of which {costs['in_force']} in force")
    print(f"  {'reading and checking all files':<44}{costs['read']:>8.2f} s")
    print(f"  {'compiling those in force':<44}{costs['compile']:>8.2f} s{run.megabytes:>8.0f} MB")
    each = (costs["book"] - costs["half"]) / costs["others"]
    print(f"  {'one edition more, on the mean':<44}{each * 1000:>8.1f} ms{each / costs['book'] * 100:>8.2f} % of all")


def _timed(editions: list[Edition], facts: Path) -> tuple[float, float]:
    from pieces import buckets

    frame = next(iter(buckets(facts)))
    spent: list[list[float]] = [[], []]
    for _ in range(REPEATS):
        for selected, seconds in zip((editions[::2], editions), spent, strict=True):
            began = time.perf_counter()
            evaluate(frame, selected, DAY).verdicts.height  # noqa: B018 - the height needs the whole result
            seconds.append(time.perf_counter() - began)
    return min(spent[0]), min(spent[1])


def main(facts: Path) -> None:
    """Write the costs as JSON to standard error."""
    began = time.perf_counter()
    book = load_rulebook()
    read = time.perf_counter()
    editions = [edition for edition in book.editions.values() if edition.is_in_force(DAY)]
    for edition in editions:
        compiled(edition, DAY)
    done = time.perf_counter()
    half, whole = _timed(editions, facts)
    counts = {"editions": len(book.editions), "in_force": len(editions), "read": read - began, "compile": done - read}
    sys.stderr.write(json.dumps({**counts, "half": half, "book": whole, "others": len(editions) - len(editions[::2])}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
