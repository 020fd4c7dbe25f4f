"""Whether a run would find anything to do: checked before Prefect is started."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flows.plan import Plan
from warehouse.errors import ReleaseHeld
from warehouse.intake import landing
from warehouse.intake.feed import load_feeds
from warehouse.ledger import gate
from warehouse.release import held, knowledge, releases
from warehouse.release.firm_events import is_about_firms

COMPUTING = (
    "duckdb", "polars", "pyarrow", "numpy", "fastexcel", "great-expectations", "python-stdnum", "rapidfuzz",
)  # fmt: skip
ROOMS = ("warehouse", "tiers", "service", "flows")
DEFINITIONS = (".py", ".sql", ".yml", ".csv")


@cache
def definitions_hash() -> str:
    """One hash over every rule, model and definition and the versions of the libraries that compute with them.

    A new edition or library is something new, and what the library wrote before is not merged with what it writes now.
    """
    digest = hashlib.sha256("\n".join(libraries()).encode())
    root = Path(__file__).resolve().parent.parent
    for room in ROOMS:
        for path in sorted(_defining(root / room)):
            digest.update(str(path.relative_to(root)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _defining(room: Path) -> Iterator[Path]:
    """The files of ``DEFINITIONS``; ``rglob`` takes six times as long."""
    for folder, _, names in os.walk(room):
        yield from (Path(folder, name) for name in names if name.endswith(DEFINITIONS))


def libraries() -> list[str]:
    """Name and version of the libraries that read, compute or check what a release holds."""
    return [f"{name} {version(name)}" for name in COMPUTING]


def fingerprint(plan: Plan, newest_statement: int | None = None) -> str:
    """What decides every number of a release: deliveries in order, events about firms, days, place, definitions.

    ``newest_statement`` is the last event the run read; those of later numbers are for the next run.
    """
    parts = [delivery.sha256 for delivery in knowledge.deliveries(plan.home, plan.known, newest_statement)]
    parts += [
        f"{event.seq} {event.at}"
        for event in knowledge.events(plan.home, plan.known)
        if (newest_statement is None or event.seq <= newest_statement) and is_about_firms(event)
    ]
    parts += [str(plan.day), str(plan.previous_day), plan.place, definitions_hash()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def nothing_new(plan: Plan) -> bool:
    """True when the inbox holds no file that was not seen before and the release already answers this plan."""
    if landing.unseen(plan.inbox, plan.home, load_feeds()):
        return False
    return releases.unchanged(plan.home, fingerprint(plan))


def held_already(plan: Plan) -> ReleaseHeld | None:
    """The summary of a held run that answers this plan; None where there is none, or the inbox has new files."""
    if not plan.home.held.exists() or landing.unseen(plan.inbox, plan.home, load_feeds()):
        return None
    run_id = held.same_as(plan.home, fingerprint(plan))
    return None if run_id is None else gate.held_error(run_id, gate.exceeded(held.path_of(plan.home, run_id)))
