"""Cost of the whole job by step, as ratios to plain reading of the same files in the same run, and its memory."""

import re
import sys
from pathlib import Path

import timed
from change import restate

TIDU = Path(".venv/bin/tidu")
PLAIN = Path(__file__).with_name("plain.py")
STEP = re.compile(r"✓ (?P<step>.+) (?P<seconds>[\d.]+) s \(CPU (?P<cpu>[\d.]+) s\)")


def measure_job(folder: Path, firms: int) -> None:
    """Print the steps of ``tidu sample`` and ``tidu run`` for so many firms over six years.

    CPU seconds and their ratio to plain reading can be compared between machines and busy hours; seconds cannot.
    """
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
    plain = timed.run([sys.executable, PLAIN, zone / "inbox"])
    first = timed.run(command, TIDU_HOME=str(home))
    again = timed.run(command, TIDU_HOME=str(home))
    restate(zone / "inbox", 2025)
    changed = timed.run(command, TIDU_HOME=str(home))
    print(f"\nthe whole job, {firms:,} firms × 6 years")
    print(f"  {'':<44}{'s':>8}{'CPU s':>9}{'x plain':>9}{'peak MB':>9}")
    _print_run("tidu sample", sample, plain)
    _print_run(f"plain reading of its {plain.reported['rows']:,} rows", plain, plain)
    _print_run("tidu run", first, plain)
    _print_steps(first.stderr, plain)
    _print_run("tidu run, nothing new", again, plain)
    _print_run("tidu run, 1 % of the firms changed", changed, plain)
    _print_steps(changed.stderr, plain)
    print(f"  CPU of the steps, a change to the whole: {_cpu(changed.stderr) / _cpu(first.stderr):.2f}")
    print(f"  CPU of a run beside its steps (start, Prefect): {first.cpu_seconds - _cpu(first.stderr):.1f} s")


def _print_run(name: str, run: timed.Timed, plain: timed.Timed) -> None:
    ratio = run.cpu_seconds / plain.cpu_seconds
    print(f"  {name:<44}{run.seconds:>8.1f}{run.cpu_seconds:>9.2f}{ratio:>9.1f}{run.megabytes:>9.0f}")


def _print_steps(stderr: str, plain: timed.Timed) -> None:
    for match in STEP.finditer(stderr):
        seconds, cpu_seconds = float(match["seconds"]), float(match["cpu"])
        print(f"    {match['step']:<42}{seconds:>8.1f}{cpu_seconds:>9.2f}{cpu_seconds / plain.cpu_seconds:>9.1f}")


def _cpu(stderr: str) -> float:
    return sum(float(match["cpu"]) for match in STEP.finditer(stderr))
