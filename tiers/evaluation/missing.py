"""The figures that are missing where an edition is unknown: of some firms a single one decides."""

from collections.abc import Sequence

import polars as pl

from tiers.columns import outcome
from tiers.evaluation.compiled import Compiled
from tiers.evaluation.one_pass import Evaluation
from tiers.schema.facts import vocabulary


def missing_facts(today: Evaluation, parts: Sequence[Compiled]) -> pl.DataFrame:
    """Grain firm_id, designation, fact: every null fact that an unknown condition of an unknown edition needs."""
    return pl.concat([_missing(today, part) for part in parts])


def _missing(today: Evaluation, part: Compiled) -> pl.DataFrame:
    needed_by: dict[str, list[pl.Expr]] = {}
    for number, (_, columns) in enumerate(part.leaves):
        for fact in columns.facts:
            needed_by.setdefault(fact, []).append(part.answer_of(number) == outcome.UNKNOWN)
    facts = [
        pl.when(pl.col(fact).is_null() & pl.any_horizontal(is_unknown)).then(pl.lit(fact))
        for fact, is_unknown in needed_by.items()
        if fact not in _days() and fact in today.sheet.columns
    ]
    listed = pl.concat_list(facts) if facts else pl.lit(None, dtype=pl.List(pl.String))
    is_undecided = part.root.answer == outcome.UNKNOWN
    # Taken by name before they are filtered: the sheet has thousands of columns
    names = dict.fromkeys(("firm_id", *listed.meta.root_names(), *is_undecided.meta.root_names()))
    return (
        today.sheet[list(names)]
        .filter(is_undecided)
        .select("firm_id", designation=pl.lit(part.edition.designation), fact=listed)
        .explode("fact")
        .drop_nulls("fact")
    )


def _days() -> set[str]:
    """Facts that date others; where such a day is not stated, the fact itself counts as declared."""
    return {fact.dated for fact in vocabulary().values() if fact.dated}
