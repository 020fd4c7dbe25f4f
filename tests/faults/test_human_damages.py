"""Seeded damages as people make them: no row is lost, no value changed, and hardly a row waits without need.

``make damages`` tries a thousand and prints figures by damage.
"""

import os
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from human_damages import DAMAGES, MAY_WAIT
from office_tables import OfficeFile, office_file, store

from warehouse import recipe
from warehouse.database.build import Build
from warehouse.home import Home
from warehouse.intake.feed import Feed, load_feeds
from warehouse.intake.landing import Delivery, keep
from warehouse.models import building
from warehouse.sample.zone import write_sample

pytestmark = [pytest.mark.faults, pytest.mark.rule("nothing-lost")]

FILES = int(os.environ.get("TIDU_HUMAN_DAMAGES", "60"))
SEED = int(os.environ.get("TIDU_FUZZ_SEED", "20261128"))
FIRMS = 24
BATCH = 150
"""Damaged files in one build."""
PLACE = ("delivery_id", "sheet", "row_no", "seq", "feed")
MOST_WAITING = 0.02


@dataclass(frozen=True, eq=False)
class Trial:
    """A file, its feed, and the damage done to it; the undamaged file has none."""

    number: int
    feed: Feed
    file: OfficeFile
    damage: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.damage}: {self.file.name}"


@dataclass
class Outcome:
    """What became of the rows of a file: the values that were read and loaded, and the rows that wait."""

    read: Counter[tuple[str, ...]] = field(default_factory=Counter)
    loaded: Counter[tuple[str, ...]] = field(default_factory=Counter)
    waiting: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


def rows_of(build: Build, table: str) -> dict[str, Counter[tuple[str, ...]]]:
    """The values of each delivery's rows, without their place and how texts were written."""
    columns = [name for name in build.columns(table) if name not in PLACE and not name.endswith("_text")]
    listed = ", ".join(f'"{name}"::varchar' for name in columns)
    by_delivery: dict[str, Counter[tuple[str, ...]]] = {}
    for delivery, *values in build.tuples(f"select delivery_id, {listed} from {table}"):
        by_delivery.setdefault(delivery, Counter())[
            tuple(f"{n}={plain(v)}" for n, v in zip(columns, values, strict=True))
        ] += 1
    return by_delivery


def plain(value: str | None) -> str:
    """A text without blanks and width, which no damage of a text may add to."""
    return "".join(unicodedata.normalize("NFKC", value or "").split()).strip("'")


def outcomes(trials: Sequence[Trial], folder: Path) -> dict[Trial, Outcome]:
    """Read, type and check the files of these trials in a build of its own."""
    home = Home(folder / "home")
    deliveries: dict[str, Trial] = {}
    kept: list[Delivery] = []
    for trial in trials:
        (place := folder / str(trial.number)).mkdir()
        delivery = keep(store(trial.file, place), trial.feed, home, trial.number, datetime(2026, 6, 30, tzinfo=UTC))
        if delivery.delivery_id in deliveries:
            continue  # the damage found nothing to change, as another before it
        deliveries[delivery.delivery_id] = trial
        kept.append(delivery)
    results = {trial: Outcome() for trial in deliveries.values()}
    parameters = recipe.Parameters(date(2026, 6, 30), date(2025, 6, 30), "CN-3301", "damages")
    with Build.open(folder / "build.duckdb") as build:
        refused = recipe.load_rows(build, home, kept)
        recipe.write_inputs(build, [], parameters)
        building.build_layer(build, "staging")
        collect(build, deliveries, results, "read")
        recipe.preview_staging(build)
        collect(build, deliveries, results, "loaded")
        add_findings(build, deliveries, results)
    for rejection in refused:
        outcome = results[deliveries[rejection.delivery_id]]
        outcome.waiting, outcome.reasons = (
            deliveries[rejection.delivery_id].file.data_rows,
            Counter([rejection.message_en]),
        )
    return results


def collect(build: Build, deliveries: dict[str, Trial], results: dict[Trial, Outcome], stage: str) -> None:
    """The rows of each trial that are in staging now."""
    for table in sorted({table_of(trial.feed) for trial in results}):
        for delivery, rows in rows_of(build, table).items():
            setattr(results[deliveries[delivery]], stage, rows)


