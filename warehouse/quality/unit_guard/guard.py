"""The guard in a run: after staging has typed the rows, before any sum or ratio is checked (sums hold in any unit).

A report with a proposed factor waits in quarantine; one that a person decided on is left to that decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.database import Build
from warehouse.quality.quarantine.decisions import address
from warehouse.quality.unit_guard.factors import Proposal, subject_of
from warehouse.quality.unit_guard.messages import Told, evidence_words, tell
from warehouse.quality.unit_guard.settings import Form, Settings, forms, settings
from warehouse.quality.unit_guard.source import Reading

PLACE = ["delivery_id", "sheet", "row_no"]
CHANCES = ["chance_factor", "chance_typical", "chance_staff"]
KEPT = [*PLACE, "firm", "year", "verdict", "power"]
DIGITS = 6
"""Of a probability: what lies beyond depends on which reports are worked through together."""


@dataclass(frozen=True)
class Guarded:
    """What the guard has to state: factors proposed, and peers that were measured, by form."""

    proposals: list[Proposal]
    peers: dict[str, dict[str, Any]]


def guard_units(build: Build) -> Guarded:
    """Judge every report; ``unit_judgement`` and lines of ``quarantine`` in the build, and what is to be stated."""
    assumed = settings()
    proposals: list[Proposal] = []
    _create(build)
    reports = Reading(build, forms(), assumed)
    for form, judged in reports.judged():
        proposals += _record(build, form, judged, assumed)
    return Guarded(proposals, reports.measured)


def in_build(build: Build, subjects: Iterable[str]) -> set[str]:
    """Those of the reports whose rows lie in the build; a part holds only what new deliveries touch."""
    return {subject for subject in subjects if _is_in_build(build, subject)}


def _is_in_build(build: Build, subject: str) -> bool:
    row = address(subject)
    if row.feed not in forms():
        return False
    rows = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608
    return bool(build.tuples(rows, [row.delivery_id, row.sheet, row.row_no]))


def _create(build: Build) -> None:
    build.execute(
        "create or replace table unit_judgement (feed varchar, delivery_id varchar, sheet varchar, row_no bigint,"
        " subject varchar, firm varchar, year integer, verdict varchar, power tinyint, chance_factor double,"
        " chance_typical double, chance_staff double, evidence_zh varchar, evidence_en varchar)"
    )


def _record(build: Build, form: Form, judged: pl.DataFrame, assumed: Settings) -> list[Proposal]:
    """What is not as usual, unless a person decided on the report."""
    decided = build.frame("select delivery_id, sheet, row_no from unit_decision")
    outside = pl.any_horizontal(f"outside_{name}" for name in form.blocks)
    unusual = ~pl.col("verdict").is_in(["typical", "unknown"]) | outside | pl.col("together")
    rows = judged.filter(unusual).join(decided, on=PLACE, how="anti", maintain_order="left").to_dicts()
    judgements, lines, proposals = [], [], []
    for row in rows:
        subject = subject_of(form.name, row)
        zh, en = evidence_words(row, form)
        kept = {name: row[name] for name in KEPT} | {name: round(row[name], DIGITS) for name in CHANCES}
        judgements.append({**kept, "feed": form.name, "subject": subject, "evidence_zh": zh, "evidence_en": en})
        lines += [_line(row, message) for message in tell(row, form, assumed)]
        if row["verdict"] == "factor":
            proposals.append(Proposal(subject, row["power"], zh, en))
    build.put("unit_judgement", pl.DataFrame(judgements, infer_schema_length=None), append=True)
    _keep_lines(build, form.name, lines)
    return proposals


def _line(row: dict[str, Any], message: Told) -> dict[str, Any]:
    return {**{name: row[name] for name in PLACE}, **vars(message)}


def _keep_lines(build: Build, feed: str, lines: list[dict[str, Any]]) -> None:
    """Into ``quarantine``, each with what was written in its field."""
    if not lines:
        return
    columns = build.columns(f"raw_{feed}")
    frame = pl.DataFrame(lines, infer_schema_length=None, schema_overrides={"value": pl.String})
    with build.view("line", frame):
        for field in {line["field"] for line in lines}:
            written = f'coalesce(line.value, raw."{field}")' if field in columns else "line.value"
            build.execute(
                f"insert into quarantine by name select line.delivery_id, $1 as feed, line.sheet, line.row_no,"  # noqa: S608
                f" line.rule as rule_id, line.severity, line.field, {written} as value,"
                " line.zh as message_zh, line.en as message_en"
                f" from line join raw_{feed} as raw using (delivery_id, sheet, row_no) where line.field = $2",
                [feed, field],
            )
