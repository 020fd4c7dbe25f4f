"""Candidate firms for a name, for a person to choose from; nothing is ever joined by likeness.

SQL selects names that share rare bigrams; only those are compared character by character (RapidFuzz).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import polars as pl
from rapidfuzz import fuzz, process

from warehouse.database.build import Build
from warehouse.database.few_macros import Names
from warehouse.definition import read_yaml

WRITTEN = Path(__file__).with_name("matching.yml")
_GRAMS = "unnest(list_transform(range(1, len(core) + 1), lambda i: ('^' || core)[i:i + 1]))"


@dataclass(frozen=True)
class Limits:
    """Limits on the proposals that are selected, compared and returned; see matching.yml."""

    shown: int
    pool: int
    bigrams: int
    bigram_firms_max: int
    score_min: int
    names_at_a_time: int


@lru_cache
def limits() -> Limits:
    """The limits of matching.yml."""
    content, _ = read_yaml(WRITTEN)
    return Limits(**content["candidates"])


def propose(build: Build, names: pl.Series, chosen: Limits | None = None) -> pl.DataFrame:
    """The most similar firms for each normalised name: ``query, firm_id, name, score`` (0–100), the best first.

    ``build`` has ``core_firm__names``; every full name a firm ever had is compared.
    """
    limit = chosen or limits()
    _index(build, limit)
    queries = names.unique(maintain_order=True)
    each = limit.names_at_a_time
    parts = [_of_chunk(build, queries.slice(start, each), limit) for start in range(0, len(queries), each)]
    build.execute("drop table gram")
    build.execute("drop table gram_names")
    build.execute("drop table bearer")
    return pl.concat(parts) if parts else _scored(pl.DataFrame(schema=_PAIR), limit)


def _index(build: Build, limit: Limits) -> None:
    build.execute(
        "create or replace temp table bearer as"
        " select row_number() over (order by firm_id, name_norm, kind) as bearer, firm_id, name, name_norm,"
        " core_name as core from core_firm__names where kind <> 'short'"
    )
    build.execute(
        f"create or replace temp table gram as select distinct {_GRAMS} as gram, bearer from bearer"  # noqa: S608
    )
    build.execute(
        "create or replace temp table gram_names as"
        " select gram, count(*) as names, count(*) > $1 as is_common from gram group by gram",
        [limit.bigram_firms_max],
    )
    build.execute("delete from gram where gram in (select gram from gram_names where is_common)")


_PAIR = {"query": pl.String, "core": pl.String, "firm_id": pl.String, "name": pl.String, "name_norm": pl.String,
         "known_core": pl.String, "shared": pl.Float64}  # fmt: skip


def _of_chunk(build: Build, names: pl.Series, limit: Limits) -> pl.DataFrame:
    sql = (
        "with queries as materialized"  # noqa: S608
        " (select query, core_name(query) as core from (select unnest($names::varchar[]) as query)),"
        f" part as materialized (select distinct query, {_GRAMS} as gram from queries),"
        " weighed as materialized (select part.*, names, 1 / ln(1 + coalesce(names, 1)) as weight"
        "   from part left join gram_names using (gram) where not coalesce(is_common, false)),"
        " rare as (select * from weighed where names is not null"
        "   qualify row_number() over (partition by query order by names, gram) <= $bigrams),"
        " pool as (select rare.query, bearer from rare inner join gram using (gram) group by rare.query, bearer"
        "   qualify row_number() over (partition by rare.query order by sum(weight) desc, bearer) <= $pool),"
        " total as (select query, sum(weight) as weight from weighed group by query),"
        " common as (select pool.query, pool.bearer, sum(weighed.weight) as weight from pool"
        "   inner join weighed on pool.query = weighed.query"
        "   inner join gram on weighed.gram = gram.gram and pool.bearer = gram.bearer group by pool.query, pool.bearer)"
        " select query, queries.core, bearer.firm_id, bearer.name, bearer.name_norm, bearer.core as known_core,"
        "   common.weight / total.weight as shared"
        " from common inner join queries using (query) inner join total using (query) inner join bearer using (bearer)"
    )
    # Names are bound, not registered as a view: that would import pyarrow.
    pairs = build.frame(sql, {"names": names.to_list(), "bigrams": limit.bigrams, "pool": limit.pool})
    return _scored(pairs, limit)


def _scored(pairs: pl.DataFrame, limit: Limits) -> pl.DataFrame:
    """The best name of each firm, scored by the similarity of name and core and by the share of rare bigrams."""
    name_ratio = process.cpdist(pairs["query"].to_list(), pairs["name_norm"].to_list(), scorer=fuzz.ratio, workers=-1)
    core = process.cpdist(pairs["core"].to_list(), pairs["known_core"].to_list(), scorer=fuzz.ratio, workers=-1)
    return (
        pairs.with_columns(
            score=(pl.Series((name_ratio + core) / 4, dtype=pl.Float64) + 50 * pl.col("shared")).round(1)
        )
        .filter(pl.col("score") >= limit.score_min)
        .sort("query", "score", "firm_id", descending=[False, True, False])
        .unique(["query", "firm_id"], keep="first", maintain_order=True)
        .group_by("query", maintain_order=True)
        .head(limit.shown)
        .select("query", "firm_id", "name", "score")
    )


@lru_cache(maxsize=64)
def proposals(release: Path, names: tuple[str, ...]) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """By normalised name the firms of a release that are like it, with their scores, the best first.

    A release never changes, so an answer is kept.
    """
    with Names.in_memory(release=release) as build:
        build.execute("create view core_firm__names as from release.core_firm__names")
        rows = propose(build, pl.Series(names, dtype=pl.String)).to_dicts() if names else []
    by_name: dict[str, list[tuple[str, float]]] = {}
    for row in rows:
        by_name.setdefault(row["query"], []).append((row["firm_id"], row["score"]))
    return {name: tuple(firms) for name, firms in by_name.items()}