def add_findings(build: Build, deliveries: dict[str, Trial], results: dict[Trial, Outcome]) -> None:
    """The number of rows of each trial that wait, and the reasons."""
    for delivery, waiting in build.tuples("select delivery_id, rows_waiting from accounts"):
        results[deliveries[delivery]].waiting = waiting
    reasons = (
        "select delivery_id, rule_id, field, min(value), count(*) from quarantine"
        " where severity in ('reject', 'quarantine') group by all"
    )
    for delivery, rule, column, value, count in build.tuples(reasons):
        results[deliveries[delivery]].reasons[f"{rule} {column} {value!r}"] = count


def table_of(feed: Feed) -> str:
    """The staging table of a feed."""
    return "stg_recognition" if "designation" in feed.states else f"stg_{feed.name}"


def originals(folder: Path) -> list[Trial]:
    """The files of a small sample inbox."""
    write_sample(folder, FIRMS, (2024, 2025), seed=7)
    feeds = load_feeds()
    paths = sorted(path for path in (folder / "inbox").rglob("*") if path.is_file())
    return [
        Trial(number, feeds[path.parent.name], office_file(path, feeds[path.parent.name]))
        for number, path in enumerate(paths)
    ]


def damaged(files: Sequence[Trial], chance: random.Random, count: int) -> list[Trial]:
    """Every damage in turn, on a file it changes."""
    catalogue, trials = {**DAMAGES, **MAY_WAIT}, []
    names = list(catalogue)
    for number in range(count):
        name = names[number % len(names)]
        for original in chance.sample(files, len(files)):
            file = catalogue[name](original.file, chance)
            if file != original.file:
                trials.append(Trial(number, original.feed, file, name))
                break
    return trials


@dataclass
class Figures:
    """Rows by fate, and the trials behind each."""

    rows: Counter[str] = field(default_factory=Counter)
    trials: dict[str, list[str]] = field(default_factory=dict)

    def add(self, fate: str, count: int, trial: Trial, reason: str) -> None:
        """Count rows of a trial."""
        if count > 0:
            self.rows[fate] += count
            self.trials.setdefault(f"{fate}: {trial.damage}", []).append(f"{trial.number} {trial.file.name} {reason}")

    def judge(self, trial: Trial, before: Outcome, after: Outcome, rows: int) -> None:
        """Compare what became of a damaged file with what became of the undamaged one."""
        self.rows["rows"] += rows
        changed = Counter(row for row in after.loaded.elements() if row not in before.read)
        lost = rows - after.loaded.total() - after.waiting
        self.add("changed", changed.total(), trial, difference(changed, before.read - after.loaded))
        self.add("lost", lost, trial, "")
        if trial.damage in DAMAGES:
            needless = before.loaded.total() - after.loaded.total() - max(lost, 0)
            self.add("waiting", needless, trial, "; ".join(f"{reason} x{n}" for reason, n in after.reasons.items()))


def difference(changed: Counter[tuple[str, ...]], missing: Counter[tuple[str, ...]]) -> str:
    """The values of a changed row that no missing row has, beside those of the nearest missing row."""
    for row in changed:
        nearest = max(missing, key=lambda other: len(set(row) & set(other)), default=())
        return f"{sorted(set(row) - set(nearest))[:4]} for {sorted(set(nearest) - set(row))[:4]}"
    return ""


def test_damages_by_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]
) -> None:
    record_property("times", FILES)
    chance, figures = random.Random(SEED), Figures()
    files = originals(tmp_path / "sample")
    (base := tmp_path / "base").mkdir()
    undamaged = {trial.file.name: outcome for trial, outcome in outcomes(files, base).items()}
    rows = {trial.file.name: trial.file.data_rows for trial in files}
    trials = damaged(files, chance, FILES)
    for first in range(0, len(trials), BATCH):
        (folder := tmp_path / f"batch{first}").mkdir()
        for trial, outcome in outcomes(trials[first : first + BATCH], folder).items():
            name = trial.file.name
            figures.judge(trial, undamaged[name], outcome, rows[name])
    with capsys.disabled():
        sys.stdout.write(f"\n{len(trials)} damages: {dict(figures.rows)}\n")
        for fate, members in figures.trials.items():
            sys.stdout.write(f"  {fate} ({len(members)}): {members[0][:400]}\n")

    assert not figures.rows["lost"], figures.trials
    assert not figures.rows["changed"], figures.trials
    assert figures.rows["waiting"] <= MOST_WAITING * figures.rows["rows"], figures.trials
