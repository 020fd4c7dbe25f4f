"""The pool as rows for commands, pages and HTTP: its members, why not a step, and the history of a firm."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.queries.cases.memberships import Membership, membership_of, memberships
from service.queries.cases.pool_situations import Act, pool_here, reasons, require_papers, situations
from service.queries.firm.firm_lookup import find_firm
from service.queries.rules.designations import designation_of
from service.scope import roles
from tiers.cultivation.schema import OUTSIDE, Pool, Step
from tiers.schema.ladder import ladder
from warehouse.casebook.events import Event
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published, Reader
from warehouse.rows import Row


def members(
    home: Home, day: date, *, state: str | None = None, designation: str | None = None, late: bool = False
) -> list[Row]:
    """A row a member, what is due first on top; without ``state`` those who have not left.

    ``late``: only where something was due before the day. Raises ``BadInput`` for a state that the pool lacks.
    """
    with Published(home).at_once() as release:
        pool = pool_here(release, day)
        _require_state(pool, state)
        aim = None if designation is None else designation_of(designation)
        rows = [{**member.row, "version": member.version} for member in memberships(home).values() if member.row]
        kept = [
            row
            for row in rows
            if (row["state"] == state if state else not pool.has_left(row["state"]))
            if aim in (None, row["designation"])
            if not late or (row["due_on"] is not None and row["due_on"] < day)
        ]
        names = _names(release, [row["firm_id"] for row in kept])
    shown = [_shown(pool, row, names.get(row["firm_id"]), day) for row in kept]
    return sorted(shown, key=lambda row: (row["due_on"] or date.max, row["firm_id"]))


def member(home: Home, firm_id: str, day: date) -> Row | None:
    """The row of one firm as ``members`` has it; None where it never entered, or has left."""
    with Published(home).at_once() as release:
        pool = pool_here(release, day)
        known = membership_of(home, firm_id)
        if known.row is None or pool.has_left(known.state):
            return None
        row = {**known.row, "version": known.version}
        return _shown(pool, row, _names(release, [firm_id]).get(firm_id), day)


def answers(home: Home, firm_words: str, step: str | None, designation: str | None, act: Act) -> list[Row]:
    """A row a step: whether the firm may take it, and the reasons where not; of every step where none is named."""
    with Published(home).at_once() as release:
        firm, pool = find_firm(release, firm_words), pool_here(release, act.day)
        require_papers(pool, act.papers)
        member = membership_of(home, firm["firm_id"])
        known = situations(release, pool, [member], _aim(member, designation), act)[member.firm_id]
        return [_answer(pool, firm, name, reasons(pool, name, known)) for name in ([step] if step else pool.steps)]


def history(home: Home, firm_words: str, day: date) -> list[Row]:
    """A row an event of a firm's membership, withdrawn ones left out, the earliest first."""
    with Published(home).at_once() as release:
        firm, pool = find_firm(release, firm_words), pool_here(release, day)
    member = membership_of(home, firm["firm_id"])
    if not member.events:
        raise BadInput(f"{firm['name']} 从未入库", f"{firm['name']} was never in the pool")
    return [
        {
            "seq": event.seq,
            "on": event.content["on"],
            "firm_id": firm["firm_id"],
            "name": firm["name"],
            "kind": event.kind,
            **_step_words(pool, event.content["step"]),
            **_state_words(pool, event.content["state"]),
            **_title_words(event.content["designation"]),
            "ground": event.content["ground"],
            "papers": event.content["papers"],
            "by": event.by,
            "why": event.why,
        }
        for event in member.events
    ]


def taken(home: Home, events: Sequence[Event], day: date) -> list[Row]:
    """A row an event that was just appended: firm, step, the state after it, and what is due then by day."""
    with Published(home).at_once() as release:
        pool = pool_here(release, day)
        names = _names(release, [event.name for event in events])
    return [
        {
            "seq": event.seq,
            "firm_id": (firm_id := event.name),
            "name": names.get(firm_id, firm_id),
            **_step_words(pool, event.content["step"]),
            **_state_words(pool, event.content["state"]),
            "due": [
                {**_step_words(pool, step), "due_on": due_on}
                for step, due_on in sorted(event.content["due"].items(), key=lambda due: due[::-1])
            ],
        }
        for event in events
    ]


