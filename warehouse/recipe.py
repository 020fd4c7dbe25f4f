"""How a build is made: its parts in their order, each a function on the open build.

load_rows ─ write_inputs ─ build_staging ─ check_staging ─ build_core ─ build_facts
─ classify_firms ─ build_ladder ─ build_movement ─ estimate_odds ─ build_marts

A run takes them all (``flows/steps.py``) and checks each layer before the next. The preview of a file ends with its
checks, names are matched on the rows of one file beside a release, and facts of another day are built from the core
of a release: they use the parts they need, so that the order within a part is defined once.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import reference
from warehouse.casebook.events import Event
from warehouse.casebook.statements import write_events
from warehouse.database.build import Build
from warehouse.database.new_build import Template
from warehouse.database.touched import Touched
from warehouse.home import Home
from warehouse.intake import load
from warehouse.intake.feed import load_feeds
from warehouse.intake.landing import Delivery
from warehouse.intake.load import NO_REFUSALS, Rejection
from warehouse.intake.refusals import Refusal
from warehouse.models import building
from warehouse.models.working_days import working_days
from warehouse.odds import storage
from warehouse.quality import check, findings
from warehouse.quality.quarantine import decisions
from warehouse.quality.rules import ids_of
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.converting import apply_factors
from warehouse.release.delta.keys import write_keys
from warehouse.rule_exchange import exchange, results

if TYPE_CHECKING:
    from warehouse.quality.unit_guard.guard import Guarded


@dataclass(frozen=True)
class Parameters:
    """What models read instead of a clock: the two days, the place whose editions come first, the run."""

    day: date
    previous_day: date
    place: str
    run_id: str


@contextmanager
def open_new(path: Path) -> Iterator[Build]:
    """A build; from the second of a process one that begins with the tables that definitions alone decide."""
    _BEGINNING.begin(path, _with_definitions)
    with Build.open(path) as build:
        yield build


@contextmanager
def _with_definitions(path: Path) -> Iterator[None]:
    with Build.open(path) as build:
        reference.load_seeds(build)
        _write_rulebook(build)
        yield


_BEGINNING = Template()


def load_rows(
    build: Build, home: Home, deliveries: Iterable[Delivery], refusals: Mapping[str, Refusal] = NO_REFUSALS
) -> list[Rejection]:
    """Load every row of these deliveries as text, and the findings of readers; returns the rejected files."""
    unsure = ids_of("not_data"), ids_of("perhaps_data")
    rejections = load.load(build, home, load_feeds(), unsure, deliveries, refusals)
    findings.describe_reader_findings(build)
    return rejections


def write_inputs(build: Build, events: Iterable[Event], parameters: Parameters) -> None:
    """Write what models read: as for staging, cases, keys of rows, causes of changes."""
    from warehouse.casebook.case_rows import write_cases  # SQLAlchemy
    from warehouse.ledger import comparison  # the rules of movement

    events = list(events)
    _load_seeds(build)
    with build.together():
        _write_what_is_known(build, events, parameters)
        write_cases(build, events, parameters.day)
        write_keys(build, load_feeds().values())
        comparison.prepare(build, parameters.place)


def write_staging_inputs(build: Build, events: Iterable[Event], parameters: Parameters) -> None:
    """Write what staging and its checks read: reference tables, events, corrected cells, parameters."""
    _load_seeds(build)
    _write_what_is_known(build, events, parameters)


def _write_what_is_known(build: Build, events: Iterable[Event], parameters: Parameters) -> None:
    with build.together():
        write_events(build, events)
        decisions.apply_corrections(build, load_feeds())
        building.set_parameters(build, **asdict(parameters))


def _load_seeds(build: Build) -> None:
    """Unless the build began with them; before a transaction, within which to ask for a table takes far longer."""
    if not reference.has_seeds(build):
        with build.together():
            reference.load_seeds(build)


def build_staging(build: Build) -> "Guarded":
    """Typed rows in base units; units are judged before any check, because sums are valid in any unit."""
    from warehouse.quality.unit_guard.guard import guard_units  # NumPy, which matching does without

    building.build_layer(build, "staging")
    factors.write_decisions(build)
    apply_factors(build)
    return guard_units(build)


def check_staging(build: Build) -> list[check.Breach]:
    """Rows that fail a rule go to quarantine; returns what stops a release."""
    return check.check_layer(build, "staging")


def preview_staging(build: Build) -> None:
    """As ``check_staging``, without Great Expectations and without what would stop a release."""
    check.preview_staging(build)


def preview_rows(build: Build) -> None:
    """Staging and its checks without the guard of units, which judges whole reports."""
    building.build_layer(build, "staging")
    factors.write_decisions(build)
    apply_factors(build)
    check.preview_staging(build)


def build_core(build: Build) -> None:
    """The rule book as reference tables, then firms, names, titles and yearly figures."""
    if not build.has_table("ref_editions"):
        _write_rulebook(build)
    storage.start(build)
    building.build_layer(build, "core")


def _write_rulebook(build: Build) -> None:
    from tiers import load_rulebook  # the evaluation, which previews do without
    from tiers.movement import odds, time_in_rung

    exchange.write_reference(build, load_rulebook().tables() | time_in_rung.tables() | odds.tables())


def build_facts(build: Build) -> None:
    """One row for each firm and day: the columns that the rules may use."""
    building.build_layer(build, "facts")


def classify_firms(build: Build) -> None:
    """Verdicts and findings of every edition in force."""
    from tiers import load_rulebook  # the evaluation, which previews do without
    from warehouse.rule_exchange.classification import classify

    classify(build, load_rulebook())


def build_ladder(build: Build) -> None:
    """Verdicts of the selected editions on the ladder, and each firm's position."""
    with results.verdicts_of_all_firms(build):
        building.build_layer(build, "ladder")


def build_movement(build: Build) -> None:
    """How each firm's position changed, its signals and next step; time in the rung; what is due."""
    write_duties(build)
    building.build_layer(build, "movement")


def write_duties(build: Build) -> None:
    """Duties, windows, steps of the pools and working days as reference tables."""
    from tiers.cultivation.tables import pool_tables
    from tiers.movement.tables import due_tables  # the duties and windows, which previews do without

    ((place, day),) = build.tuples("select place, day from parameter")
    days = {"ref_working_days": working_days(place, day)}
    exchange.write_reference(build, {**due_tables(), **pool_tables(place, day), **days})


def estimate_odds(build: Build, touched: Touched | None = None) -> None:
    """Odds of every firm, from the history of all: of a complete build only; ``touched`` as for ``estimate``."""
    from warehouse.odds.estimation import estimate  # the evaluation, which previews do without

    estimate(build, touched)


def build_marts(build: Build) -> list[str]:
    """The tables that pages, extracts and the command line read; their names."""
    return building.build_layer(build, "marts")
