"""Positions: which followed titles a firm holds and which it meets, a boolean column each, a row a living firm."""

from datetime import date

import polars as pl

from tiers.columns import outcome
from tiers.movement.ledger import followed
from warehouse.buckets import keys_of
from warehouse.database.build import Database

MET = "met"
MEASURES = ("held", MET)


def columns() -> dict[str, tuple[str, str]]:
    """The columns of a position, ``held NAME`` and ``met NAME``, each with its measure and designation."""
    return {f"{measure} {name}": (measure, name) for measure in MEASURES for name in followed()}


def stored(
    source: Database, day: date, release: str, slices: tuple[int, int], firms: str | None = None
) -> pl.DataFrame:
    """The positions of the firms of some slices on a day, as the source or a release attached to it has them.

    ``firms``: a table of the firms to read; all where it is not given.
    """
    among = f" semi join {firms} using (firm_id)" if firms else ""
    prefix = f"{release}." if release else ""
    editions = source.tuples(
        f"select designation, position from {prefix}ref_verdict_columns where day = $1 and is_selected",  # noqa: S608
        [day],
    )
    met = [
        f'coalesce(wide.outcome.n{position} = {outcome.MET}, false) as "met {name}"'
        for name, position in editions
        if name in followed()
    ]
    positions = source.frame(
        f"select facts.firm_id, {', '.join(['titles.held', *met])}"  # noqa: S608 - our own names
        f" from {prefix}core_firm__facts as facts{among}"
        f" left join {prefix}core_tiers__verdicts_wide as wide on facts.firm_id = wide.firm_id and wide.day = $1"
        " and wide.firm_key between $2::ubigint and $3::ubigint"
        " left join (select firm_id, list(designation) as held"
        f" from {prefix}core_firm__held{among} where day = $1 group by all) as titles on facts.firm_id = titles.firm_id"
        " where facts.day = $1 and facts.firm_key between $2::ubigint and $3::ubigint"
        " and coalesce(facts.is_living, true)",
        [day, *keys_of(slices)],
    )
    return complete(positions)


def complete(positions: pl.DataFrame) -> pl.DataFrame:
    """Every column of a position: titles out of the list ``held``, and false for what no edition decides."""
    titles = [pl.col("held").list.contains(name).fill_null(False).alias(f"held {name}") for name in followed()]
    missing = [name for name, (measure, _) in columns().items() if measure == MET and name not in positions.columns]
    met = [pl.lit(False).alias(name) for name in missing]
    return positions.with_columns(*titles, *met).select("firm_id", *columns())


def changed(before: pl.DataFrame, after: pl.DataFrame) -> list[str]:
    """The firms with another position after than before, by their id; a firm that is not there has none."""
    joined = before.join(after, on="firm_id", how="full", coalesce=True, suffix=" after")
    differs = [pl.col(name).fill_null(False) != pl.col(f"{name} after").fill_null(False) for name in columns()]
    return joined.filter(pl.any_horizontal(differs))["firm_id"].sort().to_list()


def of_firms(positions: pl.DataFrame, firms: list[str]) -> pl.DataFrame:
    """The positions of these firms in their order; all false for a firm that is not there."""
    listed = pl.DataFrame({"firm_id": firms}, schema={"firm_id": pl.String})
    return listed.join(positions, on="firm_id", how="left", maintain_order="left").with_columns(
        pl.col(columns()).fill_null(False)
    )


def replaced(positions: pl.DataFrame, by: pl.DataFrame, firms: list[str]) -> pl.DataFrame:
    """The positions with those of ``firms`` taken from ``by``, in the columns that ``by`` has."""
    taken = [name for name in columns() if name in by.columns]
    joined = positions.join(
        by.select("firm_id", *taken), on="firm_id", how="left", maintain_order="left", suffix=" new"
    )
    is_taken = pl.col("firm_id").is_in(firms)
    return joined.with_columns(
        pl.when(is_taken).then(pl.col(f"{name} new").fill_null(False)).otherwise(pl.col(name)).alias(name)
        for name in taken
    ).select("firm_id", *columns())
