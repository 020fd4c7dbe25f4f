"""All editions: those in force on a day for a place, and the reference tables."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import polars as pl

from tiers.columns.outcome import NAMES
from tiers.errors import UnknownNameError
from tiers.evaluation.compiled import compiled
from tiers.messages.requirement import required
from tiers.metrics import metric_of
from tiers.places import is_within
from tiers.schema.closing import closes
from tiers.schema.condition import Comparison, Conduct, Exclusion, Leaf, Test, Unavailable
from tiers.schema.edition import Edition
from tiers.schema.facts import Reading, ago_of, label, vocabulary
from tiers.schema.ladder import ladder
from tiers.schema.loader import read_edition
from tiers.schema.points import Scored
from tiers.schema.premise import FIRM_EXISTS

EDITIONS = Path(__file__).parent / "editions"


@dataclass(frozen=True)
class Rulebook:
    """The editions by their id."""

    editions: dict[str, Edition]
    _inputs: dict[tuple[str, date], dict[str, tuple[str, ...]]] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, name: str) -> Edition:
        """The edition of that id; raises ``UnknownNameError``."""
        if name not in self.editions:
            raise UnknownNameError(name, self.editions)
        return self.editions[name]

    def in_force(self, day: date, place: str) -> list[Edition]:
        """Every edition that binds on that day in that place: its own and those of the places around it."""
        return [
            edition
            for edition in self.editions.values()
            if edition.is_in_force(day) and is_within(place, edition.place)
        ]

    def selected(self, day: date, place: str) -> list[Edition]:
        """The edition that decides each designation: the most local one, of those the newest."""
        chosen: dict[str, Edition] = {}
        for edition in sorted(self.in_force(day, place), key=_locality):
            chosen[edition.designation] = edition
        deciding = {edition.id for edition in chosen.values()}  # two editions are compared field by field
        return [edition for name, edition in self.editions.items() if name in deciding]

    def inputs(self, edition: str, condition: str, day: date) -> tuple[str, ...]:
        """The columns of facts a condition rests on when it is asked on a day."""
        key = edition, day
        if key not in self._inputs:
            leaves = compiled(self.edition(edition), day).leaves
            self._inputs[key] = {leaf.id: columns.facts for leaf, columns in leaves}
        return self._inputs[key].get(condition, ())

    def tables(self) -> dict[str, pl.DataFrame]:
        """The reference tables: designations, outcomes, facts, titles that facts are about, editions and conditions."""
        return {**self._tables}

    @cached_property
    def _tables(self) -> dict[str, pl.DataFrame]:
        return {
            "ref_designations": _designations(),
            "ref_outcomes": pl.DataFrame({"outcome": NAMES}).with_row_index("code").cast({"code": pl.Int8}),
            "ref_facts": _facts(),
            "ref_title_facts": _title_facts(),
            "ref_held_facts": _asking("held"),
            "ref_held_otherwise_facts": _asking("held_otherwise"),
            "ref_editions": pl.DataFrame(list(map(_edition, self.editions.values())), infer_schema_length=None),
            "ref_conditions": pl.DataFrame(
                [row for edition in self.editions.values() for row in _conditions(edition)],
                infer_schema_length=None,
            ),
        }


@lru_cache
def load_rulebook(folder: Path = EDITIONS, designation: str | None = None, place: str | None = None) -> Rulebook:
    """Every edition below ``folder``; an invalid file raises ``DefinitionError`` with its line.

    With ``designation`` or ``place`` only the files of that designation, or of editions that can bind in that place,
    are read: most of the cost of a query about one firm is reading files.
    """
    editions = [
        read_edition(path)
        for path in sorted(folder.glob("*/*/*.yml"))
        if designation in (None, path.parent.parent.name)
        if place is None or is_within(place, path.parent.name)
    ]
    return Rulebook({edition.id: edition for edition in editions})


def _locality(edition: Edition) -> tuple[int, date, str]:
    """The order in which the most local edition, and of those the newest, is last."""
    return len(edition.place), edition.head.in_force.from_, edition.id


def _designations() -> pl.DataFrame:
    rows = [
        {
            "designation": name,
            "rank": designation.rank,
            "track": designation.track,
            "zh": designation.zh,
            "en": designation.en,
            "kind": designation.kind,
        }
        for name, designation in ladder().items()
    ]
    return pl.DataFrame(rows, schema_overrides={"rank": pl.Int32})


def _facts() -> pl.DataFrame:
    """Grain fact: its words, and of a yearly one how many years its year lies before the last full one."""
    names = [column for fact in vocabulary().values() for column in fact.columns]
    words = [{"fact": name, "zh": label(name, "zh"), "en": label(name, "en"), "ago": ago_of(name)} for name in names]
    return pl.DataFrame(words, schema_overrides={"ago": pl.Int8})


def _title_facts() -> pl.DataFrame:
    """Grain fact: the designation whose titles it is about."""
    rows = [(fact.name, fact.designation) for fact in vocabulary().values() if fact.designation]
    return pl.DataFrame(rows, schema=["fact", "designation"], orient="row")


def _asking(reading: Reading) -> pl.DataFrame:
    """One row with a column for each fact that asks whether a title is held by that reading: its designation."""
    return pl.DataFrame([{fact.name: fact.designation for fact in vocabulary().values() if fact.asks == reading}])


def _edition(edition: Edition) -> dict[str, object]:
    head = edition.head
    return {
        "edition_id": edition.id,
        "designation": edition.designation,
        "place": edition.place,
        "in_force_from": head.in_force.from_,
        "in_force_to": head.in_force.to,
        "validity": head.validity.text,
        "validity_years": head.validity.years,
        "valid_until_year_end": head.validity.year_end,
        "or_valid_until": head.validity.or_until,
        "title_zh": head.title.zh,
        "title_en": head.title.en,
        "document": head.document.title,
        "issuer": head.document.issuer,
        "number": head.document.number,
        "confidence": head.document.confidence,
        "has_figures": _has_figures(edition),
    }


def _has_figures(edition: Edition) -> bool:
    """Whether a figure decides anything beside the existence of the firm; else only people do, as by nomination."""
    return any(isinstance(leaf, Comparison | Scored) and leaf.id != FIRM_EXISTS.id for leaf in edition.leaves())


def _conditions(edition: Edition) -> list[dict[str, object]]:
    return [_condition(edition, leaf, number) for number, leaf in enumerate(edition.leaves(), 1)]


_UNITS: dict[type[Leaf], str] = {Scored: "point", Exclusion: "code", Unavailable: "text", Conduct: "bool"}


def _condition(edition: Edition, leaf: Leaf, number: int) -> dict[str, object]:
    metric = metric_of(leaf.metric) if isinstance(leaf, Comparison) else None
    unit = metric.unit if metric else _UNITS.get(type(leaf), "")
    tests = leaf.tests if isinstance(leaf, Test) else []
    if isinstance(leaf, Comparison) and leaf.bands:
        tests = leaf.bands[0].tests  # the bands of a condition differ in value, not in direction
    return {
        "edition_id": edition.id,
        "condition_id": leaf.id,
        "seq": number,
        "route": leaf.route,
        "zh": leaf.zh,
        "en": leaf.en,
        "clause": leaf.clause,
        "confidence": leaf.confidence or edition.head.document.confidence,
        "since": leaf.since,
        "until": leaf.until,
        "metric": metric.name if metric else None,
        "metric_zh": metric.zh if metric else None,
        "metric_en": metric.en if metric else None,
        "unit": unit,
        "closes": closes(leaf, edition.head.kind),
        "operator": tests[0][0] if tests else None,
        "required_zh": required(leaf, "zh"),
        "required_en": required(leaf, "en"),
    }