def definition(home: Home, day: date) -> list[Row]:
    """A row a step of the pool of this place: from where to where, who takes it, what it needs, and its source."""
    with Published(home).at_once() as release:
        pool = pool_here(release, day)
    return [
        {
            "pool": pool.id,
            **_step_words(pool, name),
            "from": list(step.from_),
            "to": step.to,
            "by": list(step.by),
            **_words_of(pool, step),
            "needs_zh": [need.zh for need in step.needs],
            "needs_en": [need.en for need in step.needs],
            "papers": [need.paper for need in step.needs if need.paper],
            "document": step.source.document,
            "clause": step.source.clause,
            "confidence": step.source.confidence,
        }
        for name, step in pool.steps.items()
    ]


def _words_of(pool: Pool, step: Step) -> Row:
    """The states, roles and papers of a step in both languages."""
    papers, known = [need for need in step.needs if need.paper], roles()
    return {
        f"{name}_{lang}": words
        for lang in ("zh", "en")
        for name, words in (
            ("from", [_state_words(pool, state)[f"state_{lang}"] for state in step.from_]),
            ("to", _state_words(pool, step.to)[f"state_{lang}"] if step.to else None),
            ("by", [getattr(known[role], lang) for role in step.by if role in known]),
            ("papers", [f"{getattr(need, lang)} ({need.paper})" for need in papers]),
        )
    }


def _require_state(pool: Pool, state: str | None) -> None:
    if state is not None and state not in pool.states:
        zh = "、".join(f"{name} {words.zh}" for name, words in pool.states.items())
        raise BadInput(f"没有状态 {state}；有 {zh}", f"there is no state {state}; there are {', '.join(pool.states)}")


def _names(release: Reader, firms: Sequence[str]) -> dict[str, str]:
    rows = release.rows(
        "select firm_id, name from desk_firm where list_contains($1::varchar[], firm_id)", [list(firms)]
    )
    return {row["firm_id"]: row["name"] for row in rows}


def _shown(pool: Pool, row: Row, name: str | None, day: date) -> Row:
    due = row["due_step"]
    return {
        **{key: value for key, value in row.items() if key not in ("stream", "seq")},
        "name": name or row["firm_id"],
        **_state_words(pool, row["state"]),
        **_title_words(row["designation"]),
        "next_zh": pool.steps[due].zh if due in pool.steps else due,
        "next_en": pool.steps[due].en if due in pool.steps else due,
        "is_late": row["due_on"] is not None and row["due_on"] < day,
    }


def _aim(member: Membership, designation: str | None) -> str:
    if designation is not None:
        return designation_of(designation)
    if member.row is None:
        raise BadInput("请写明培育目标（--designation 代码）", "name the title aimed at (--designation CODE)")
    return str(member.row["designation"])


def _answer(pool: Pool, firm: Mapping[str, Any], name: str, reasons: Sequence[Any]) -> Row:
    return {
        "firm_id": firm["firm_id"],
        "name": firm["name"],
        **_step_words(pool, name),
        "may": not reasons,
        "reasons": [vars(reason) for reason in reasons],
    }


def _step_words(pool: Pool, name: str) -> Row:
    step = pool.steps.get(name)
    return {"step": name, "step_zh": step.zh if step else name, "step_en": step.en if step else name}


def _state_words(pool: Pool, name: str) -> Row:
    state = pool.states.get(name)
    zh, en = (state.zh, state.en) if state else ("库外", "outside") if name == OUTSIDE else (name, name)
    return {"state": name, "state_zh": zh, "state_en": en}


def _title_words(designation: str) -> Row:
    title = ladder().get(designation)
    return {
        "designation": designation,
        "designation_zh": title.zh if title else designation,
        "designation_en": title.en if title else designation,
    }
