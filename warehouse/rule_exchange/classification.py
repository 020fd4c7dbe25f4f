"""Evaluates every edition in force on the two days of a build, bucket by bucket so that memory stays flat.

The editions that decide the rungs are also asked of earlier years, as far as the signals need it: five editions, for
the firms that meet one of them or are near it.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tiers import Evaluation, Rulebook, evaluate
from tiers.evaluation.compiled import Compiled
from tiers.evaluation.earlier import UNCHANGING, earlier_answers, facts_then, near
from tiers.evaluation.missing import missing_facts
from tiers.evaluation.one_pass import facts_of
from tiers.evaluation.wide import Layout, layouts_of, stored
from tiers.movement.signals import limits
from tiers.schema.facts import vocabulary
from tiers.schema.ladder import ladder
from warehouse.database.build import Build
from warehouse.database.memory import beside_frames
from warehouse.rule_exchange import exchange, results


def classify(build: Build, book: Rulebook) -> None:
    """Verdicts of both days of ``parameter``, and the findings of its evaluation day."""
    ((day, previous_day),) = build.tuples("select day, previous_day from parameter")
    layouts = start(build, book)
    read = facts_read(layouts)
    with beside_frames(build):
        for share in exchange.buckets(build):
            with build.together():  # rows that a commit adds to a row group have it compressed again
                facts = exchange.facts(build, share, read)
                of_day = {layout.day: facts.filter(pl.col("day") == layout.day) for layout in layouts}
                for layout in layouts:
                    evaluated = _evaluate(build, layout, of_day[layout.day], day)
                    if layout.day == day:
                        rungs = _rungs(layout)
                        results.write(build, results.MISSING, missing_facts(evaluated, rungs))
                        _write_past_verdicts(build, rungs, evaluated, of_day[day], of_day[previous_day])


def facts_read(layouts: Sequence[Layout]) -> frozenset[str]:
    """The facts that are read of a firm: by the editions of the days, and by those of the rungs for earlier years."""
    of_days = [facts_of(layout.editions) for layout in layouts]
    today = layouts[0]
    return frozenset().union(*of_days, *(facts_then(_rungs(today), years, today.day) for years in _years_back()))


def start(build: Build, book: Rulebook) -> list[Layout]:
    """Create the tables of results without rows; returns how both days are stored, the evaluation day first."""
    ((day, previous_day, place),) = build.tuples("select day, previous_day, place from parameter")
    layouts = _layouts(book, (day, previous_day), place)
    _create_results(build, layouts)
    return layouts


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


def _evaluate(build: Build, layout: Layout, facts: pl.DataFrame, evaluation_day: date) -> Evaluation:
    """Write the verdicts of a day, and on the evaluation day the findings."""
    evaluated = evaluate(facts, [part.edition for part in layout.editions], layout.day)
    results.write(build, results.VERDICTS, stored(evaluated.sheet, layout.day, layout.verdicts))
    if layout.day == evaluation_day:
        results.write(build, results.FINDINGS, stored(evaluated.sheet, layout.day, layout.findings))
    return evaluated


def _rungs(layout: Layout) -> list[Compiled]:
    """The editions that decide the rungs of the ladder."""
    return [
        part
        for part in layout.editions
        if part.edition.id in layout.selected and ladder()[part.edition.designation].rank is not None
    ]


def _write_past_verdicts(
    build: Build, rungs: Sequence[Compiled], evaluated: Evaluation, today: pl.DataFrame, previously: pl.DataFrame
) -> None:
    """Write the verdicts of the editions of the rungs for earlier years, by the facts of both days."""
    known = limits()
    share = max(known["near_miss_share_of_line_at_most"], known["near_miss_for_years_share_of_line_at_most"])
    firms = near(evaluated, rungs, share)
    looked_at = pl.concat([rows["firm_id"] for _, rows in firms]).unique() if firms else pl.Series(dtype=pl.String)
    facts = _as_far_back(today.filter(pl.col("firm_id").is_in(looked_at.implode())), previously)
    for years in _years_back():
        earlier = earlier_answers(firms, facts, years, evaluated.day)
        results.write(build, results.EARLIER, earlier.answers)
        if years <= known["margin_thin_falls_at_least"]:
            results.write(build, results.MARGINS, earlier.margins)


def _years_back() -> range:
    """How many years before the evaluation day the signals look."""
    known = limits()
    return range(1, int(max(known["near_miss_for_years_years_at_least"], known["margin_thin_falls_at_least"])) + 1)


def _as_far_back(today: pl.DataFrame, previously: pl.DataFrame) -> pl.DataFrame:
    """The facts of the evaluation day, with facts of no year as they were on the previous day where they are known."""
    of_no_year = {fact.name for fact in vocabulary().values() if not fact.is_yearly} - UNCHANGING
    names = [name for name in today.columns if name in of_no_year]
    then = previously.select("firm_id", *names, was_there=pl.lit(True))
    joined = today.join(then, on="firm_id", how="left", suffix="_then")
    return joined.with_columns(
        pl.when("was_there").then(pl.col(f"{name}_then")).otherwise(pl.col(name)).alias(name) for name in names
    ).select(today.columns)
