"""Factors as statements: the guard proposes, people confirm or refuse; the newest on a report is in force.

The subject is the row of the report, ``feed/delivery/sheet/row``. A report filed again is another
delivery, so another subject.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.casebook.statements import Casebook, Entry, Statement
from warehouse.database.build import Build
from warehouse.errors import BadInput
from warehouse.quality.quarantine.decisions import Address

KIND = "unit_factor"
PEERS = "unit_peers"
GUARD = "tidu"
LARGEST = 8
"""The largest power of ten of the macro ``power_of_ten``."""

PROPOSED, CONFIRMED, REFUSED = "proposed", "confirmed", "refused"


@dataclass(frozen=True)
class Proposal:
    """A factor for a report: its power of ten, and the reason in both languages."""

    subject: str
    power: int
    zh: str
    en: str


def write_decisions(build: Build) -> None:
    """``unit_decision``: every report with a decision, and the power of ten by which its money is multiplied.

    A refused report has power 0: it counts as filed, and the guard proposes nothing for it again.
    """
    build.execute(
        """create or replace table unit_decision as
        with stated as (
            select string_split(subject, '/') as part, json_extract_string(content, '$.state') as state,
                json_extract(content, '$.power')::tinyint as power, said_at::date as said_on, statement_id
            from statement_standing where kind = $1
        )
        select
            part[1] as feed, part[2] as delivery_id, replace(replace(part[3], '%2F', '/'), '%25', '%') as sheet,
            part[4]::bigint as row_no, state, power as unit_power, said_on, statement_id
        from stated where state in ('confirmed', 'refused')""",
        [KIND],
    )


def subject_of(feed: str, row: Mapping[str, Any]) -> str:
    """The subject of statements on a report."""
    return str(Address(feed, row["delivery_id"], row["sheet"] or "", row["row_no"]))


def in_force(statements: Iterable[Statement]) -> dict[str, Statement]:
    """The statement in force on each report, by subject."""
    statements = list(statements)
    withdrawn = {entry.withdraws for entry in statements if entry.withdraws is not None}
    return {
        entry.subject: entry
        for entry in statements
        if entry.kind == KIND and entry.withdraws is None and entry.statement_id not in withdrawn
    }


def keep_proposals(
    casebook: Casebook,
    proposals: Iterable[Proposal],
    current: Mapping[str, Statement],
    judged: Container[str],
    now: datetime,
) -> frozenset[int]:
    """State new proposals and withdraw those no longer made; returns the numbers of these statements.

    ``current``: what is in force. Decisions of people are kept, and so are proposals for reports that were not
    ``judged`` in this run.
    """
    proposed = {entry.subject: entry for entry in proposals}
    own = {subject: entry for subject, entry in current.items() if entry.content["state"] == PROPOSED}
    entries = [
        Entry(KIND, subject, {}, "不再建议 no longer proposed", withdraws=entry.statement_id)
        for subject, entry in own.items()
        if subject in judged and subject not in proposed
    ]
    entries += [
        Entry(KIND, subject, _content(PROPOSED, entry.power), f"{entry.zh} {entry.en}")
        for subject, entry in proposed.items()
        if subject not in current or (subject in own and own[subject].content["power"] != entry.power)
    ]
    return _recorded(casebook, entries, now)


def keep_peers(casebook: Casebook, measured: Mapping[str, Mapping[str, Any]], now: datetime) -> frozenset[int]:
    """State the peers that were measured, by form; returns the numbers of these statements."""
    why = "按本期全部报表测定 measured on all reports of this run"
    return _recorded(casebook, [Entry(PEERS, form, content, why) for form, content in measured.items()], now)


def _recorded(casebook: Casebook, entries: Iterable[Entry], now: datetime) -> frozenset[int]:
    return frozenset(statement.statement_id for statement in casebook.record_all(entries, by=GUARD, now=now))


def _content(state: str, power: int) -> dict[str, Any]:
    return {"state": state, "power": power}


def power_of(factor: str) -> int:
    """The power of ten of a factor such as 1000, 0.001 or ×10; raises ``BadInput`` for anything else."""
    powers = {factor_text(power): power for power in range(-LARGEST, LARGEST + 1)}
    try:
        return powers["×" + factor.strip().lstrip("×xX").replace(",", "")]
    except KeyError:
        raise BadInput(
            f"换算倍数须为 10 的整数次幂，如 1000 或 0.001：{factor}",
            f"a factor is a power of ten, such as 1000 or 0.001: {factor}",
        ) from None


def factor_text(power: int) -> str:
    """×1000, ×0.001."""
    return f"×{10**power}" if power >= 0 else f"×{10.0**power:.{-power}f}"


def confirm(casebook: Casebook, subject: str, power: int, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, all money of the report is multiplied by this power of ten."""
    return casebook.record(KIND, subject, _content(CONFIRMED, power), by=by, why=why, now=now)


def refuse(casebook: Casebook, subject: str, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, the report counts as filed."""
    return casebook.record(KIND, subject, _content(REFUSED, 0), by=by, why=why, now=now)
