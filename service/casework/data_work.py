"""Decides on data for the user: the statistician of the zone, as rows that wait belong to no firm yet."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.casework.consequences import Consequence, consequence_of
from service.casework.data_acts import DATA_ACTS, Ticked
from service.decisions.data_statements import is_kept
from service.decisions.signed import Signed
from service.scope import Scope
from warehouse.casebook.events import as_json
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.machine.clock import Clock
from warehouse.release.releases import Reader

LONGEST = 1000
"""Signs of a reason or a value."""
MOST = 500
"""Rows of a form."""


@dataclass(frozen=True)
class DataForm:
    """A form that is sent: the act, what was ticked with its choice, and what the form was drawn with.

    ``seen`` is the number of the newest event then; ``request`` a number against double clicks.
    """

    act: str
    chosen: Mapping[str, str]
    why: str
    request: str
    seen: int
    column: str = field(default="")
    value: str = field(default="")


class DataWork:
    """Decisions on the data of a home, for the user."""

    def __init__(self, home: Home, scope: Scope, reader: Reader, clock: Clock) -> None:
        self._home, self._scope, self._reader, self._clock = home, scope, reader, clock

    @property
    def may_edit(self) -> bool:
        """Whether forms are drawn and accepted: with the right to edit the whole zone."""
        return self._scope.may("edit") and self._scope.kind == "zone"

    def consequence(self, row: str, changes: Mapping[str, str], power: int = 0) -> Consequence:
        """See ``consequences.consequence_of``; raises ``BadInput`` for who may not see the zone."""
        if self._scope.sees[0] != "zone":
            raise BadInput("只有全区范围可看", "only the scope of the zone sees this")
        return consequence_of(self._home, self._reader, row, changes, power)

    def do(self, form: DataForm) -> None:
        """Decide as a form states, all of it or nothing; the same form twice is done once.

        Raises ``BadInput`` for who may not edit, where nothing is ticked, for a missing reason and as the decision
        itself, ``BothVersions`` where somebody decided on one of the rows since, ``KeyError`` for an act there is not.
        """
        if not self.may_edit:
            raise BadInput("您的角色或范围不能决定，只能查看", "your role or scope does not decide, it only sees")
        if not form.chosen:
            raise BadInput("请勾选要决定的各项", "tick what you decide on")
        if not form.why.strip():
            raise BadInput("请写明理由", "state why")
        if len(form.chosen) > MOST or max(len(form.why), len(form.value)) > LONGEST:
            raise BadInput(
                f"一次最多 {MOST} 项，理由与数值最多 {LONGEST} 字",
                f"at most {MOST} at once, texts of at most {LONGEST} signs",
            )
        signed = self._signed(form)
        if not is_kept(self._home, signed):
            DATA_ACTS[form.act](Ticked(self._home, self._reader, form.chosen, form.column, form.value, signed))

    def _signed(self, form: DataForm) -> Signed:
        typing: dict[str, Any] = {"act": form.act, "chosen": dict(form.chosen), "why": form.why, "value": form.value}
        digest = hashlib.sha256(as_json(typing).encode()).hexdigest()[:16]
        return Signed(self._scope.who, form.why, self._clock(), form.seen, f"{form.request}:data:{digest}")
