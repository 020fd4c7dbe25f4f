"""Verdicts as odds use them: the answer, and the gap of the deciding condition as a share of its line."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tiers.evaluation.compiled import compiled
from tiers.schema.edition import Edition
from warehouse.database.build import Build


def required(editions: Sequence[Edition], day: date) -> pl.DataFrame:
    """Grain edition_id, condition_id: the line, in the unit of the gap; none where a condition has no single line."""
    rows = [
        (edition.id, leaf.id, columns.bound.required)
        for edition in editions
        for leaf, columns in compiled(edition, day).leaves
        if columns.bound is not None
    ]
    schema = {"edition_id": pl.String, "deciding_condition": pl.String, "required": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True)


def write_verdicts(build: Build, verdicts: pl.DataFrame, lines: pl.DataFrame) -> None:
    """``odds_verdict``: firm_id, designation, outcome, gap_share, from verdicts of selected editions."""
    share = pl.col("deciding_gap") / pl.col("required").abs()
    frame = verdicts.join(lines, on=["edition_id", "deciding_condition"], how="left").select(
        "firm_id",
        "designation",
        outcome=pl.when("is_closed").then(pl.lit("closed")).otherwise("outcome"),
        gap_share=pl.when(pl.col("required") != 0).then(share),
    )
    build.put("odds_verdict", frame)
