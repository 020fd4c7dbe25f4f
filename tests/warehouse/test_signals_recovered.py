"""What is planted in the sample is recovered: each signal and kind of change, with precision and recall."""

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from whole_job import STEPS, plan_of

from tiers.movement.signals import movement
from warehouse.database.build import Snapshot
from warehouse.sample import write_sample

Sets = Mapping[str, set[tuple[str, str]]]
FIRMS_A_RECIPE = 2


def build(folder: Path) -> None:
    """``truth`` and the finished ``build.duckdb`` of a sample zone with planted firms."""
    report = write_sample(folder / "sample", firms=20, years=(2020, 2025), seed=7, signals=FIRMS_A_RECIPE)
    plan = plan_of(folder / "home", report.inbox)
    for step in STEPS[:-1]:
        step(plan)
    plan.build.rename(folder / "build.duckdb")


@pytest.fixture(scope="module")
def planted(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return made_once("planted_signals", build)


@pytest.fixture(scope="module")
def snapshot(planted: Path) -> Any:
    with Snapshot.open(planted / "build.duckdb") as opened:
        yield opened


@pytest.fixture(scope="module")
def truth(planted: Path) -> list[dict[str, str]]:
    with (planted / "sample" / "truth" / "signals.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def reported(snapshot: Snapshot, truth: list[dict[str, str]]) -> Sets:
    """Firm and designation by signal, firm and an empty text by kind of change, of planted firms."""
    codes = {row["uscc"] for row in truth}
    rows = snapshot.tuples("select signal, firm_id, designation from mart_movers__signals")
    rows += [(change, firm, "") for firm, change in snapshot.tuples("select firm_id, change from mart_movers__firms")]
    return grouped((kind, firm, about) for kind, firm, about in rows if firm in codes)


@pytest.fixture(scope="module")
def true(truth: list[dict[str, str]]) -> Sets:
    signals = (
        (*signal.split(" ")[:1], row["uscc"], signal.split(" ")[1])
        for row in truth
        for signal in filter(None, row["signals"].split(";"))
    )
    return grouped([*signals, *((row["change"], row["uscc"], "") for row in truth)])


def grouped(rows: Any) -> Sets:
    sets = defaultdict(set)
    for kind, firm, about in rows:
        sets[kind].add((firm, about))
    return sets


KINDS = [*movement().changes, *movement().signals]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_recovered(
    true: Sets, reported: Sets, kind: str, record_property: Callable[[str, object], None]
) -> None:
    right = len(true[kind] & reported[kind])
    recall, precision = right / max(1, len(true[kind])), right / max(1, len(reported[kind]))
    record_property("score", f"{kind}: precision {precision:.2f}, recall {recall:.2f}, planted {len(true[kind])}")

    assert true[kind], "the sample plants none"
    assert (reported[kind] - true[kind], true[kind] - reported[kind]) == (set(), set())
