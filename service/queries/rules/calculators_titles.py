"""Certificates, entries and side-track titles by hand: standing, deadlines met and missed, what follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from service.queries.rules.stated_values import answers, refused_as_bad_input
from tiers.certificates import duties, entry, numbers, validity
from tiers.certificates.validity import Cancelled, Certificate
from tiers.errors import NotInForce
from tiers.result import Result, not_in_force
from warehouse.errors import BadInput
from warehouse.rows import Row


@refused_as_bad_input()
def certificate(
    issued_on: date, day: date, cancelled: tuple[int, date] | None, reports: Mapping[int, date]
) -> list[Row]:
    """A high-tech certificate on a day: standing, tax year, loss years, yearly reports, and whether to apply again.

    ``reports`` maps the year reported on to the day of filing; ``cancelled`` is the first year and the day of the
    decision.
    """
    held = Certificate(issued_on, Cancelled(*cancelled) if cancelled else None)
    filed = duties.annual_reports(held, reports, day)
    missed = [report.due_on.year for report in filed.value or () if report.state == "missed"]
    calculations: dict[str, Callable[[], Result[Any]]] = {
        "standing": lambda: validity.on_day(held, day),
        "tax_year": lambda: validity.in_tax_year(held, day.year),
        "loss_years": lambda: validity.loss_years(held),
        "annual_reports": lambda: filed,
        "loses_by_missed_reports": lambda: duties.loses_by_missed_reports(missed, day),
        "may_apply": lambda: duties.may_apply(day, held),
    }
    return answers({name: _calculated(calculate) for name, calculate in calculations.items()})


def _calculated(calculate: Callable[[], Result[Any]]) -> Result[Any]:
    """The result; a term that no text sets on its day leaves the other answers standing."""
    try:
        return calculate()
    except NotInForce as error:
        return not_in_force(None, error.zh, error.en)


@refused_as_bad_input()
def change(changed_on: date, reported_on: date | None, still_meets: bool | None, day: date) -> list[Row]:
    """A new name or a major change: the report on it, and what follows for the certificate."""
    return answers(
        {
            "change_report": duties.change_report(changed_on, reported_on, day),
            "consequence": _in_words(duties.renamed(changed_on, reported_on, still_meets, day)),
        }
    )


@refused_as_bad_input()
def move(issued_on: date, completed_on: date | None, is_whole: bool) -> list[Row]:
    """A move into the region of another recognising body."""
    return answers({"consequence": _in_words(duties.relocated(Certificate(issued_on), is_whole, completed_on))})


def _in_words(result: Result[duties.Consequence]) -> Result[Any]:
    if result.value is None:
        return result
    words, year = result.value.words, result.value.year
    value = {"name": result.value.name, "zh": words.zh, "en": words.en, "year": year}
    return Result(value, result.status, result.terms, result.reasons, result.missing)


@refused_as_bad_input()
def review(recognised_on: date, updates: Iterable[date], day: date) -> list[Row]:
    """A specialised SME or little giant: when it is reviewed, which yearly updates were late or are missing."""
    return answers({"review": duties.review(recognised_on, tuple(updates), day)})


@refused_as_bad_input()
def sme_entry(
    announced_on: date, day: date, founded_on: date | None, evaluated_on: date | None, revoked: tuple[int, bool] | None
) -> list[Row]:
    """A technology-SME entry: whether it counts on a day, its marker, and from when a firm may file after revoking.

    ``revoked``: the year of revoking and whether for fraud.
    """
    results: dict[str, Result[Any]] = {"counts_on_day": entry.counts_on(announced_on, day)}
    if founded_on and evaluated_on:
        results["marker"] = entry.marker_of(founded_on, evaluated_on, announced_on.year)
    if revoked:
        results["may_file_from"] = entry.may_file_from(*revoked)
    return answers(results)


@refused_as_bad_input()
def number(text: str, tax_years: Sequence[int]) -> Row:
    """The parts of a certificate's or an entry's number; of an entry also which tax years it supports.

    Raises ``BadInput`` where it is neither.
    """
    certificate_number, entry_number = numbers.read_certificate(text), numbers.read_entry(text)
    parsed = certificate_number or entry_number
    if parsed is None:
        raise BadInput(
            f"不是证书编号（GR+年+省码+6位）或入库登记编号（年+6位区划+0/A/B+7位）：{text}",
            "neither a certificate number (GR, year, province, 6 digits) nor an entry number (year, 6-digit division,"
            f" 0, A or B, 7 digits): {text}",
        )
    parts = {"year": parsed.year, "region": parsed.region, "serial": parsed.serial, "marker": parsed.marker or None}
    if entry_number is None:
        return {"number": text, "kind": "certificate", **parts, "answers": []}
    supports = [
        {**row, "year": year}
        for year in tax_years or (entry_number.year - 1,)
        for row in answers({"supports_super_deduction": entry.supports_super_deduction(entry_number, year)})
    ]
    return {
        "number": text,
        "kind": "entry",
        **parts,
        "status_year": entry.status_year(entry_number),
        "answers": [*answers({"counts_for_last_year": entry.counts_for_last_year(entry_number)}), *supports],
    }
