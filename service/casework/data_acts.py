"""What a form of the page of data decides: on rows that wait, on units, on names, on a held release."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.decisions import quarantine_rows, releases
from service.decisions.data_statements import state
from service.decisions.signed import Signed
from warehouse.casebook.statements import Casebook, Entry
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.identity.joins import JOIN, PART
from warehouse.quality.quarantine.decisions import KINDS
from warehouse.quality.unit_guard import factors
from warehouse.release.releases import Reader


@dataclass(frozen=True)
class Ticked:
    """A form that was sent: what was ticked, with the value chosen for each where there is one, and the user."""

    home: Home
    reader: Reader
    chosen: Mapping[str, str]
    field: str
    value: str
    signed: Signed

    @property
    def subjects(self) -> Sequence[str]:
        """What was ticked, in order."""
        return list(self.chosen)


def _units(ticked: Ticked, entry_of: Callable[[str, int | None], Entry]) -> None:
    """A statement on each report, whose proposed power of ten is that of the release."""
    rows = ticked.reader.rows("select subject, power from desk_data__units")
    proposed = {row["subject"]: row["power"] for row in rows}
    entries = []
    for subject in ticked.subjects:
        if subject not in proposed:
            raise BadInput(f"{subject}: 本期没有这份存疑的报表", f"{subject}: no such report is in question here")
        entries.append(entry_of(subject, proposed[subject]))
    state(ticked.home, entries, ticked.signed)


def _confirm(ticked: Ticked) -> None:
    def entry(subject: str, power: int | None) -> Entry:
        if not power:
            raise BadInput(
                f"{subject}: 没有建议的倍数，请按所报计，或用 tidu units confirm 写明",
                f"{subject}: no factor is proposed; count it as filed, or state one by tidu units confirm",
            )
        return Entry(factors.KIND, subject, {"state": factors.CONFIRMED, "power": power}, ticked.signed.why)

    _units(ticked, entry)


def _refuse(ticked: Ticked) -> None:
    content = {"state": factors.REFUSED, "power": 0}
    _units(ticked, lambda subject, _: Entry(factors.KIND, subject, content, ticked.signed.why))


def _names(kind: str, ticked: Ticked) -> None:
    """A statement on each mention, that it is, or is not, the firm that was chosen for it."""
    for sql, named, zh, en in (
        ("select mention_id as named from desk_data__mentions where list_contains($1::varchar[], mention_id)",
         set(ticked.chosen), "没有这一行", "there is no such row"),
        ("select firm_id as named from desk_firm where list_contains($1::varchar[], firm_id)",
         set(ticked.chosen.values()), "没有这家企业", "there is no such firm"),
    ):  # fmt: skip
        known = {row["named"] for row in ticked.reader.rows(sql, [sorted(named)])}
        if unknown := "、".join(sorted(named - known)):
            raise BadInput(f"{zh}：{unknown}", f"{en}: {unknown}")
    entries = [Entry(kind, f"row:{row}", {"firm": firm}, ticked.signed.why) for row, firm in ticked.chosen.items()]
    state(ticked.home, entries, ticked.signed)


def _undo(ticked: Ticked) -> None:
    """Withdraw decisions of any kind by their numbers."""
    kinds = {*KINDS, factors.KIND, JOIN, PART}
    statements = [entry for entry in Casebook(ticked.home).statements() if entry.kind in kinds]
    withdrawn = {entry.withdraws for entry in statements}
    standing = {
        str(entry.statement_id): entry
        for entry in statements
        if entry.withdraws is None and entry.statement_id not in withdrawn and entry.stated_by != factors.GUARD
    }
    entries = []
    for number in ticked.subjects:
        if number not in standing:
            raise BadInput(
                f"第 {number} 号决定已不在，未作任何改动", f"decision {number} does not stand: nothing changed"
            )
        entry = standing[number]
        entries.append(Entry(entry.kind, entry.subject, entry.content, ticked.signed.why, entry.statement_id))
    state(ticked.home, entries, ticked.signed)


def _release(decide: Callable[..., Any], ticked: Ticked) -> None:
    signed = ticked.signed
    for run_id in ticked.subjects:
        decide(ticked.home, run_id, by=signed.by, why=signed.why, now=signed.now)


def _correct(ticked: Ticked) -> None:
    (row,) = ticked.subjects
    quarantine_rows.correct(ticked.home, row, ticked.field, ticked.value, ticked.signed)


DATA_ACTS: Mapping[str, Callable[[Ticked], Any]] = {
    "accept": lambda ticked: quarantine_rows.accept(ticked.home, ticked.subjects, ticked.signed),
    "reject": lambda ticked: quarantine_rows.reject(ticked.home, ticked.subjects, ticked.signed),
    "correct": _correct,
    "confirm_unit": _confirm,
    "refuse_unit": _refuse,
    "join": lambda ticked: _names(JOIN, ticked),
    "part": lambda ticked: _names(PART, ticked),
    "undo": _undo,
    "accept_release": lambda ticked: _release(releases.accept, ticked),
    "refuse_release": lambda ticked: _release(releases.refuse, ticked),
}
"""The acts by name; ``dash_app/pages/data`` offers each on the part it belongs to."""
