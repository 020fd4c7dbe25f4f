"""Factors as statements: what the guard proposes, what people confirm or refuse; the newest on a report stands.

The subject is a report: ``<feed>/<delivery>/<row>/<sheet>``. A report filed again is another delivery, so another subject.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl

from warehouse.casebook import Casebook, Statement
from warehouse.database import Connection
from warehouse.errors import BadInput

KIND = "unit_factor"
GUARD = "tidu"
PROPOSED, CONFIRMED, REFUSED = "proposed", "confirmed", "refused"


@dataclass(frozen=True)
class Proposal:
    """A factor for one report: its power of ten, and the sentence that says why, twice."""

    subject: str
    power: int
    zh: str
    en: str


def write_decisions(con: Connection) -> None:
    """``unit_decision``: every report that a person decided on, with the power of ten its money is multiplied by.

    A refused report has power 0: it counts as filed, and the guard does not ask again.
    """
    con.execute(
        """create or replace table unit_decision as
        select
            split_part(subject, '/', 2) as delivery_id,
            split_part(subject, '/', 3)::bigint as row_no,
            regexp_extract(subject, '^([^/]*/){3}(.*)$', 2) as sheet,
            content->>'state' as state,
            case content->>'state' when 'confirmed' then (content->>'power')::tinyint else 0 end as unit_power,
            said_by, why, said_at
        from statement_standing where kind = $1 and content->>'state' in ('confirmed', 'refused')""",
        [KIND],
    )


def subject_of(feed: str, row: Mapping[str, Any]) -> str:
    """How a report is named in statements."""
    return f"{feed}/{row['delivery_id']}/{row['row_no']}/{row['sheet'] or ''}"


def standing(said: Iterable[Statement]) -> dict[str, Statement]:
    """The statement that stands on each report."""
    said = list(said)
    withdrawn = {one.withdraws for one in said if one.withdraws is not None}
    return {
        one.subject: one for one in said if one.kind == KIND and one.withdraws is None and one.statement_id not in withdrawn
    }


def keep_proposals(casebook: Casebook, proposals: Iterable[Proposal], now: datetime) -> int:
    """Say what is proposed and was not said, withdraw what is no longer; what people said is left. How many were said."""
    stands = standing(casebook.statements(KIND))
    wanted = {one.subject: one for one in proposals}
    said = 0
    for subject, one in stands.items():
        is_ours = one.content["state"] == PROPOSED
        if is_ours and (subject not in wanted or wanted[subject].power != one.content["power"]):
            casebook.say(KIND, subject, {}, by=GUARD, why="不再建议 no longer proposed", now=now, withdraws=one.statement_id)
    for subject, one in wanted.items():
        known = stands.get(subject)
        if known is None or (known.content["state"] == PROPOSED and known.content["power"] != one.power):
            casebook.say(KIND, subject, _content(PROPOSED, one.power), by=GUARD, why=f"{one.zh} {one.en}", now=now)
            said += 1
    return said


def _content(state: str, power: int) -> dict[str, Any]:
    return {"state": state, "power": power}


def power_of(factor: str) -> int:
    """The power of ten of a factor such as 1000, 0.001 or ×10; ``BadInput`` for what is none."""
    powers = {text: power for power in range(-8, 9) for text in (str(10**power) if power >= 0 else f"{10.0**power:.{-power}f}",)}
    try:
        return powers[factor.strip().lstrip("×x")]
    except KeyError:
        raise BadInput(f"换算倍数须为 10 的整数次幂，如 1000 或 0.001：{factor}", f"a factor is a power of ten, such as 1000 or 0.001: {factor}") from None


def confirm(casebook: Casebook, subject: str, power: int, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, all money of the report is multiplied by this power of ten."""
    return casebook.say(KIND, subject, _content(CONFIRMED, power), by=by, why=why, now=now)


def refuse(casebook: Casebook, subject: str, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, the report counts as filed."""
    return casebook.say(KIND, subject, _content(REFUSED, 0), by=by, why=why, now=now)


def with_states(rows: pl.DataFrame, said: Iterable[Statement]) -> pl.DataFrame:
    """What stands on each report beside its judgement: state, factor, by whom, why."""
    stands = standing(said)
    frame = pl.DataFrame(
        [
            {"subject": s, "state": o.content["state"], "decided_power": o.content["power"], "said_by": o.said_by, "why": o.why}
            for s, o in stands.items()
        ],
        schema={"subject": pl.String, "state": pl.String, "decided_power": pl.Int64, "said_by": pl.String, "why": pl.String},
    )
    return rows.join(frame, on="subject", how="left", maintain_order="left")
