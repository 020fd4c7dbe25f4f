"""Evaluates every edition in force on the two days of a build, bucket by bucket so that memory stays flat."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tiers import Rulebook, evaluate
from tiers.evaluation.wide import Layout, layouts_of, stored
from warehouse.database import Build
from warehouse.rule_exchange import exchange, results


def classify(build: Build, book: Rulebook) -> None:
    """Verdicts of both days of ``parameter``, and the findings of its evaluation day."""
    ((day, previous_day, place),) = build.tuples("select day, previous_day, place from parameter")
    layouts = _layouts(book, (day, previous_day), place)
    _create_results(build, layouts)
    for share in exchange.buckets(build):
        facts = exchange.facts(build, share)
        for layout in layouts:
            _evaluate(build, layout, facts.filter(pl.col("day") == layout.day), day)


def _layouts(book: Rulebook, days: Sequence[date], place: str) -> list[Layout]:
    """How the results of both days are stored; the evaluation day first."""
    distinct = dict.fromkeys(days)
    return layouts_of(
        {day: book.in_force(day, place) for day in distinct}, {day: book.selected(day, place) for day in distinct}
    )


def _create_results(build: Build, layouts: Sequence[Layout]) -> None:
    editions = pl.concat([layout.edition_columns() for layout in layouts])
    tables = {"ref_verdict_columns": editions, **layouts[0].tables()}
    results.start(build, layouts[0].verdicts, layouts[0].findings, tables)


def _evaluate(build: Build, layout: Layout, facts: pl.DataFrame, evaluation_day: date) -> None:
    """Write the verdicts of a day, and on the evaluation day the findings."""
    sheet = evaluate(facts, [part.edition for part in layout.editions], layout.day).sheet
    results.write(build, results.VERDICTS, stored(sheet, layout.day, layout.verdicts))
    if layout.day == evaluation_day:
        results.write(build, results.FINDINGS, stored(sheet, layout.day, layout.findings))
