"""What is due as reference tables: duties, their days and rules, their steps, and the filing windows."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from tiers.certificates import TERMS
from tiers.certificates.obligations import Duty, Missed, obligations
from tiers.movement.planning import planning
from tiers.movement.windows import Calls, filing_windows
from tiers.schema.ladder import ladder
from tiers.schema.strict import Words
from tiers.schema.terms import Version

YEARS = range(2008, 2061)
"""The years for which days of the year are written out."""
ENDING = Duty(
    id="title_ending",
    kind="title_ending",
    when="as_it_ends",
    term="title_ends",
    zh="称号有效期届满",
    en="the title ends",
    missed=Missed(zh="有效期满，称号终止", en="the title ends", document="名单或认定规则所载的有效期"),
)
"""The duty of a title that states none for its end."""
WINDOW = "window"
"""The id of the duty to file within a window, of every designation."""

_RULE = {
    "duty": pl.String,
    "in_force_from": pl.Date,
    "in_force_to": pl.Date,
    "months": pl.Int32,
    "missed_at_least": pl.Int32,
    "document": pl.String,
    "clause": pl.String,
    "confidence": pl.String,
}
_WINDOW = {
    "designation": pl.String,
    "place": pl.String,
    "year": pl.Int32,
    "batch": pl.Int32,
    "status": pl.String,
    "opens_on": pl.Date,
    "closes_on": pl.Date,
    "document": pl.String,
    "clause": pl.String,
    "confidence": pl.String,
    "basis_zh": pl.String,
    "basis_en": pl.String,
}

Row = Mapping[str, Any]


@cache
def due_tables() -> dict[str, pl.DataFrame]:
    """``ref_duties`` and what belongs to them (``ref_due_…``), ``ref_window_titles`` and ``ref_windows``."""
    duties = dict(_duties())
    plans = planning()
    return {
        "ref_due_limits": pl.DataFrame([plans.listing.model_dump()]),
        "ref_due_owners": pl.DataFrame([{"owner": name, **owner.model_dump()} for name, owner in plans.owners.items()]),
        "ref_due_kinds": _words("kind", plans.kinds),
        "ref_due_states": _words("state", plans.states),
        "ref_due_notes": _words("note", plans.notes),
        "ref_duties": pl.DataFrame([*(_duty(*entry) for entry in duties.items()), *_windows_as_duties()]),
        "ref_due_days": pl.DataFrame([row for entry in duties.items() for row in _days(*entry)]),
        "ref_due_rules": pl.DataFrame([row for entry in duties.items() for row in _rules(*entry)], schema=_RULE),
        "ref_due_steps": pl.DataFrame(list(_steps([*duties, *map(window_of, filing_designations())]))),
        "ref_window_titles": pl.DataFrame(list(_window_titles())),
        "ref_windows": pl.DataFrame(list(_windows()), schema=_WINDOW),
    }


def _words(key: str, words: Mapping[Any, Words]) -> pl.DataFrame:
    return pl.DataFrame([{key: name, "zh": both.zh, "en": both.en} for name, both in words.items()])


def window_of(designation: str) -> str:
    """The duty to file for a designation within a window."""
    return f"{designation}.{WINDOW}"


def filing_designations() -> list[str]:
    """The designations of which windows are known or known to be unpublished."""
    return list(dict.fromkeys(name for calls in filing_windows().values() for name in calls))


def _duties() -> Iterator[tuple[str, tuple[str, Duty]]]:
    """Every duty with its designation, by its name ``hnte.annual_report``; the end of each title is one of them."""
    known = obligations()
    for designation in ladder():
        own = known[designation].duties if designation in known else ()
        endings = () if any(duty.when == "as_it_ends" for duty in own) else (ENDING,)
        for duty in (*own, *endings):
            yield f"{designation}.{duty.id}", (designation, duty)


def _duty(name: str, entry: tuple[str, Duty]) -> Row:
    designation, duty = entry
    return {
        "duty": name,
        "designation": designation,
        "id": duty.id,
        "kind": duty.kind,
        "due_when": duty.when,
        "filing": duty.filing,
        "change_kind": list(duty.change),
        "is_recorded": duty.is_recorded,
        "of_duty": duty.of and f"{designation}.{duty.of}",
        "on_rest_day": duty.on_rest_day,
        "zh": duty.zh,
        "en": duty.en,
        "missed_zh": duty.missed.zh,
        "missed_en": duty.missed.en,
        "missed_document": f"{duty.missed.document} {duty.missed.clause}".strip(),
        **_planned(name),
    }


def _planned(name: str) -> Row:
    plan = _plan(name)
    return {"owner": plan.owner, "lead_days": sum(step.days for step in plan.steps)}


def _plan(name: str) -> Any:
    plans = planning().duties
    return plans[name] if name in plans else plans[ENDING.id]


def _windows_as_duties() -> Iterator[Row]:
    for designation in filing_designations():
        title = _national(designation)
        yield {
            "duty": window_of(designation),
            "designation": designation,
            "id": WINDOW,
            "kind": WINDOW,
            "due_when": WINDOW,
            "filing": None,
            "change_kind": [],
            "is_recorded": False,
            "of_duty": None,
            "on_rest_day": "stays",
            "zh": title.zh,
            "en": title.en,
            "missed_zh": "本窗口未申报，待下一窗口",
            "missed_en": "not filed within this window: the next one has to be awaited",
            "missed_document": "",
            **_planned(window_of(designation)),
        }


def _national(designation: str) -> Calls:
    """The entry of the widest place, which names the window."""
    return next(calls[designation] for calls in filing_windows().values() if designation in calls)


def _days(name: str, entry: tuple[str, Duty]) -> Iterator[Row]:
    _, duty = entry
    if duty.when in ("each_year", "next_year"):
        for version in TERMS.versions[duty.term]:
            for due_on in map(version.last_day, YEARS):
                if version.from_ <= due_on <= (version.to or date.max):
                    yield {"duty": name, "year": due_on.year, "due_on": due_on, **_cited(version)}


def _rules(name: str, entry: tuple[str, Duty]) -> Iterator[Row]:
    _, duty = entry
    for version in TERMS.versions[duty.term]:
        yield {
            "duty": name,
            "in_force_from": version.from_,
            "in_force_to": version.to,
            "months": int(version.number) if duty.when == "on_change" else None,
            "missed_at_least": int(version.tests[0][1].amount) if duty.when == "after_missed" else None,
            **_cited(version),
        }


def _cited(version: Version) -> Row:
    return {"document": version.document, "clause": version.clause, "confidence": version.confidence}


def _steps(names: list[str]) -> Iterator[Row]:
    for name in names:
        for seq, step in enumerate(_plan(name).steps, 1):
            yield {
                "duty": name,
                "seq": seq,
                "working_days": step.days,
                "zh": step.zh,
                "en": step.en,
                "because_zh": step.because.zh,
                "because_en": step.because.en,
            }


def _window_titles() -> Iterator[Row]:
    for designation in filing_designations():
        title = _national(designation)
        yield {
            "designation": designation,
            "duty": window_of(designation),
            "may_file": title.may_file,
            "unpublished_zh": title.unpublished and title.unpublished.zh,
            "unpublished_en": title.unpublished and title.unpublished.en,
        }


def _windows() -> Iterator[Row]:
    for place, by_designation in filing_windows().items():
        for designation, calls in by_designation.items():
            for window in calls.windows:
                yield {
                    "designation": designation,
                    "place": place,
                    **window.model_dump(exclude={"basis"}),
                    "basis_zh": window.basis and window.basis.zh,
                    "basis_en": window.basis and window.basis.en,
                }
