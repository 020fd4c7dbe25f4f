"""Sets targets of the plan for the user, through the form of a page."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from service.decisions import targets
from service.decisions.signed import Signed
from service.queries.zone.entered_targets import history, versions
from service.queries.zone.plan import zone_of
from service.scope import Scope
from tiers.movement.measures import measures
from warehouse.casebook.events import Event, as_json
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.release.releases import Reader
from warehouse.rows import Row

FIELDS = ("measure", "year", "due", "number", "document", "why")
"""Those of a form, in its order."""


@dataclass(frozen=True)
class TargetForm:
    """A form that is sent: its fields, the number it was drawn with, and the version of the target that it showed."""

    fields: Mapping[str, str]
    request: str
    versions: Mapping[str, int]
    """By ``YEAR/MEASURE``, of every target that was entered when the form was drawn."""


class TargetWork:
    """The targets of a home, for the user."""

    def __init__(self, home: Home, scope: Scope, reader: Reader, clock: Clock) -> None:
        self._home, self._scope, self._reader, self._clock = home, scope, reader, clock

    @property
    def may_set(self) -> bool:
        """Whether the form is drawn, and taken: for a role that plans, of the whole zone."""
        return self._scope.may("plan") and self._scope.kind == "zone"

    def measures(self) -> list[Row]:
        """What a target may be set for: ``measure``, ``zh``, ``en``, ``unit``."""
        return [
            {"measure": name, "zh": entry.zh, "en": entry.en, "unit": entry.unit}
            for name, entry in measures().measures.items()
        ]

    def versions(self) -> dict[str, int]:
        """By ``YEAR/MEASURE`` the version of each target that was entered."""
        return versions(self._home, zone_of(self._reader))

    def history(self, year: int, measure: str) -> list[Row]:
        """See ``entered_targets.history``; empty for who may not see the zone."""
        if self._scope.sees[0] != "zone":
            return []
        return history(self._home, zone_of(self._reader), year, measure)

    def set(self, form: TargetForm) -> Event:
        """Set a target as a form states; the same form twice sets it once.

        Raises ``BadInput`` for who may not, and as ``targets.set_target``.
        """
        if not self.may_set:
            raise BadInput(
                "您的角色或范围不能设定目标，只能查看", "your role or scope does not set targets, it only sees them"
            )
        typed = {name: str(form.fields.get(name) or "").strip() for name in FIELDS}
        named = f"{typed['year']}/{typed['measure']}"
        digest = hashlib.sha256(as_json(typed).encode()).hexdigest()[:16]
        signed = Signed(
            self._scope.who,
            typed.pop("why"),
            self._clock(),
            form.versions.get(named, 0),
            f"{form.request}:target:{digest}",
        )
        return targets.set_target(self._home, targets.Target(zone_of(self._reader), **typed), signed)
