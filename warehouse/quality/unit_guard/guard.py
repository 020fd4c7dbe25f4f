"""The guard in a run: after staging has typed the rows, before sums and ratios are checked (sums hold in any unit).

A report with a proposed factor waits in quarantine; on a report with a decision of a person nothing is recorded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from warehouse.database.build import Build
from warehouse.quality.quarantine.decisions import address
from warehouse.quality.unit_guard.factors import Proposal, subject_of
from warehouse.quality.unit_guard.messages import Message, evidence_text, messages_of
from warehouse.quality.unit_guard.settings import Form, Settings, forms, settings
from warehouse.quality.unit_guard.source import Reports

PLACE = ["delivery_id", "sheet", "row_no"]
CHANCES = ["chance_factor", "chance_typical", "chance_staff"]
JUDGED = [*PLACE, "firm", "year", "verdict", "power"]
NAMED = {"subject": pl.String, "feed": pl.String, "delivery_id": pl.String, "sheet": pl.String, "row_no": pl.Int64}
DIGITS = 6
"""Decimals of a stored probability: further ones depend on which reports are judged together."""


@dataclass(frozen=True)
class Guarded:
    """Content of statements to make: proposed factors, and the peers that were measured, by form."""

    proposals: list[Proposal]
    peers: dict[str, dict[str, Any]]


def guard_units(build: Build) -> Guarded:
    """Judge every report; writes ``unit_judgement`` and ``quarantine``, returns what is to be stated."""
    assumed = settings()
    proposals: list[Proposal] = []
    _create(build)
    reports = Reports(build, forms(), assumed)
    for form, judged in reports.judged():
        proposals += _record(build, form, judged, assumed)
    return Guarded(proposals, reports.measured)


def in_build(build: Build, subjects: Iterable[str]) -> set[str]:
    """The subjects whose rows are in the build; an incremental build has only rows that new deliveries affect."""
    rows = [(subject, address(subject)) for subject in subjects]
    places = [(subject, row.feed, row.delivery_id, row.sheet, row.row_no) for subject, row in rows]
    named = pl.DataFrame(places, schema=NAMED, orient="row")
    present: set[str] = set()
    for feed in forms().keys() & set(named["feed"]):
        with build.view("named", named.filter(pl.col("feed") == feed)):
            present |= set(
                build.column(
                    f"select distinct named.subject from named inner join raw_{feed} as raw"  # noqa: S608 - our own tables
                    " on raw.delivery_id = named.delivery_id and coalesce(raw.sheet, '') = named.sheet"
                    " and raw.row_no = named.row_no"
                )
            )
    return present


def _create(build: Build) -> None:
    build.execute(
        "create or replace table unit_judgement (feed varchar, delivery_id varchar, sheet varchar, row_no bigint,"
        " subject varchar, firm varchar, year integer, verdict varchar, power tinyint, chance_factor double,"
        " chance_typical double, chance_staff double, evidence_zh varchar, evidence_en varchar)"
    )


def _record(build: Build, form: Form, judged: pl.DataFrame, assumed: Settings) -> list[Proposal]:
    """Record the reports that are not as usual, except those that a person decided on."""
    rows = _to_record(build, form, judged, assumed).to_dicts()
    judgements, lines, proposals = [], [], []
    for row in rows:
        subject = subject_of(form.name, row)
        zh, en = evidence_text(row, form)
        judgement = {name: row[name] for name in JUDGED} | {name: round(row[name], DIGITS) for name in CHANCES}
        judgements.append({**judgement, "feed": form.name, "subject": subject, "evidence_zh": zh, "evidence_en": en})
        lines += [_line(row, message, form) for message in messages_of(row, form, assumed)]
        if row["verdict"] == "factor" and not row["confirmed"]:
            proposals.append(Proposal(subject, row["power"], zh, en))
    build.put("unit_judgement", pl.DataFrame(judgements, infer_schema_length=None), append=True)
    for feed in (form.name, form.heads_of):
        _write_lines(build, feed, [line for line in lines if line["feed"] == feed])
    if not form.heads_of:
        _hold_heads(build, form)
    return proposals


def _to_record(build: Build, form: Form, judged: pl.DataFrame, assumed: Settings) -> pl.DataFrame:
    """The reports that are not as usual, with ``confirmed``, the power of ten that a person confirmed, else null.

    A refused report counts as filed: of it only a cell is recorded. A confirmed one is judged as it was converted, so
    that what is still wrong with it is recorded.
    """
    outside = pl.any_horizontal(f"outside_{name}" for name in form.blocks)
    is_beside_wrong = (pl.col("verdict") == "unknown") & (pl.col("beside_filed") < assumed.decision.typical_from)
    unusual = ~pl.col("verdict").is_in(["typical", "unknown"]) | outside | pl.col("together") | is_beside_wrong
    decided = build.frame(
        "select delivery_id, sheet, row_no, state, nullif(unit_power, 0)::integer as confirmed from unit_decision"
        " where feed = $1",
        [form.name],
    )
    decided = decided.with_columns(
        pl.col("sheet", "delivery_id", "state").cast(pl.String), row_no=pl.col("row_no").cast(pl.Int64)
    )
    rows = judged.filter(unusual).with_columns(
        pl.col("sheet").cast(pl.String).fill_null(""), pl.col("row_no").cast(pl.Int64)
    )
    joined = rows.join(decided, on=PLACE, how="left", maintain_order="left")
    return joined.filter((pl.col("state").fill_null("") != "refused") | (pl.col("verdict") == "cell"))


def _hold_heads(build: Build, form: Form) -> None:
    """The head counts that are in doubt become unknown, unless a person accepted them; the money of the row counts."""
    unknown = ", ".join(f'"{name}" = null' for name in form.heads)
    build.execute(
        f"update stg_{form.name} as stg set {unknown} from quarantine as q"  # noqa: S608 - our own tables
        " anti join decision as d on d.decision = 'accepted' and d.delivery_id = q.delivery_id and d.row_no = q.row_no"
        " and d.sheet = coalesce(q.sheet, '') and d.rule_id = q.rule_id and d.field = coalesce(q.field, '')"
        " where q.severity = 'hold' and q.feed = $1 and stg.delivery_id = q.delivery_id"
        " and coalesce(stg.sheet, '') = coalesce(q.sheet, '') and stg.row_no = q.row_no",
        [form.name],
    )


def _line(row: dict[str, Any], message: Message, form: Form) -> dict[str, Any]:
    """A message at its row: a head count that another feed states at the row of that feed."""
    is_elsewhere = form.heads_of is not None and row["verdict"] == "staff"
    place = {name: row[f"heads_{name}" if is_elsewhere else name] for name in PLACE}
    return {**place, "feed": form.heads_of if is_elsewhere else form.name, **vars(message)}


def _write_lines(build: Build, feed: str | None, lines: list[dict[str, Any]]) -> None:
    """Insert messages into ``quarantine``, with the source value of their field; once for statements of one report."""
    if not lines or not feed:
        return
    columns = build.columns(f"raw_{feed}")
    frame = pl.DataFrame(lines, infer_schema_length=None, schema_overrides={"value": pl.String})
    with build.view("line", frame):
        for field in {line["field"] for line in lines}:
            written = f'coalesce(line.value, raw."{field}")' if field in columns else "line.value"
            build.execute(
                f"insert into quarantine by name select line.delivery_id, $1 as feed, raw.sheet, line.row_no,"  # noqa: S608
                f" line.rule as rule_id, line.severity, line.field, {written} as value,"
                " line.zh as message_zh, line.en as message_en"
                f" from line join raw_{feed} as raw on raw.delivery_id = line.delivery_id and raw.row_no = line.row_no"
                " and coalesce(raw.sheet, '') = coalesce(line.sheet, '')"
                " anti join quarantine as q on q.feed = $1 and q.delivery_id = line.delivery_id"
                " and coalesce(q.sheet, '') = coalesce(line.sheet, '') and q.row_no = line.row_no"
                " and q.rule_id = line.rule and q.field = line.field"
                " where line.field = $2",
                [feed, field],
            )
