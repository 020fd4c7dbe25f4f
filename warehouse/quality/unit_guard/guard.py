"""The guard in a run: after staging has typed the rows, before any sum or ratio is checked (sums hold in any unit).

A report with a proposed factor waits in quarantine; one that a person decided on is left to that decision.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.database import Connection, reading, writing
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
    """What is to be said after the guard: factors proposed, and peers that were measured, by form."""

    proposals: list[Proposal]
    peers: dict[str, dict[str, Any]]


def guard_units(build: Path) -> Guarded:
    """Judge every report; ``unit_judgement`` and lines of ``quarantine`` in the build, and what is to be said."""
    assumed = settings()
    proposals: list[Proposal] = []
    with writing(build) as con:
        _create(con)
        reading_of = Reading(con, forms(), assumed)
        for form, found in reading_of.judged():
            proposals += _record(con, form, found, assumed)
    return Guarded(proposals, reading_of.measured)


def in_build(build: Path, subjects: Iterable[str]) -> set[str]:
    """Those of the reports whose rows lie in the build; a part holds only what new deliveries touch."""
    found = set()
    with reading(build) as con:
        for subject in subjects:
            row = address(subject)
            known = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608
            if row.feed in forms() and con.execute(known, [row.delivery_id, row.sheet, row.row_no]).fetchall():
                found.add(subject)
    return found


def _create(con: Connection) -> None:
    con.execute(
        "create or replace table unit_judgement (feed varchar, delivery_id varchar, sheet varchar, row_no bigint,"
        " subject varchar, firm varchar, year integer, verdict varchar, power tinyint, chance_factor double,"
        " chance_typical double, chance_staff double, evidence_zh varchar, evidence_en varchar)"
    )


def _record(con: Connection, form: Form, found: pl.DataFrame, assumed: Settings) -> list[Proposal]:
    """What is not as usual, unless a person decided on the report."""
    decided = con.sql("select delivery_id, sheet, row_no from unit_decision").pl()
    outside = pl.any_horizontal(f"outside_{name}" for name in form.blocks)
    unusual = ~pl.col("verdict").is_in(["typical", "unknown"]) | outside | pl.col("together")
    rows = found.filter(unusual).join(decided, on=PLACE, how="anti").to_dicts()
    judgements, lines, proposals = [], [], []
    for row in rows:
        subject = subject_of(form.name, row)
        zh, en = evidence_words(row, form)
        kept = {name: row[name] for name in KEPT} | {name: round(row[name], DIGITS) for name in CHANCES}
        judgements.append({**kept, "feed": form.name, "subject": subject, "evidence_zh": zh, "evidence_en": en})
        lines += [_line(row, told) for told in tell(row, form, assumed)]
        if row["verdict"] == "factor":
            proposals.append(Proposal(subject, row["power"], zh, en))
    _keep_judgements(con, judgements)
    _keep_lines(con, form.name, lines)
    return proposals


def _line(row: dict[str, Any], told: Told) -> dict[str, Any]:
    return {**{name: row[name] for name in PLACE}, **vars(told)}


def _keep_judgements(con: Connection, judgements: list[dict[str, Any]]) -> None:
    if judgements:
        con.register("arriving", pl.DataFrame(judgements, infer_schema_length=None))
        con.execute("insert into unit_judgement by name select * from arriving")
        con.unregister("arriving")


def _keep_lines(con: Connection, feed: str, lines: list[dict[str, Any]]) -> None:
    """Into ``quarantine``, each with what was written in its field."""
    if not lines:
        return
    con.register("arriving", pl.DataFrame(lines, infer_schema_length=None, schema_overrides={"value": pl.String}))
    known = {row[0] for row in con.execute(f"describe raw_{feed}").fetchall()}
    for field in {line["field"] for line in lines}:
        written = f'coalesce(line.value, raw."{field}")' if field in known else "line.value"
        con.execute(
            f"insert into quarantine by name select line.delivery_id, $1 as feed, line.sheet, line.row_no,"  # noqa: S608
            f" line.rule as rule_id, line.severity, line.field, {written} as value,"
            " line.zh as message_zh, line.en as message_en"
            f" from arriving as line join raw_{feed} as raw using (delivery_id, sheet, row_no) where line.field = $2",
            [feed, field],
        )
    con.unregister("arriving")
