"""What the history of a kind and title teaches: the basis of its odds and their record, or why there are none."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from tiers.movement.odds import Odds, Refusal
from warehouse.database import Build
from warehouse.odds import model
from warehouse.odds.record import MODEL, recorded
from warehouse.odds.storage import PAST
from warehouse.odds.strata import KEY, with_strata

Row = dict[str, Any]
Subject = tuple[str, str]
"""Kind, reach or lose, and designation."""
Histories = Mapping[Subject, pl.DataFrame]

LEARNED = ("core_odds__basis", "core_odds__weights", "mart_zone__odds_record", "mart_zone__odds_bins")

IN_ORDER = f"from {PAST} order by firm_key, firm_id, day, kind, designation"
HASHES = f"select kind, designation, bit_xor(hash(past))::varchar from {PAST} as past group by all"  # noqa: S608
SUBJECTS = """
select kinds.kind, rung.designation
from ref_designations as rung
cross join (values ('lose'), ('reach')) as kinds (kind)
where rung.rank is not null order by kinds.kind, rung.rank
"""


def learn(build: Build, limits: Odds) -> Histories:
    """Fill the tables of ``LEARNED``; returns the rows of the history with their strata by subject.

    A subject whose history is that of the release before keeps what that one learned.
    """
    hashes = {(kind, designation): value for kind, designation, value in build.tuples(HASHES)}
    histories: dict[Subject, pl.DataFrame] = {}
    if hashes:
        rows = with_strata(build.frame(IN_ORDER), limits)
        histories = {
            (str(kind), str(designation)): part
            for (kind, designation), part in rows.partition_by(KEY, as_dict=True, maintain_order=True).items()
        }
    known = {(kind, designation): value for kind, designation, value in build.tuples(_KNOWN)}
    with build.together():
        for subject in [(kind, designation) for kind, designation in build.tuples(SUBJECTS)]:
            value = hashes.get(subject, "")
            if known.get(subject) != value:
                _forget(build, subject)
                _learn_subject(build, subject, histories.get(subject), value, limits)
    return histories


_KNOWN = "select kind, designation, history from core_odds__basis"


def _forget(build: Build, subject: Subject) -> None:
    for table in LEARNED:
        build.execute(f"delete from {table} where kind = $1 and designation = $2", list(subject))  # noqa: S608


def _learn_subject(build: Build, subject: Subject, rows: pl.DataFrame | None, value: str, limits: Odds) -> None:
    """Decide the basis on unseen years and keep the record, or state the reason of a refusal."""
    figures = _figures(rows)
    reason = limits.refusal(**figures)
    if rows is None or reason is not None:
        entry = _refusal(reason or "short_history", figures, limits)
    else:
        record = recorded(rows, limits)
        weights = model.fit(rows) if record.basis == MODEL else {}
        _append(build, subject, "mart_zone__odds_record", [{"basis": record.basis, **row} for row in record.scores])
        _append(build, subject, "mart_zone__odds_bins", [{"basis": record.basis, **row} for row in record.bins])
        _append(build, subject, "core_odds__weights", [{"feature": name, "weight": w} for name, w in weights.items()])
        entry = {"basis": record.basis}
    _append(build, subject, "core_odds__basis", [{**figures, "history": value, **entry}])


def _figures(rows: pl.DataFrame | None) -> dict[str, int]:
    if rows is None:
        return {"firm_years": 0, "years": 0, "events": 0}
    return {
        "firm_years": rows.height,
        "years": rows["day"].n_unique(),
        "events": int(rows["has_happened"].sum()),
    }


def _refusal(reason: Refusal, figures: Mapping[str, int], limits: Odds) -> Row:
    words = limits.words(reason)
    named = {**figures, **limits.model_dump(include={"firm_years_min", "years_min", "events_min"})}
    return {
        "refused_reason": reason,
        "refused_zh": words.zh.format(**named),
        "refused_en": words.en.format(**named),
    }


def _append(build: Build, subject: Subject, table: str, rows: Sequence[Row]) -> None:
    kind, designation = subject
    frame = pl.DataFrame([{"kind": kind, "designation": designation, **row} for row in rows], infer_schema_length=None)
    build.put(table, frame, append=True)
