"""Which edition decides each followed designation on a day in a place, and where two such sets of rules differ."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from tiers import Edition, Rulebook, evaluate
from tiers.columns import outcome
from tiers.evaluation.compiled import compiled
from tiers.evaluation.one_pass import facts_of
from tiers.movement.ledger import followed
from warehouse.database.build import Build

RULE_COLUMNS = "edition_id, condition_id, route, metric, operator, required_en, since, until"
"""What makes a condition of ``ref_conditions`` another rule; its wording does not."""


@dataclass(frozen=True)
class Rules:
    """The deciding edition of each followed designation, with its conditions in force on a day."""

    editions: dict[str, Edition]
    day: date

    @classmethod
    def of(cls, book: Rulebook, day: date, place: str) -> "Rules":
        """The rules of a day for a place."""
        chosen = {edition.designation: edition for edition in book.selected(day, place)}
        return cls({name: chosen[name] for name in followed() if name in chosen}, day)

    def differing(self, other: "Rules") -> tuple[str, ...]:
        """The designations that the two decide by another edition, or by other conditions of it."""
        return tuple(name for name in followed() if self._asked(name) != other._asked(name))

    def _asked(self, name: str) -> tuple[str, list[object]] | None:
        edition = self.editions.get(name)
        if edition is None:
            return None
        return edition.id, [leaf for leaf in edition.leaves() if leaf.binds(self.day)]

    def met(self, facts: pl.DataFrame, day: date, names: tuple[str, ...] = ()) -> pl.DataFrame:
        """``firm_id`` and ``met NAME`` by designation for living firms as of ``day``; only for ``names`` if given."""
        living = facts.filter(pl.col("is_living").fill_null(True))
        editions = self._named(names)
        if not editions:
            return living.select("firm_id")
        evaluated = evaluate(living, editions, day, self._terms_on(day))
        answers = [
            (part.root.answer == outcome.MET).fill_null(False).alias(f"met {part.edition.designation}")
            for part in evaluated.compiled
        ]
        return evaluated.sheet.select("firm_id", *answers)

    def facts_read(self, day: date, names: tuple[str, ...] = ()) -> list[str]:
        """The facts that ``met`` reads."""
        parts = (compiled(edition, day, self._terms_on(day)) for edition in self._named(names))
        return sorted(facts_of(parts) | {"is_living"})

    def _named(self, names: tuple[str, ...]) -> list[Edition]:
        return [edition for name, edition in self.editions.items() if not names or name in names]

    def _terms_on(self, day: date) -> date | None:
        """The day whose conditions are asked, where it is another than that of the facts."""
        return None if self.day == day else self.day


def corrected(build: Build, rules: Rules) -> tuple[str, ...]:
    """The designations that ``earlier``, the release attached under this name, decided by another text of the rules."""
    same = {
        edition_id
        for edition_id in (edition.id for edition in rules.editions.values())
        if not build.tuples(
            f"(select {RULE_COLUMNS} from ref_conditions where edition_id = $1 except"  # noqa: S608 - our own names
            f" select {RULE_COLUMNS} from earlier.ref_conditions where edition_id = $1) union all"
            f" (select {RULE_COLUMNS} from earlier.ref_conditions where edition_id = $1 except"
            f" select {RULE_COLUMNS} from ref_conditions where edition_id = $1)",
            [edition_id],
        )
    }
    deciding = dict(
        build.tuples(
            "select designation, edition_id from earlier.ref_verdict_columns where is_selected and day = $1",
            [rules.day],
        )
    )
    chosen = {name: edition.id for name, edition in rules.editions.items()}
    return tuple(
        name
        for name in followed()
        if chosen.get(name) != deciding.get(name) or (name in chosen and chosen[name] not in same)
    )
