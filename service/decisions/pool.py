"""Steps of firms in the pool, checked against their needs and kept as events; an undo is an event too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.decisions.case_events import append
from service.decisions.firms import is_seen
from service.decisions.signed import Signed
from service.queries.cases.memberships import PREFIX, Membership, membership_of, memberships
from service.queries.cases.pool_situations import Act, place_of, pool_here, reasons, require_papers, situations
from service.queries.firm.firm_lookup import find_firm
from service.queries.movers import movement
from service.queries.movers.movers import Filters
from service.queries.rules.designations import designation_of
from tiers.calendar import years_after
from tiers.cultivation.schema import Due, Pool
from tiers.cultivation.why_not import Reason
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.models.working_days import day_after
from warehouse.release.releases import Published, Reader

ENTER = "enter"
"""The step that a list of firms takes where none is named."""


@dataclass(frozen=True)
class Refused:
    """A firm of a list that may not take the step, and why."""

    firm_id: str
    name: str
    reasons: list[Reason]


@dataclass(frozen=True)
class Steps:
    """What became of a list: an event for each firm that took the step, and those that may not."""

    events: list[Event]
    refused: list[Refused]


def take_step(home: Home, firm_words: str, step: str, designation: str | None, act: Act, writer: Signed) -> Event:
    """A firm takes a step; ``designation`` is what it is cultivated for, needed where it enters.

    The same request again returns its event. Raises ``BadInput`` with every reason where the step may not be taken,
    ``BothVersions`` where the stream has moved on since the version the writer saw.
    """
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        member = membership_of(home, firm["firm_id"])
        if (event := _of_request(member, writer.request)) is not None:
            return event
        taking = _Taking(release, step, _aim(member, release, designation), act)
        against = taking.reasons([member])[member.firm_id]
        if against:
            raise _refusal(firm["name"], against)
        draft = taking.draft(member, writer, None)
    return append(Book(home), [draft], writer)[0]


def take_all(
    home: Home,
    signal: str,
    designation: str,
    act: Act,
    writer: Signed,
    step: str = ENTER,
    firms: Collection[str] | None = None,
) -> Steps:
    """Every firm that gives a signal about a designation takes a step, in one transaction; others are named with why.

    Firms that took the step by the same request before are counted again, not written again. ``firms``: of the list
    these alone.
    """
    designation = designation_of(designation)
    filters = Filters(signal=signal, designation=designation)
    movement.check(home, filters)
    names = {row["firm_id"]: row["name"] for row in movement.with_signals(home, filters)}
    names = {firm_id: name for firm_id, name in names.items() if firms is None or firm_id in firms}
    known = memberships(home)
    members = [known.get(firm_id) or Membership(firm_id) for firm_id in sorted(names)]
    done = {member.firm_id: event for member in members if (event := _of_request(member, _own(writer, member)))}
    ahead = [member for member in members if member.firm_id not in done]
    with Published(home).at_once() as release:
        taking = _Taking(release, step, designation, act)
        against = taking.reasons(ahead)
        drafts = [taking.draft(member, writer, signal) for member in ahead if not against[member.firm_id]]
    events = append(Book(home), drafts, writer)
    refused = [Refused(firm_id, names[firm_id], why) for firm_id, why in against.items() if why]
    return Steps([*done.values(), *events], refused)


def undo(home: Home, number: int, writer: Signed) -> Event:
    """Withdraw the newest step of a firm, by the number of its event; raises ``BadInput`` for any other."""
    event = next((event for event in Book(home).events() if event.seq == number), None)
    if event is None or not (event.stream.startswith(PREFIX) and is_seen(home, event.name)):
        raise BadInput(f"第 {number} 号不是培育库的步骤", f"no. {number} is no step of the pool")
    member = membership_of(home, event.name)
    if number not in [event.seq for event in member.events]:
        raise BadInput(f"第 {number} 号已撤回，或本身是撤回", f"no. {number} was withdrawn already, or withdraws")
    if number != (newest := member.events[-1].seq):
        raise BadInput(
            f"第 {number} 号之后还有第 {newest} 号；请先撤回第 {newest} 号",
            f"no. {newest} follows no. {number}: withdraw no. {newest} first",
        )
    draft = Draft(event.stream, _withdrawn(), {}, writer.why, member.version, writer.request, withdraws=number)
    return append(Book(home), [draft], writer)[0]


class _Taking:
    """A step about to be taken by firms, about one designation."""

    def __init__(self, release: Reader, step: str, designation: str, act: Act) -> None:
        self.pool, self.place = pool_here(release, act.day), place_of(release)
        require_papers(self.pool, act.papers)
        self._release, self._step, self._designation, self._act = release, step, designation, act

    def reasons(self, members: Sequence[Membership]) -> dict[str, list[Reason]]:
        """What stands against the step, by firm."""
        known = situations(self._release, self.pool, members, self._designation, self._act)
        return {firm_id: reasons(self.pool, self._step, situation) for firm_id, situation in known.items()}

    def draft(self, member: Membership, writer: Signed, signal: str | None) -> Draft:
        """The event, with the state and what is due after it, so that its fold needs no definition."""
        state = self.pool.target(self._step, member.state)
        dues = _dues_after(self.pool, self._step, state, member, self.place, self._act.day)
        content = {
            "on": self._act.day.isoformat(),
            "pool": self.pool.id,
            "designation": self._designation,
            "step": self._step,
            "state": state,
            "phase": self.pool.states[state].phase,
            "due": {step: day.isoformat() for step, day in dues.items()},
            "papers": dict(self._act.papers),
            "ground": self._act.ground,
            "signal": signal,
        }
        version = member.version if writer.version is None else writer.version
        request = writer.request if signal is None else _own(writer, member)
        kind = _kind(self.pool, self._step, state, member)
        return Draft(f"{PREFIX}{member.firm_id}", kind, content, writer.why, version, request)


def _aim(member: Membership, release: Reader, designation: str | None) -> str:
    """The designation a step is about: of a member its own, else the one named."""
    own = member.row["designation"] if member.row else None
    is_member = own is not None and member.day("left_on") is None
    if designation is None:
        if own is None:
            raise BadInput("请写明培育目标（--designation 代码）", "name the title aimed at (--designation CODE)")
        return str(own)
    named = designation_of(designation)
    if is_member and named != own:
        raise BadInput(
            f"在库目标是 {own}，不是 {named}；请先出库", f"it is cultivated for {own}, not {named}: it leaves first"
        )
    return named


def _withdrawn() -> str:
    from warehouse.casebook.folds.membership import WITHDRAWN

    return WITHDRAWN


def _own(writer: Signed, member: Membership) -> str | None:
    """The request of one firm of a list."""
    return None if writer.request is None else f"{writer.request}:{member.firm_id}"


def _of_request(member: Membership, request: str | None) -> Event | None:
    return next((event for event in member.events if request is not None and event.request == request), None)


def _kind(pool: Pool, step: str, state: str, member: Membership) -> str:
    from warehouse.casebook.folds.membership import ASSESSED, ENTERED, LEFT, RETURNED, STEPPED

    if pool.has_left(member.state):
        return RETURNED if member.row else ENTERED
    if pool.has_left(state):
        return LEFT
    return ASSESSED if pool.steps[step].is_assessment else STEPPED


def _dues_after(pool: Pool, name: str, state: str, member: Membership, place: str, on: date) -> dict[str, date]:
    """The steps to come and their days: those open before that are still possible, and those of this step."""
    if pool.has_left(state):
        return {}
    open_before: Mapping[str, Any] = member.events[-1].content["due"] if member.events else {}
    kept = {
        step: date.fromisoformat(day)
        for step, day in open_before.items()
        if step != name and step in pool.steps and state in pool.steps[step].from_
    }
    return kept | {due.step: _day_of(due, place, on) for due in pool.steps[name].due}


def _day_of(due: Due, place: str, on: date) -> date:
    if due.days is not None:
        return day_after(place, on, due.days)
    if due.by is not None:
        return date(on.year + 1, *due.by)
    return years_after(on, due.years or 0)


def _refusal(name: str, reasons: Sequence[Reason]) -> BadInput:
    zh, en = "；".join(reason.zh for reason in reasons), "; ".join(reason.en for reason in reasons)
    return BadInput(f"{name}：不能办理：{zh}", f"{name}: not now: {en}")
