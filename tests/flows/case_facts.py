"""Facts and answers of a zone of worked cases: a run up to the core, then the facts of every day of a case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl
from tiny_zone import Built

from tiers import load_rulebook
from tiers.columns.sheet import Sheet
from tiers.columns.view import View
from tiers.evaluation.one_pass import evaluate
from tiers.evaluation.score import score_of
from tiers.schema.points import Scored
from warehouse import recipe
from warehouse.database.build import Build
from warehouse.models import graph

Row = Mapping[str, Any]


def facts_on(built: Built, days: Iterable[date]) -> pl.DataFrame:
    """The facts of every firm on each of the days, by the models that ``explain --day`` uses."""
    layer = graph.tables("facts")
    sources = {source for table in layer for source in graph.reads(table)} - {*layer, "evaluation_day", "parameter"}
    with Build.in_memory(release=built.path) as build:
        for table in sorted(sources):
            build.execute(f"create view {table} as select * from release.{table}")
        build.execute("create table evaluation_day as select unnest($1::date[]) as day", [sorted(set(days))])
        recipe.build_facts(build)
        return build.frame("select * from core_firm__facts")


def answer(facts: pl.DataFrame, edition: str, condition: str, day: date) -> Row:
    """The verdict of an edition for one firm, or its finding on a condition."""
    result = evaluate(facts, [load_rulebook().edition(edition)], day)
    rows = result.findings().filter(pl.col("condition_id") == condition) if condition else result.verdicts
    return rows.row(0, named=True)


def points(facts: pl.DataFrame, edition: str, indicator: str, day: date) -> tuple[float, float]:
    """The range of points of one indicator of an edition's score."""
    leaf = next(leaf for leaf in load_rulebook().edition(edition).conditions.leaves() if isinstance(leaf, Scored))
    alone = tuple(part for part in leaf.indicators if part.id == indicator)
    sheet = Sheet("alone")
    reach = score_of(leaf.model_copy(update={"score": alone, "stated": None}), View(day), sheet)
    for columns in sheet:
        facts = facts.with_columns(**columns)
    low, high = facts.select(reach.low / 10, high=reach.high / 10).row(0)
    return float(low), float(high)
