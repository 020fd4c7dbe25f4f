"""What holders of titles sent in: yearly reports and updates by their day, self-evaluations, changes and moves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from service.queries.delivered import rows_of
from service.queries.stated_values import reliability
from tiers.certificates import duties, entry
from tiers.certificates.hnte import Certificate
from tiers.certificates.numbers import Number
from warehouse.release.releases import Reader

Row = dict[str, Any]


def filings_of(published: Reader, firm_id: str) -> list[Row]:
    """The delivered reports of a firm."""
    return rows_of(published, "mart_firm__filings", firm_id, "designation, filing, year")


def changes_of(published: Reader, firm_id: str) -> list[Row]:
    """The delivered changes and moves of a firm."""
    return rows_of(published, "mart_firm__changes", firm_id, "changed_on, change_kind")


def annual_reports(issued_on: date, filings: Iterable[Mapping[str, Any]], day: date) -> Row:
    """The yearly reports of one certificate, and whether those missed are a ground for losing it.

    A report on which nothing was delivered is ``unknown``, not missed.
    """
    stated = {row["year"]: row for row in filings if row["filing"] == "annual_report"}
    filed = {year: row["filed_on"] for year, row in stated.items() if row["filed_on"] is not None}
    result = duties.annual_reports(Certificate(issued_on), filed, day)
    rows = [_report(duty, stated.get(duty.due_on.year - 1)) for duty in result.value or ()]
    missed, unknown = ([row["year"] for row in rows if row["state"] == state] for state in ("missed", "unknown"))
    loses, might = (duties.loses_by_missed_reports(years, day) for years in (missed, [*missed, *unknown]))
    return {
        "reports": rows,
        "missed": missed,
        "is_ground_for_losing": loses.value if loses.value == might.value else None,
        **reliability(loses),
    }


def _report(duty: duties.Duty, stated: Mapping[str, Any] | None) -> Row:
    is_unknown = duty.state == "missed" and (stated is None or not stated["is_not_filed"])
    return {
        "year": duty.due_on.year - 1,
        "due_on": duty.due_on,
        "filed_on": duty.done_on,
        "state": "unknown" if is_unknown else duty.state,
        "source": stated and stated["source"],
    }


def review(designation: str, recognised_on: date, filings: Iterable[Mapping[str, Any]], day: date) -> Row | None:
    """The review and the yearly updates of a title of the side track; None where no update was delivered.

    An update on which nothing was delivered is ``unknown``, not missing.
    """
    updates = [row for row in filings if row["designation"] == designation and row["filing"] == "yearly_update"]
    if not updates:
        return None
    result = duties.srdi_review(recognised_on, [row["filed_on"] for row in updates if row["filed_on"]], day)
    if result.value is None:
        return None
    not_filed = {row["year"] for row in updates if row["is_not_filed"]}
    missing = [due_on for due_on in result.value.missing if due_on.year - 1 in not_filed]
    unknown = [due_on for due_on in result.value.missing if due_on not in missing]
    answer = {"status": result.value.status, "review_by": result.value.review_by, "late": list(result.value.late)}
    return {**answer, "missing": missing, "unknown": unknown, "documents": list(result.documents)}


def evaluations(filings: Iterable[Mapping[str, Any]], founded_on: date | None) -> list[Row]:
    """Each self-evaluation of a technology SME: the marker of its number and whether it counts for the year before."""
    return [
        _evaluation(row, founded_on)
        for row in filings
        if row["filing"] == "self_evaluation" and row["filed_on"] is not None
    ]


def _evaluation(row: Mapping[str, Any], founded_on: date | None) -> Row:
    known: Row = {"year": row["year"], "evaluated_on": row["filed_on"], "source": row["source"]}
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
        "source": row["source"],
        **reliability(result),
    }
