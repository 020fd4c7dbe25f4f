"""Which firms an event of the casebook is about, so that a part of a warehouse contains them."""

from warehouse.casebook.events import Event
from warehouse.release import held

NOT_ABOUT_FIRMS = ("account:", "token:")
"""Prefixes of streams about people alone."""

NAMED_BY_FIRM = ("pool:",)
"""Prefixes of streams that are named by their firm."""


def is_about_firms(event: Event) -> bool:
    """Whether a figure may depend on it: neither on the accounts of people nor on the decision on a held release."""
    return event.kind not in held.KINDS and not event.stream.startswith(NOT_ABOUT_FIRMS)


def firms_of(event: Event) -> list[str] | None:
    """The firms of an event of a case: ``firm`` or ``firms`` of its content, or its stream's; None for no such name."""
    if "." not in event.kind:
        return None
    if event.stream.startswith(NAMED_BY_FIRM):
        return [event.stream.partition(":")[2]]
    firm, firms = event.content.get("firm"), event.content.get("firms")
    return [firm] if isinstance(firm, str) else firms if isinstance(firms, list) else None
