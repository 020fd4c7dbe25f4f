"""Which firms an event of the casebook is about, so that a part of a warehouse contains them."""

from collections.abc import Iterable

from warehouse.casebook.events import Event
from warehouse.release import held

NOT_ABOUT_FIRMS = ("account:", "token:", "delivery:", "today:", "look:", "alert:")
"""Prefixes of streams about people, visits to pages and alerts, or about files handed over.

``look:`` is what ``today:`` was in the casebooks of older versions.
"""

NAMED_BY_FIRM = ("pool:",)
"""Prefixes of streams that are named by their firm."""


def is_about_firms(event: Event) -> bool:
    """Whether a figure may depend on it: neither on the accounts of people nor on the decision on a held release."""
    return event.kind not in held.KINDS and not event.stream.startswith(NOT_ABOUT_FIRMS)


def firms_of(events: Iterable[Event]) -> dict[str, set[str]]:
    """The firms of each stream of a case, which its name or one of its events names; streams without any are left out.

    An event that lists its firms may list none, as the leave of an officer who owns no firm: it affects none.
    Later events of a stream, such as a promise kept, need not name the firm again.
    """
    firms: dict[str, set[str]] = {}
    for event in events:
        if (named := _named(event)) is not None:
            firms.setdefault(event.stream, set()).update(named)
    return firms


def _named(event: Event) -> list[str] | None:
    if "." not in event.kind:
        return None
    if event.stream.startswith(NAMED_BY_FIRM):
        return [event.stream.partition(":")[2]]
    content = event.content
    several = content.get("firms")
    listed = several if isinstance(several, list) else None
    names = [name for name in (content.get("firm"), content.get("firm_id"), *(listed or ())) if isinstance(name, str)]
    return names if names or listed is not None else None
