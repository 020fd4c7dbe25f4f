"""Recall and precision of the unit guard on the real listed reports, against labels kept in ``listed_units.yml``."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from flows import steps
from flows.plan import new_plan
from warehouse.database.build import Build

LABELS = Path(__file__).with_suffix(".yml")
PROPOSED = (
    "select firm, year, max(power) from unit_judgement where feed like 'listed__%' and verdict = 'factor' group by all"
)
Reports = dict[tuple[str, int], int]


def labels() -> Reports:
    """The power of ten of each report in another unit."""
    stated = yaml.safe_load(LABELS.read_text("utf-8"))
    return {(firm, year): power for firm, years in stated.items() for year, power in years.items()}


def proposals_of(folder: Path) -> Reports:
    """What a run over the workbooks of a folder proposes, by firm and year."""
    with TemporaryDirectory(prefix="tidu-units-") as root:
        inbox = Path(root) / "inbox"
        shutil.copytree(folder, inbox)
        plan = new_plan(Path(root) / "home", inbox, date(2022, 6, 30), "CN", datetime.now(UTC))
        for step in (steps.land_files, *steps.BUILD_STEPS[:2]):
            step(plan)
        with Build.open(plan.build) as build:
            return {(firm, year): power for firm, year, power in build.tuples(PROPOSED)}


def print_scores(folder: Path) -> None:
    """Recall per report and per firm, and precision."""
    truth, proposed = labels(), proposals_of(folder)
    right = {report for report, power in proposed.items() if truth.get(report) == power}
    firms = {firm for firm, _ in truth}
    whole = firms - {firm for firm, year in truth if (firm, year) not in right}
    print(f"\nunit guard, real listed reports: {len(truth)} of {len(firms)} firms in another unit")
    print(f"  recall {len(right) / len(truth):.3f} per report, {len(whole) / len(firms):.3f} per firm,", end="")
    print(f" precision {len(right) / len(proposed):.3f} of {len(proposed)} proposed")
    for report in sorted(truth.keys() - right) + sorted(proposed.keys() - right - truth.keys()):
        print(f"  {report[0]} {report[1]}: is {truth.get(report, 0)}, proposed {proposed.get(report)}")
