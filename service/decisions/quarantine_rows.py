"""Decisions on several quarantined rows at once: checked together against the current release, kept together."""

from collections.abc import Sequence

from service.decisions.data_statements import state
from service.decisions.quarantine import correctable, decisions_in_force, readable
from service.decisions.signed import Signed
from warehouse.casebook.events import Event
from warehouse.casebook.statements import Casebook, Entry
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine import listing
from warehouse.quality.quarantine.decisions import ACCEPT, CORRECT, READER_RULES, REJECT, address
from warehouse.quality.rules import KEPT_OUT
from warehouse.release import releases
from warehouse.rows import AnyRow


def accept(home: Home, rows: Sequence[str], signed: Signed) -> list[Event]:
    """Let rows count although rules fired: of each row every finding that waits.

    Raises ``BadInput`` where nothing waits on one of them, or its columns are not sure, and as ``state``.
    """
    waiting = _waiting_on(home, rows)
    for row, findings in waiting.items():
        if any(finding["rule_id"] in READER_RULES for finding in findings):
            raise BadInput(
                f"{row}: 该行的列不能确定，无法采用；请退回更正后重报，或不予采用",
                f"{row}: the columns of this row are not sure, so it cannot count; have it sent anew, or reject it",
            )
    entries = [
        Entry(ACCEPT, f"{row}/{finding['rule_id']}/{finding['field'] or ''}", {}, signed.why)
        for row, findings in waiting.items()
        for finding in findings
    ]
    return state(home, entries, signed)


def reject(home: Home, rows: Sequence[str], signed: Signed) -> list[Event]:
    """Keep rows out for good; raises ``BadInput`` where nothing waits on one of them, and as ``state``."""
    return state(home, [Entry(REJECT, row, {}, signed.why) for row in _waiting_on(home, rows)], signed)


def correct(home: Home, row: str, field: str, value: str, signed: Signed) -> list[Event]:
    """Replace a cell, in the unit of its file; raises as ``quarantine.correctable`` and ``state``."""
    subject = correctable(home, row, field)
    return state(home, [Entry(CORRECT, subject, {"value": readable(home, subject, value)}, signed.why)], signed)


def _waiting_on(home: Home, rows: Sequence[str]) -> dict[str, list[AnyRow]]:
    """The findings that wait on each row; a row that was rejected since takes no other decision."""
    places = list(dict.fromkeys(str(address(row).row) for row in rows))
    if not places:
        raise BadInput("请勾选要决定的行", "tick the rows that you decide on")
    rejected = {entry.subject for entry in decisions_in_force(Casebook(home)) if entry.kind == REJECT}
    waiting: dict[str, list[AnyRow]] = {place: [] for place in places}
    for finding in listing.findings_on(releases.current(home), places):
        if finding["severity"] in KEPT_OUT and finding["decision"] is None:
            waiting[finding["address"]].append(finding)
    for place, findings in waiting.items():
        if place in rejected or not findings:
            raise BadInput(
                f"{place}: 这一行没有待办的问题，未作任何改动", f"{place}: nothing waits on this row, nothing changed"
            )
    return waiting
