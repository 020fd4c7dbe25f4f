"""What the interface gives of cases: the columns of each thing, which do not grow by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dash_app.rows import NewRow
from service.casework import name_of

_THING = ("number", "version", "firm_id", "name", "state", "state_zh", "state_en", "acting", "days_left")
COLUMNS: Mapping[str, Sequence[str]] = {
    "task": (
        *_THING, "what", "start_by", "due_on", "duty", "period", "officer", "outcome", "ended_on", "added_by",
    ),
    "request": (*_THING, "what", "topic", "raised_on", "due_on", "answer", "answered_on", "result", "closed_on"),
    "application": (
        *_THING, "designation", "period", "opens_on", "closes_on", "papers", "filed_on", "receipt", "decided_on",
    ),
    "contest": (
        *_THING, "fact", "claimed", "cell", "value_before", "value", "effects", "raised_on", "due_on", "proofs",
        "decided_on", "decided_why",
    ),
    "visit": ("number", "version", "firm_id", "visited_on", "note", "ours", "theirs", "next_on", "recorded_by"),
    "service": (
        "number", "version", "firm_id", "service", "service_zh", "service_en", "provider", "designation",
        "condition_id", "given_on", "given_by", "outcome", "outcome_on",
    ),
    "member": (
        "firm_id", "name", "version", "pool", "designation", "state", "state_zh", "state_en", "since", "entered_on",
        "entries", "due_step", "next_zh", "next_en", "due_on", "is_late",
    ),
    "event": ("seq", "at", "by", "kind", "number", "why", "withdraws", "is_withdrawn"),
    "owner": ("owner", "deputy", "acting", "since", "rule", "version"),
    "step": ("step", "step_zh", "step_en", "may", "reasons"),
}  # fmt: skip


def shown(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[NewRow]:
    """Rows reduced to ``COLUMNS[kind]``, versions as numbers."""
    return [{name: _numbered(row)[name] for name in COLUMNS[kind]} for row in rows]


def case_record(case: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]) -> NewRow:
    """A case: owner, membership with its steps, what is open, visits, services, and the timeline of its events."""
    return {
        "run_id": case["run_id"],
        "day": case["day"],
        "firm": case["firm"],
        "owner": next(iter(shown("owner", [case["owner"]])), None) if case["owner"] else None,
        "member": shown("member", [case["pool"]])[0] if case["pool"] else None,
        "pool_version": case["pool_version"],
        "steps": shown("step", steps) if case["pool"] else [],
        **{f"{kind}s": shown(kind, case[f"{kind}s"]) for kind in ("task", "request", "application", "contest")},
        "visits": shown("visit", case["visits"]),
        "services": shown("service", case["services"]),
        "timeline": shown("event", case["history"]),
    }


def _numbered(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row with the number by which its thing is named."""
    return {"number": name_of(row["stream"]), **row} if "stream" in row else row
