"""The list of accesses: who signed in, looked at a firm, edited or took files away; kept apart from the cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from warehouse.casebook.people import access as rows
from warehouse.casebook.people.access import Entry
from warehouse.casebook.people.access import Fault as Fault
from warehouse.casebook.people.store import People
from warehouse.errors import BadInput
from warehouse.machine.clock import Clock, as_text

KINDS = {
    "signed_in": ("登录", "signed in"),
    "sign_in_failed": ("登录失败", "failed to sign in"),
    "signed_out": ("退出", "signed out"),
    "confirmed": ("再次验证", "gave the password again"),
    "viewed": ("查看", "viewed"),
    "edited": ("编辑", "edited"),
    "exported": ("导出", "exported"),
    "denied": ("被拒绝", "was denied"),
}
"""What can be done, in both languages."""


class Accesses:
    """The list of one installation; of its zone where ``zone`` names one, whose code begins each subject then."""

    def __init__(self, store: People, clock: Clock, zone: str | None = None) -> None:
        self._store, self._clock, self._begin = store, clock, f"{zone}/" if zone else ""

    def record(self, kind: str, subject: str, *, who: str, role: str, content: Mapping[str, Any] | None = None) -> int:
        """Add an entry and return its number; raises ``KeyError`` for an unknown kind."""
        KINDS[kind]
        entry = Entry(as_text(self._clock()), who, role, kind, f"{self._begin}{subject}", content or {})
        with self._store.write(who, self._clock()) as writing:
            return rows.append(writing.con, entry)

    def entries(
        self, *, who: str | None = None, kind: str | None = None, since: date | None = None, limit: int = 100
    ) -> list[dict[str, Any]]:
        """The newest entries that fit, the newest first; raises ``BadInput`` for an unknown kind."""
        if kind is not None and kind not in KINDS:
            raise BadInput(f"种类应为 {'、'.join(KINDS)} 之一", f"the kind is one of {', '.join(KINDS)}")
        begin = since.isoformat() if since else None
        with self._store.read() as con:
            entries = rows.read(con, who=who, kind=kind, since=begin, limit=limit, begin=self._begin)
        return [{**entry, "subject": entry["subject"].removeprefix(self._begin)} for entry in entries]

    def verify(self) -> tuple[int, Fault | None]:
        """How many entries are sound, and the first that was changed, is missing or was put between."""
        with self._store.read() as con:
            return rows.verify(con)
