"""A form that was sent, and what an act does with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from service.decisions.pool import Steps
from service.decisions.signed import Signed
from service.scope import Scope
from warehouse.casebook.events import Event
from warehouse.errors import BadInput
from warehouse.home import Home

Fields = Mapping[str, Any]
"""Texts as typed; numbers, lists and true or false where a program sends them."""


@dataclass(frozen=True)
class SentForm:
    """A form that was sent: of whose home, about which firm, by whom, with which fields and files.

    The home is that of a desk: what an act asks of it ends at the scope.
    """

    home: Home
    firm_id: str
    scope: Scope
    fields: Fields
    signed: Signed
    files: Sequence[Path] = ()

    def text(self, name: str) -> str:
        """A field as typed; empty where nothing was."""
        return str(self.fields.get(name) or "").strip()

    def text_or_none(self, name: str) -> str | None:
        """As ``text``, None where it is empty."""
        return self.text(name) or None

    def day(self, name: str) -> date | None:
        """A field as a day, None where it is empty; raises ``BadInput``."""
        return day_of(self.text(name))

    def day_or_today(self, name: str) -> date:
        """As ``day``, today where it is empty."""
        return self.day(name) or self.signed.today

    def required_day(self, name: str) -> date:
        """As ``day``; raises ``BadInput`` where it is empty."""
        day = self.day(name)
        if day is None:
            raise BadInput(f"请写明日期 {name}，如 2026-06-30", f"state the day {name}, as 2026-06-30")
        return day

    def number(self, name: str) -> int:
        """A field as a whole number; raises ``BadInput``."""
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
            raise BadInput(
                f"{name} 应为整数，而不是 {text or '空'}", f"{name} is a whole number, not {text or 'empty'}"
            )
        return int(text)

    def items(self, name: str) -> list[dict[str, Any]]:
        """A field that lists things of several parts; none where it is left out."""
        value = self.fields.get(name)
        return [dict(item) for item in value] if isinstance(value, list | tuple) else []


MOST_DIGITS = 15
"""Numbers of events are shorter."""


def day_of(text: str) -> date | None:
    """A day as typed, None for nothing; raises ``BadInput``."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"日期应写作 2026-06-30：{text}", f"write a day as 2026-06-30, not {text}") from error


@dataclass(frozen=True)
class Act:
    """What a form does; ``fold`` is of the thing it changes, None where it opens one.

    One ``is_of_firms`` is about firms that it finds by itself, within the scope; ``right`` names who may do it among
    those who edit, see ``may`` of ``case.yml``; ``seen`` names what has a version where that is no thing with a number.
    """

    run: Callable[[SentForm], Event | list[Event] | Steps]
    fold: Any = None
    is_of_firms: bool = False
    right: str | None = None
    seen: str | None = None

    def seen_as(self, fields: Fields) -> str:
        """Under which name a form has the version of what it changes."""
        return self.seen or str(fields.get("number") or "")
