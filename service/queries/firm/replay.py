"""The facts of one firm on any day, from what a release knows.

Facts of its two evaluation days are stored in it; for another day the models of a run are built on the firm's rows.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from tiers import evaluate, load_rulebook
from warehouse.database.build import Build, Snapshot
from warehouse.outputs import past_facts
from warehouse.rows import Row


def facts_on(release: Path, firm_id: str, day: date) -> pl.DataFrame:
    """One row, or none where the firm did not exist yet."""
    with Snapshot.open(release) as snapshot:
        if past_facts.is_stored(snapshot, day):
            return snapshot.frame(
                "select * from core_firm__facts where firm_key = firm_key($1) and firm_id = $1 and day = $2",
                [firm_id, day],
            )
    return built_facts(release, firm_id, day)


def built_facts(release: Path, firm_id: str, day: date) -> pl.DataFrame:
    """The same by the present models, for any day; the release is attached read-only and not touched."""
    with Build.in_memory(release=release) as build:
        past_facts.build_on(build, day, firm_id)
        return build.frame("select * from core_firm__facts")


def replayed_evidence(
    release: Path, firm_id: str, day: date, place: str, columns: Sequence[Sequence[str]]
) -> tuple[list[Row], list[Row], list[Row]]:
    """Verdicts, findings and facts of one firm on another day, in the columns of a release.

    ``columns`` names those of verdicts, of findings and of facts; no rows where the firm did not exist yet.
    """
    facts = facts_on(release, firm_id, day)
    book = load_rulebook(place=place)
    if facts.is_empty():
        return [], [], []
    selected = [edition.id for edition in book.selected(day, place)]
    result = evaluate(facts, book.in_force(day, place), day)
    tables = book.tables()
    names = tables["ref_facts"].rename({"fact": "missing_fact", "zh": "missing_zh", "en": "missing_en"})
    verdicts = (
        result.verdicts.with_columns(is_selected=pl.col("edition_id").is_in(selected))
        .join(tables["ref_editions"], on=["edition_id", "designation"])
        .join(tables["ref_designations"].select("designation", "rank"), on="designation")
        .sort("rank", "edition_id")
    )
    findings = (
        result.findings()
        .join(tables["ref_conditions"], on=["edition_id", "condition_id"])
        .join(names, on="missing_fact", how="left")
        .with_columns(contest=pl.lit(None, pl.String))  # another day is not what is contested
        .sort("edition_id", "seq")
    )
    answers = (verdicts, findings, facts)
    rows = [frame.select(wanted).to_dicts() for frame, wanted in zip(answers, columns, strict=True)]
    return rows[0], rows[1], rows[2]
