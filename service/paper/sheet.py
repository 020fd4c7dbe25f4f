"""The sheet of a firm: exactly one A4 page of what an officer takes to a visit.

What is too long is cut by rule, never carried to a second page: each list has so many entries, each text so many signs,
and both shrink by the steps of ``FITS`` until the page holds them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.casework import Casework
from service.paper.typesetting import PaperFailed, pages, pdf
from service.paper.words import cut, first, words
from service.queries.firm.edition_groups import aimed_at
from service.queries.firm.firm_page import FirmFile
from service.queries.firm.firm_sentence import firm_sentence
from service.wording.rendering import ANSWERS, answer_of, place_name, sentence, show, show_gap, why_unknown
from warehouse.rows import AnyRow

TEMPLATE = "sheet.typ"


@dataclass(frozen=True)
class Fit:
    """The entries of a list, the conditions of the table, the signs of a text, and the lines to write on."""

    entries: int
    conditions: int
    signs: int
    note_lines: int


FITS = (Fit(5, 12, 110, 6), Fit(5, 9, 90, 4), Fit(4, 7, 70, 3), Fit(3, 5, 50, 3), Fit(2, 3, 30, 2), Fit(1, 2, 16, 1))
"""From what a page usually holds to what it holds of the widest signs."""


def firm_sheet(file: FirmFile, work: Casework, lang: str) -> bytes:
    """The sheet of a firm in one language; raises ``PaperFailed``."""
    case = work.case(file.profile["firm_id"]) or {}
    return set_on_one_page(file, case, lang)


def set_on_one_page(file: FirmFile, case: AnyRow, lang: str) -> bytes:
    """The content in the largest fit that one page holds."""
    for fit in FITS:
        content = sheet_content(file, case, lang, fit)
        if pages(TEMPLATE, content) == 1:
            return pdf(TEMPLATE, content, file.run["published_at"])
    raise PaperFailed(f"{file.profile['firm_id']}: the sheet takes more than a page")


def sheet_content(file: FirmFile, case: AnyRow, lang: str, fit: Fit) -> dict[str, Any]:
    """What the template shows, every text cut to the fit."""
    worded, profile = words(lang), file.profile
    lists = {
        "next": _next(file, worded, lang, fit),
        "due": _due(file, worded, lang, fit),
        "promises": _promises(case, worded, fit),
        "open": _open(case, lang, fit),
    }
    cut_lists: dict[str, Any] = {}
    for name, rows in lists.items():
        cut_lists[name], cut_lists[f"{name}_more"] = first(rows, fit.entries)
    return {
        "lang": lang,
        "words": worded,
        "title": worded["sheet"].format(name=cut(profile["name"], fit.signs)),
        "name": cut(profile["name"], min(fit.signs, 60)) or cut(profile["firm_id"], 40),
        "code": cut(profile["uscc"] or profile["firm_id"], 40),
        "facts": cut(_facts(file, worded, lang), fit.signs),
        "sentence": cut(firm_sentence(file, lang), 3 * fit.signs),
        "rungs": [_rung(file, row, worded, lang, fit) for row in file.verdicts if row["is_selected"] and row["rank"]],
        "aim": _aim(file, lang, fit),
        "people": cut(_people(case, worded), fit.signs),
        "run": file.run["run_id"],
        "day": str(file.run["day"]),
        "place": place_name(file.run["place"], lang),
        "note_lines": fit.note_lines,
        **cut_lists,
    }


def _facts(file: FirmFile, worded: Mapping[str, str], lang: str) -> str:
    mover = file.mover or {}
    revenue, staff = mover.get("revenue_y0_fen"), mover.get("staff_end_y0")
    values = {
        "incubator": file.profile["incubator"],
        "founded_on": file.profile["founded_on"],
        "revenue": None if revenue is None else show(revenue / 100, "yuan", lang),
        "staff": None if staff is None else f"{staff:,}",
    }
    return " · ".join(worded[name].format(value=value) for name, value in values.items() if value)


def _rung(file: FirmFile, verdict: AnyRow, worded: Mapping[str, str], lang: str, fit: Fit) -> dict[str, str]:
    held, place = file.held.get(verdict["designation"]), file.places.get(verdict["designation"])
    until = ""
    if held:
        until = worded["until"].format(day=held["valid_to"]) if held["valid_to"] else worded["held_now"]
    applied = place["application"] if place and not held else None
    since = f" {place['applied_on']}" if applied and place and place["applied_on"] else ""
    return {
        "title": cut(verdict[lang], fit.signs),
        "held": until,
        "answer": _answer(verdict, lang),
        "application": f"{worded[applied]}{since}" if applied else "",
    }


def _answer(row: AnyRow, lang: str) -> str:
    return ANSWERS[answer_of(row)].label(lang)


def _aim(file: FirmFile, lang: str, fit: Fit) -> dict[str, Any] | None:
    """The title aimed at: its sentence, and the conditions of its deciding way, first those that are not met."""
    verdict = aimed_at(file)
    if verdict is None:
        return None
    conditions = file.findings.get(verdict["edition_id"], [])
    own = [row for row in conditions if row["route"] in (None, verdict["route"])]
    own.sort(key=lambda row: (not row["is_deciding"], row["outcome"] == "met", row["seq"]))
    rows, more = first(own, fit.conditions)
    return {
        "title": cut(verdict[lang], fit.signs),
        "sentence": cut(sentence(verdict, conditions, lang), 2 * fit.signs),
        "rows": [_condition(row, lang, fit) for row in rows],
        "more": more,
    }


def _condition(row: AnyRow, lang: str, fit: Fit) -> dict[str, str]:
    is_unknown = row["outcome"] == "unknown"
    value = why_unknown(row["missing_fact"], row["unit"], lang) if is_unknown else show(row["value"], row["unit"], lang)
    return {
        "answer": _answer(row, lang),
        "condition": cut(row[lang], fit.signs),
        "clause": cut(row["clause"], fit.signs // 2),
        "value": cut(value, fit.signs // 2),
        "required": cut(row[f"required_{lang}"], fit.signs // 2),
        "gap": show_gap(row["gap"], row["gap_unit"], lang) if row["gap"] else "",
    }


def _entry(head: object, text: object, fit: Fit) -> dict[str, str]:
    return {"head": cut(head, 24), "text": cut(text, fit.signs)}


def _next(file: FirmFile, worded: Mapping[str, str], lang: str, fit: Fit) -> list[dict[str, str]]:
    step = file.mover[f"next_{lang}"] if file.mover else None
    steps = [_entry(worded["step"], step, fit)] if step else []
    return [*steps, *(_entry(row[f"signal_{lang}"], row[f"do_{lang}"], fit) for row in file.signals)]


def _due(file: FirmFile, worded: Mapping[str, str], lang: str, fit: Fit) -> list[dict[str, str]]:
    return [
        _entry(
            row["due_on"] or "–",
            (worded["start_by"].format(day=row["start_by"]) if row["start_by"] else "")
            + f"{row[f'designation_{lang}']} {row[f'duty_{lang}']}",
            fit,
        )
        for row in file.due
    ]


def _promises(case: AnyRow, worded: Mapping[str, str], fit: Fit) -> list[dict[str, str]]:
    """What either side promised at a visit and has not kept, the newest visit first."""
    return [
        _entry(
            worded[side], promise["what"] + (worded["by"].format(day=promise["by_on"]) if promise["by_on"] else ""), fit
        )
        for visit in case.get("visits", ())
        for side in ("ours", "theirs")
        for promise in visit[side]
        if not promise["kept_on"]
    ]


def _open(case: AnyRow, lang: str, fit: Fit) -> list[dict[str, str]]:
    rows: Sequence[AnyRow] = [row for things in ("requests", "tasks", "contests") for row in case.get(things, ())]
    return [_entry(row["due_on"] or "–", f"{row[f'about_{lang}']}（{row[f'state_{lang}']}）", fit) for row in rows]


def _people(case: AnyRow, worded: Mapping[str, str]) -> str:
    owner, visits = case.get("owner"), case.get("visits")
    named = worded["owner"].format(owner=owner["owner"], acting=owner["acting"] or "–") if owner else worded["no_owner"]
    return f"{named} · {worded['last_visit'].format(day=visits[0]['visited_on']) if visits else worded['no_visit']}"
