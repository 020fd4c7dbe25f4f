"""How long the whole job takes, step by step, and what memory it needs."""

import re
from pathlib import Path

import timed
from change import restate

TIDU = Path(".venv/bin/tidu")
STEP = re.compile(r"✓ (?P<step>.+) (?P<seconds>[\d.]+) s")


def measure_job(folder: Path, firms: int) -> None:
    """Print the steps of ``tidu sample`` and ``tidu run`` for so many firms over six years."""
    zone, home = folder / f"zone-{firms}", folder / f"home-{firms}"
    sample = timed.run(
        [
            TIDU,
            "sample",
            "--firms",
            str(firms),
            "--years",
            "2020-2025",
            "--seed",
            "7",
            "--out",
            zone,
        ]
    )
    command = [TIDU, "run", "--inbox", zone / "inbox", "--day", "2026-06-30", "--place", "CN-3301"]
    first = timed.run(command, TIDU_HOME=str(home))
    again = timed.run(command, TIDU_HOME=str(home))
    restate(zone / "inbox", 2025)
    changed = timed.run(command, TIDU_HOME=str(home))
    print(f"\nthe whole job, {firms:,} firms × 6 years")
    print(f"  {'tidu sample':<44}{sample.seconds:>8.1f} s{sample.megabytes:>8.0f} MB")
    print(f"  {'tidu run':<44}{first.seconds:>8.1f} s{first.megabytes:>8.0f} MB")
    _print_steps(first.said)
    print(f"  {'tidu run, nothing new':<44}{again.seconds:>8.1f} s{again.megabytes:>8.0f} MB")
    print(f"  {'tidu run, 1 % of the firms changed':<44}{changed.seconds:>8.1f} s{changed.megabytes:>8.0f} MB")
    _print_steps(changed.said)
    print(f"  work of the steps, a change to the whole: {_seconds(changed.said) / _seconds(first.said):.2f}")


def _print_steps(said: str) -> None:
    for found in STEP.finditer(said):
        print(f"    {found['step']:<42}{float(found['seconds']):>8.1f} s")


def _seconds(said: str) -> float:
    return sum(float(found["seconds"]) for found in STEP.finditer(said))
