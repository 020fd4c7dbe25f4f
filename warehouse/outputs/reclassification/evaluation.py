"""All firms of a day evaluated twice: by the editions that decided on it, and by those of another day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from tiers import Edition, evaluate, load_rulebook
from tiers.schema.restated import restated
from warehouse.database.build import Build, Database, Snapshot
from warehouse.outputs import past_facts
from warehouse.rule_exchange import exchange

VERDICT = (
    "firm_id",
    "designation",
    "edition_id",
    "outcome",
    "deciding_condition",
    "deciding_gap",
    "gap_unit",
    "missing_fact",
)


@dataclass(frozen=True)
class Rules:
    """The deciding editions of a place, as they are asked of the facts of ``day``."""

    day: date
    then: tuple[Edition, ...]
    today: tuple[Edition, ...]


def rules_of(place: str, day: date, rules_day: date) -> Rules:
    """The editions that decided on ``day``, and those of ``rules_day`` asked as of ``day``."""
    book = load_rulebook(place=place)
    today = tuple(restated(edition, rules_day, day) for edition in book.selected(rules_day, place))
    return Rules(day, tuple(book.selected(day, place)), today)


def evaluated(facts: Database, rules: Rules) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Verdicts (columns ``VERDICT``) by the rules of then and of today, a share of the firms at a time."""
    for share in exchange.buckets(facts):
        own = exchange.facts(facts, share).filter(pl.col("day") == rules.day)
        yield _verdicts(own, rules.then, rules.day), _verdicts(own, rules.today, rules.day)


def _verdicts(facts: pl.DataFrame, editions: Sequence[Edition], day: date) -> pl.DataFrame:
    verdicts = evaluate(facts, editions, day).verdicts
    return verdicts.select(VERDICT).sort("firm_id", "designation")


@contextmanager
def facts_of(release: Path, day: date, scratch: Path) -> Iterator[Database]:
    """The facts of all firms on a day: those of the release, or built from its core in the file ``scratch``."""
    with Snapshot.open(release) as snapshot:
        if past_facts.is_stored(snapshot, day):
            yield snapshot
            return
    scratch.unlink(missing_ok=True)
    try:
        with Build.open(scratch) as build:
            build.attach(release, "release")
            past_facts.build_on(build, day)
            yield build
    finally:
        scratch.unlink(missing_ok=True)
