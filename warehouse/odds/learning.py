"""What the history of a kind and title teaches: the basis of its odds and their record, or why there are none."""

from collections.abc import Mapping, Sequence

import polars as pl

from tiers.movement.odds import Odds, Refusal
from warehouse.database.build import Build
from warehouse.odds import model
from warehouse.odds.record import MODEL, recorded
from warehouse.odds.storage import PAST
from warehouse.odds.strata import KEY, with_strata
from warehouse.rows import Row

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
    bases: list[Row] = []
    with build.together():
        for subject in [(kind, designation) for kind, designation in build.tuples(SUBJECTS)]:
            value = hashes.get(subject, "")
            if known.get(subject) != value:
                if subject in known:
                    _forget(build, subject)
                basis = _learn_subject(build, subject, histories.get(subject), limits)
                bases.append({**_of(subject), "history": value, **basis})
        _append(build, "core_odds__basis", bases)
    return histories


_KNOWN = "select kind, designation, history from core_odds__basis"


def _forget(build: Build, subject: Subject) -> None:
    for table in LEARNED:
        build.execute(f"delete from {table} where kind = $1 and designation = $2", list(subject))  # noqa: S608


def _learn_subject(build: Build, subject: Subject, rows: pl.DataFrame | None, limits: Odds) -> Row:
    """Decide the basis on unseen years and keep the record, or state the reason of a refusal; the row of the basis."""
    figures = _figures(rows)
    reason = limits.refusal(**figures)
    if rows is None or reason is not None:
        return {**figures, **_refusal(reason or "short_history", figures, limits)}
    record = recorded(rows, limits)
    weights = model.fit(rows) if record.basis == MODEL else {}
    of_basis = {**_of(subject), "basis": record.basis}
    _append(build, "mart_zone__odds_record", [{**of_basis, **row} for row in record.scores])
    _append(build, "mart_zone__odds_bins", [{**of_basis, **row} for row in record.bins])
    _append(
        build,
        "core_odds__weights",
        [{**_of(subject), "feature": name, "weight": weight} for name, weight in weights.items()],
    )
    return {**figures, "basis": record.basis}


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


def _of(subject: Subject) -> Row:
    kind, designation = subject
    return {"kind": kind, "designation": designation}


def _append(build: Build, table: str, rows: Sequence[Row]) -> None:
    build.put(table, pl.DataFrame(rows, infer_schema_length=None), append=True)
