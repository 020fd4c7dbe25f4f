"""The pool of a place as a reference table: the steps that are due of its members, in words."""

from datetime import date

import polars as pl

from tiers.cultivation.pools import pool_of
from tiers.cultivation.schema import Pool
from tiers.errors import NotInForce

KIND = "pool"
"""The kind of a step among what is due, and the beginning of its name there."""
_COLUMNS = ("duty", "step", "kind", "kind_zh", "kind_en", "zh", "en", "document", "clause", "confidence")


def pool_tables(place: str, day: date) -> dict[str, pl.DataFrame]:
    """``ref_pool_steps``: a row a step, by ``duty`` such as ``pool.serve``; none before the place has a pool."""
    try:
        pool = pool_of(place, day)
    except NotInForce:
        return {"ref_pool_steps": pl.DataFrame(schema=dict.fromkeys(_COLUMNS, pl.String))}
    rows = [(f"{KIND}.{name}", name, KIND, *_words(pool, name)) for name in pool.steps]
    return {"ref_pool_steps": pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")}


def _words(pool: Pool, name: str) -> tuple[str, ...]:
    step = pool.steps[name]
    source = step.source
    return (pool.title.zh, pool.title.en, step.zh, step.en, source.document, source.clause, str(source.confidence))
