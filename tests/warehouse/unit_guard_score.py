"""Accuracy of the guard on reports with known mistakes: precision, recall and F1 of each kind of mistake."""

import polars as pl

KIND_OF = {
    "unit_every_year": "unit",
    "unit_one_year": "unit",
    "unit_cell": "cell",
    "note_number": "cell",
    "staff_wrong": "staff",
}


def score(judged: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """One row per kind: planted, predicted, right, precision, recall, f1.

    ``judged``: firm, year, verdict, power, cell. ``truth``: firm, year, kind, column, power of ten by which it is off;
    a unit counts as right with the right factor only, a cell with its name.
    """
    known = truth.with_columns(planted=pl.col("kind").replace_strict(KIND_OF, default=None, return_dtype=pl.String))
    joined = judged.join(
        known.select("firm", "year", "kind", "planted", "column", off="power"), on=["firm", "year"], how="left"
    )
    right = {
        "unit": (pl.col("verdict") == "factor") & (pl.col("power") == -pl.col("off")),
        "cell": (pl.col("verdict") == "cell") & (pl.col("cell") == pl.col("column")),
        "staff": pl.col("verdict") == "staff",
    }
    rows = [_row(joined, name, pl.col("planted") == name, verdict, right[name]) for name, verdict in VERDICTS.items()]
    parts = [_row(joined, kind, pl.col("kind") == kind, None, right[KIND_OF[kind]]) for kind in KIND_OF]
    return pl.concat([*rows, *parts], how="diagonal_relaxed")


VERDICTS = {"unit": "factor", "cell": "cell", "staff": "staff"}


def _row(joined: pl.DataFrame, name: str, planted: pl.Expr, verdict: str | None, right: pl.Expr) -> pl.DataFrame:
    counted = joined.select(
        kind=pl.lit(name),
        planted=planted.fill_null(False).sum(),
        predicted=(pl.col("verdict") == verdict).sum() if verdict else pl.lit(None, dtype=pl.UInt32),
        right=(planted & right).fill_null(False).sum(),
    )
    return counted.with_columns(
        precision=pl.when(pl.col("predicted") > 0).then(pl.col("right") / pl.col("predicted")),
        recall=pl.when(pl.col("planted") > 0).then(pl.col("right") / pl.col("planted")),
    ).with_columns(f1=2 * pl.col("precision") * pl.col("recall") / (pl.col("precision") + pl.col("recall")))


def wrong_about(judged: pl.DataFrame, truth: pl.DataFrame, kind: str) -> int:
    """How many reports of a harmless kind, such as a merger, were given a factor."""
    harmless = truth.filter(pl.col("kind") == kind).select("firm", "year")
    return judged.filter(pl.col("verdict") == "factor").join(harmless, on=["firm", "year"]).height
