"""Two editions, or one and a draft of it, compared firm by firm: who gains, who loses, and by which condition."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tiers import Edition, evaluate
from tiers.columns.outcome import CODE, JUDGEMENT
from warehouse.rows import Row

CHANGES = ("gained", "lost", "undecidable", "otherwise", "unchanged")
"""What can become of a firm, in the order of interest."""


def verdicts_of(facts: pl.DataFrame, edition: Edition, day: date) -> pl.DataFrame:
    """The verdicts of an edition on the firms of a day, in the order of ``facts``, which may hold other days too."""
    return evaluate(facts.filter(pl.col("day") == day), [edition], day).verdicts


def compared(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """One row a firm: both answers, the change, and the condition that did it.

    Judgement counts as being there: everything that can be counted is met. The condition is the one that decides where
    the firm is not there: by the second edition, or for a firm that gains by the first.
    """
    both = before.select("firm_id", before="outcome", first="deciding_condition").with_columns(
        after.select(after="outcome", second="deciding_condition", missing_fact="missing_fact")
    )
    was, now = (pl.col(name).replace_strict(CODE, return_dtype=pl.Int8) >= JUDGEMENT for name in ("before", "after"))
    change = (
        pl.when(pl.col("before") == pl.col("after"))
        .then(pl.lit("unchanged"))
        .when(~was & now)
        .then(pl.lit("gained"))
        .when(pl.col("after") == "unknown")
        .then(pl.lit("undecidable"))
        .when(was & ~now)
        .then(pl.lit("lost"))
        .otherwise(pl.lit("otherwise"))
    )
    by_first = pl.col("change") == "gained"
    return (
        both.with_columns(change=change)
        .with_columns(
            condition=pl.when(by_first).then("first").otherwise("second"),
            decided_by=pl.when(by_first).then(pl.lit("first")).otherwise(pl.lit("second")),
        )
        .select("firm_id", "before", "after", "change", "condition", "decided_by", "missing_fact")
    )


def words_of(editions: Sequence[Edition]) -> pl.DataFrame:
    """The texts of the conditions of both editions, and their places."""
    rows = [
        {"decided_by": by, "condition": leaf.id, "zh": leaf.zh, "en": leaf.en, "clause": leaf.clause}
        for by, edition in zip(("first", "second"), editions, strict=True)
        for leaf in edition.leaves()
    ]
    return pl.DataFrame(rows)


def conditions_of(firms: pl.DataFrame) -> list[Row]:
    """How many firms each condition changed, by kind of change, the most first; ``firms`` have the words."""
    return (
        firms.filter(pl.col("change") != "unchanged")
        .group_by("change", "condition", "zh", "en", "clause", "decided_by")
        .len("firms")
        .sort("change", "firms", "condition", descending=[False, True, False])
        .to_dicts()
    )
