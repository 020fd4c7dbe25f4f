"""What holders of titles sent in: yearly reports and updates by their day, self-evaluations, changes and moves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from service.queries.files.delivered import rows_of
from service.queries.release.provenance import own_sources
from service.queries.rules.stated_values import reliability
from tiers.certificates import duties, entry
from tiers.certificates.numbers import Number
from tiers.certificates.validity import Certificate
from warehouse.release.releases import Reader
from warehouse.rows import Row


def filings_of(published: Reader, firm_id: str) -> list[Row]:
    """The delivered reports of a firm."""
    return rows_of(published, "desk_firm__filings", firm_id, "designation, filing, year")


def changes_of(published: Reader, firm_id: str) -> list[Row]:
    """The delivered changes and moves of a firm."""
    return rows_of(published, "desk_firm__changes", firm_id, "changed_on, change_kind")


def annual_reports(owed: Iterable[Mapping[str, Any]], filings: Iterable[Mapping[str, Any]], day: date) -> Row:
    """The yearly reports owed of one certificate, and whether those missed are a ground for losing it.

    A report on which nothing was delivered is ``unknown``, not missed.
    """
    filed = {row["year"]: row for row in filings if row["filing"] == "annual_report"}
    rows = [
        {
            "year": row["due_on"].year - 1,
            "due_on": row["due_on"],
            "filed_on": row["done_on"],
            "state": row["state"],
            **own_sources(filed.get(row["due_on"].year - 1)),
        }
        for row in owed
        if row["id"] == "annual_report"
    ]
    missed, unknown = ([row["year"] for row in rows if row["state"] == state] for state in ("missed", "unknown"))
    loses, might = (duties.loses_by_missed_reports(years, day) for years in (missed, [*missed, *unknown]))
    return {
        "reports": rows,
        "missed": missed,
        "is_ground_for_losing": loses.value if loses.value == might.value else None,
        **reliability(loses),
    }


def review(owed: Sequence[Mapping[str, Any]], day: date) -> Row | None:
    """The review that ends a title and its yearly updates; None where it is not reviewed."""
    ending = next((row for row in owed if row["id"] == "review"), None)
    updates = [row for row in owed if row["id"] == "yearly_update"]
    if ending is None or not updates:
        return None
    by_state = {state: [row for row in updates if row["state"] == state] for state in ("late", "missed", "unknown")}
    return {
        "status": "review_due" if day >= ending["due_on"] else "valid",
        "review_by": ending["due_on"],
        "late": [row["done_on"] for row in by_state["late"]],
        "missing": [row["due_on"] for row in by_state["missed"]],
        "unknown": [row["due_on"] for row in by_state["unknown"]],
        "documents": list(dict.fromkeys(f"{row['document']} {row['clause']}".strip() for row in (ending, *updates))),
    }


def evaluations(filings: Iterable[Mapping[str, Any]], founded_on: date | None) -> list[Row]:
    """Each self-evaluation of a technology SME: the marker of its number and whether it counts for the year before."""
    return [
        _evaluation(row, founded_on)
        for row in filings
        if row["filing"] == "self_evaluation" and row["filed_on"] is not None
    ]


def _evaluation(row: Mapping[str, Any], founded_on: date | None) -> Row:
    known: Row = {"year": row["year"], "evaluated_on": row["filed_on"], **own_sources(row)}
    if founded_on is None:
        return {**known, "marker": None, "counts_for_last_year": None, "missing": ["founded_on"]}
    marker = entry.marker_of(founded_on, row["filed_on"], row["year"])
    counts = entry.counts_for_last_year(Number(row["year"], "", "", marker.value or ""))
    return {**known, "marker": marker.value, "counts_for_last_year": counts.value, **reliability(counts)}


def consequences(issued_on: date, changes: Sequence[Mapping[str, Any]], day: date) -> list[Row]:
    """What follows for a certificate from each change or move within its validity, up to a day."""
    certificate = Certificate(issued_on)
    reached = [row for row in changes if issued_on <= row["changed_on"] <= min(day, certificate.last_day)]
    return [_consequence(certificate, row, day) for row in reached]


def _consequence(certificate: Certificate, row: Mapping[str, Any], day: date) -> Row:
    if row["change_kind"] == "changed":
        result = duties.renamed(row["changed_on"], row["reported_on"], row["still_meets"], day)
    else:
        result = duties.relocated(certificate, row["change_kind"] == "moved_whole", row["completed_on"])
    words = result.value.words if result.value else None
    return {
        "change": row["change"],
        "changed_on": row["changed_on"],
        "consequence": result.value and result.value.name,
        "year": result.value and result.value.year,
        "zh": words and words.zh,
        "en": words and words.en,
        **own_sources(row),
        **reliability(result),
    }
