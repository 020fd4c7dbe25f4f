"""A firm at a glance, as the drawer over a list shows it: where it stands, what decides, what is next and due."""

from dataclasses import dataclass

from service.queries.release.provenance import Sources, sources_of
from service.queries.release.tables import has_view
from warehouse.release.releases import Reader
from warehouse.rows import Row

NEXT_DUE = 3
"""Things that are due next."""
CONDITIONS = 6
"""Conditions: those that decide, then those that are not met, then the others."""
_VERDICT = """
    select * from desk_firm__verdicts where firm_key = firm_key($1) and firm_id = $1 and is_selected
        and ($2 is null and outcome = 'met' or designation = $2)
    order by rank desc nulls last, edition_id limit 1
"""
_CONDITIONS = """
    select evidence.*, (select list(fact order by seq) from desk_ref_condition_facts as rests
        where rests.edition_id = evidence.edition_id and rests.condition_id = evidence.condition_id) as facts
    from desk_firm__evidence as evidence
    where firm_key = firm_key($1) and firm_id = $1 and edition_id = $2
        and (is_deciding or route is not distinct from $3 or route is null)
    order by is_deciding desc, outcome = 'met', seq limit $4
"""
_SIGNALS = """
    select given.*, signal.do_zh, signal.do_en from desk_movers__signals as given
    inner join desk_ref_signals as signal using (signal) where firm_id = $1 order by signal_seq, designation
"""
_DUE = """
    select duty_zh, duty_en, due_on, start_by, owner_role_zh, owner_role_en, is_overdue from desk_firm__due
    where firm_key = firm_key($1) and firm_id = $1 and (state = 'open' or is_overdue) order by due_on, duty limit $2
"""


@dataclass(frozen=True)
class Glance:
    """The mover's row, the verdict on the title that is next (None where none is), its conditions with ``sources``."""

    mover: Row
    verdict: Row | None
    conditions: list[Row]
    signals: list[Row]
    due: list[Row]


def glance(release: Reader, firm_id: str) -> Glance | None:
    """A firm of a release at a glance; None where it has none of that number."""
    movers = release.rows("select * from desk_movers__firms where firm_id = $1", [firm_id])
    if not movers:
        return None
    (mover,) = movers
    verdicts = release.rows(_VERDICT, [firm_id, mover["next_designation"]])
    verdict = verdicts[0] if verdicts else None
    due = release.rows(_DUE, [firm_id, NEXT_DUE]) if has_view(release, "desk_firm__due") else []
    signals = release.rows(_SIGNALS, [firm_id]) if has_view(release, "desk_movers__signals") else []
    return Glance(mover, verdict, _conditions(release, verdict), signals, due)


def _conditions(release: Reader, verdict: Row | None) -> list[Row]:
    if verdict is None or not has_view(release, "desk_ref_condition_facts"):
        return []
    firm_id = verdict["firm_id"]
    rows = release.rows(_CONDITIONS, [firm_id, verdict["edition_id"], verdict["route"], CONDITIONS])
    sources = sources_of(release, firm_id, release.rows("select day from desk_run__summary")[0]["day"])
    return [_with_sources(row, sources) for row in rows]


def _with_sources(row: Row, sources: Sources) -> Row:
    facts = row.pop("facts") or []
    return {**row, "sources": sources.of(facts), "share_of_line": share_of_line(row)}


def share_of_line(condition: Row) -> float | None:
    """How much of its line a value reaches, 1 where it is met; None where there is no number to compare.

    Of an upper limit it is how much of the value the line allows.
    """
    value, gap = condition["value"], condition["gap"]
    if condition["outcome"] == "met":
        return 1.0
    if value is None or not gap or value < 0 or condition["unit"] != condition["gap_unit"]:
        return None
    is_upper = condition["operator"] in ("at_most", "less_than")
    return float((value - gap) / value) if is_upper and value else float(value / (value + gap))
