"""What changes, signals, odds and the ledger of causes cost, as shares of a whole run and of classifying."""

import sys
from pathlib import Path

import timed

PIECES = Path(__file__).with_name("movement_pieces.py")
DAY, PLACE = "2026-07-31", "CN-3301"
PARTS = {
    "ledger": "ledger of causes, against the release of a month ago",
    "signals": "changes, signals, time in the rung, what is due",
    "earlier years": "the rules asked of earlier years",
    "missing figures": "figures that decide alone",
    "odds": "odds, with their history and record",
    "marts": "tables of these for readers",
}


def measure_movement(folder: Path, firms: int) -> None:
    """Print the parts of a whole run that follows the release of ``measure_job``; classifying without their part."""
    command = [sys.executable, PIECES, folder / f"home-{firms}", folder / f"zone-{firms}" / "inbox", DAY, PLACE]
    costs = timed.run(command).reported
    cpu_seconds, megabytes = costs["cpu_seconds"], costs["megabytes"]
    whole = cpu_seconds["whole"]
    classify = cpu_seconds["classify"] - cpu_seconds["earlier years"] - cpu_seconds["missing figures"]
    print(f"\nmovement of {firms:,} firms, a whole run a month later")
    print(f"  {'':<56}{'CPU s':>8}{'of run':>8}{'x classify':>12}{'peak MB':>9}")
    _print("the run up to the complete build", whole, whole, classify, megabytes["whole"])
    _print("classify", classify, whole, classify, megabytes["classify"])
    for part, name in PARTS.items():
        _print(f"  {name}", cpu_seconds[part], whole, classify, megabytes[part])
    both = cpu_seconds["ledger"] + cpu_seconds["signals"]
    _print("ledger and signals", both, whole, classify, max(megabytes["ledger"], megabytes["signals"]))
    _print("all of these", sum(cpu_seconds[part] for part in PARTS), whole, classify, max(map(megabytes.get, PARTS)))


def _print(name: str, cpu_seconds: float, whole: float, classify: float, megabytes: float) -> None:
    share, ratio = cpu_seconds / whole, cpu_seconds / classify
    print(f"  {name:<56}{cpu_seconds:>8.2f}{share:>8.1%}{ratio:>12.2f}{megabytes:>9.0f}")
