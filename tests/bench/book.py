"""What the rule book itself costs: reading it, compiling it, and one more edition in the whole of it.

python book.py FACTS
"""

import json
import sys
import time
from pathlib import Path

import timed
from zone import DAY

from tiers import Edition, evaluate, load_rulebook
from tiers.evaluation.one_pass import compiled

REPEATS = 5


def measure_book(facts: Path) -> None:
    """Print one line each; half of the editions and all of them are asked in turn, the fastest of each.

    One edition more costs what the other half costs, shared among its editions: what it has in common with others is
    worked out once, so it is less than that edition alone.
    """
    run = timed.run([sys.executable, Path(__file__), facts])
    said = json.loads(run.said)
    print(f"\nthe rule book, {said['editions']} editions of which {said['in_force']} in force")
    print(f"  {'reading and checking all files':<44}{said['read']:>8.2f} s")
    print(f"  {'compiling those in force':<44}{said['compile']:>8.2f} s{run.megabytes:>8.0f} MB")
    each = (said["book"] - said["half"]) / said["others"]
    print(f"  {'one edition more, on the mean':<44}{each * 1000:>8.1f} ms{each / said['book'] * 100:>8.2f} % of all")


def _timed(editions: list[Edition], facts: Path) -> tuple[float, float]:
    from pieces import buckets

    frame = next(iter(buckets(facts)))
    spent: list[list[float]] = [[], []]
    for _ in range(REPEATS):
        for asked, seconds in zip((editions[::2], editions), spent, strict=True):
            began = time.perf_counter()
            evaluate(frame, asked, DAY).verdicts.height  # noqa: B018 - the height asks for the whole
            seconds.append(time.perf_counter() - began)
    return min(spent[0]), min(spent[1])


def main(facts: Path) -> None:
    """Say it as JSON on standard error."""
    began = time.perf_counter()
    book = load_rulebook()
    read = time.perf_counter()
    editions = [one for one in book.editions.values() if one.is_in_force(DAY)]
    for one in editions:
        compiled(one, DAY)
    done = time.perf_counter()
    half, whole = _timed(editions, facts)
    told = {"editions": len(book.editions), "in_force": len(editions), "read": read - began, "compile": done - read}
    sys.stderr.write(json.dumps({**told, "half": half, "book": whole, "others": len(editions) - len(editions[::2])}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
