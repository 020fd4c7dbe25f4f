"""Services given to firms, and what they did: events of the casebook."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from service.decisions.case_events import append
from service.decisions.firms import is_seen
from service.decisions.signed import Signed
from service.queries.firm.firm_lookup import find_firm
from tiers.cultivation.services import catalogue
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.release.releases import Published

PREFIX = "service:"


@dataclass(frozen=True)
class Gap:
    """The condition of a title that a service is to help with; None where it is about none."""

    designation: str | None = None
    condition_id: str | None = None


def give(home: Home, firm_words: str, service: str, on: date, gap: Gap, writer: Signed) -> Event:
    """A service of the catalogue was given to a firm on a day; raises ``BadInput`` for one that it lacks.

    The same request again returns its event.
    """
    known = catalogue().services
    if service not in known:
        raise BadInput(
            f"没有服务 {service}；有 {'、'.join(f'{name} {entry.zh}' for name, entry in known.items())}",
            f"there is no service {service}; there are {', '.join(known)}",
        )
    with Published(home).at_once() as release:
        firm = find_firm(release, firm_words)
        if gap.condition_id is not None and not release.rows(
            "select 1 from desk_firm__evidence where firm_key = firm_key($1) and firm_id = $1 and condition_id = $2",
            [firm["firm_id"], gap.condition_id],
        ):
            raise BadInput(f"没有条件 {gap.condition_id}", f"there is no condition {gap.condition_id}")
    content = {
        "on": on.isoformat(),
        "firm": firm["firm_id"],
        "service": service,
        "provider": known[service].provider,
        "designation": gap.designation,
        "condition_id": gap.condition_id,
    }
    draft = Draft(f"{PREFIX}{uuid4().hex[:12]}", _kinds()[0], content, writer.why, 0, writer.request)
    return append(Book(home), [draft], writer)[0]


def assess(home: Home, number: int, outcome: str, on: date, writer: Signed) -> Event:
    """Whether a service closed the gap; ``number`` is that of the event by which it was given.

    A later answer replaces an earlier one. Raises ``BadInput`` for another number or outcome.
    """
    known = catalogue().outcomes
    if outcome not in known:
        raise BadInput(
            f"没有结果 {outcome}；有 {'、'.join(f'{name} {words.zh}' for name, words in known.items())}",
            f"there is no outcome {outcome}; there are {', '.join(known)}",
        )
    given, assessed = _kinds()
    event = next((event for event in Book(home).events(kinds=[given]) if event.seq == number), None)
    if event is None or not is_seen(home, _firm(event)):
        raise BadInput(f"第 {number} 号不是已提供的服务", f"no. {number} is no service given")
    draft = Draft(
        event.stream,
        assessed,
        {"on": on.isoformat(), "firm": event.content["firm"], "outcome": outcome},
        writer.why,
        writer.version,
        writer.request,
    )
    return append(Book(home), [draft], writer)[0]


def undo(home: Home, number: int, writer: Signed) -> Event:
    """Withdraw that a service was given, or its outcome; raises ``BadInput`` for any other number."""
    event = next((event for event in Book(home).events() if event.seq == number), None)
    if event is None or event.kind not in _kinds() or event.withdraws is not None or not is_seen(home, _firm(event)):
        raise BadInput(f"第 {number} 号不是服务记录", f"no. {number} is no record of a service")
    stream = Book(home).events(stream=event.stream)
    if any(other.withdraws == number for other in stream):
        raise BadInput(f"第 {number} 号已撤回", f"no. {number} was withdrawn already")
    about = {"firm": event.content["firm"]}
    draft = Draft(event.stream, _withdrawn(), about, writer.why, stream[-1].version, writer.request, withdraws=number)
    return append(Book(home), [draft], writer)[0]


def _firm(event: Event) -> str:
    return str(event.content["firm"])


def _kinds() -> tuple[str, str]:
    from warehouse.casebook.folds.service import ASSESSED, GIVEN

    return GIVEN, ASSESSED


def _withdrawn() -> str:
    from warehouse.casebook.folds.service import WITHDRAWN

    return WITHDRAWN
