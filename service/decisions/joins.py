"""Decisions about names and links: which firm is meant, checked against the current release.

Kinds of statements: ``warehouse.identity.joins``. A name or row is given as ``name_or_row``: a firm's name, or the
address of a row that names one.
"""

from datetime import date, datetime

from warehouse.casebook.statements import Casebook, Statement
from warehouse.database.build import normalised
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.identity.joins import JOIN, KINDS, LINK, LINKS, PART
from warehouse.release.releases import Published, Reader


def join(home: Home, name_or_row: str, firm_id: str, *, by: str, why: str, now: datetime) -> Statement:
    """A name, or one row, means this firm; raises ``BadInput`` for a firm or row that the release does not know."""
    return _state(home, JOIN, name_or_row, firm_id, by=by, why=why, now=now)


def part(home: Home, name_or_row: str, firm_id: str, *, by: str, why: str, now: datetime) -> Statement:
    """A name, or one row, does not mean this firm, whatever the rules find; raises as ``join``."""
    return _state(home, PART, name_or_row, firm_id, by=by, why=why, now=now)


def _state(home: Home, kind: str, name_or_row: str, firm_id: str, *, by: str, why: str, now: datetime) -> Statement:
    with Published(home).at_once() as release:
        subject, firm = _subject(release, name_or_row), _firm(release, firm_id)
    return Casebook(home).record(kind, subject, {"firm": firm}, by=by, why=why, now=now)


def link(
    home: Home, firm_id: str, kind: str, other_id: str, on: date, *, by: str, why: str, now: datetime
) -> Statement:
    """From a day on one firm is this to another; raises ``BadInput`` for another kind, or a firm with itself."""
    with Published(home).at_once() as release:
        firm, other = _firm(release, firm_id), _firm(release, other_id)
    if kind not in LINKS or firm == other:
        raise BadInput(f"关系应为 {'、'.join(LINKS)} 之一，且不是同一家", f"one of {', '.join(LINKS)}, of two firms")
    content = {"firm": firm, "other": other, "kind": kind, "on": on.isoformat()}
    return Casebook(home).record(LINK, f"link:{firm}/{other}/{kind}", content, by=by, why=why, now=now)


def undo(home: Home, number: int, *, by: str, why: str, now: datetime) -> Statement:
    """Withdraw a statement; raises ``BadInput`` where it is not about names or links, or was withdrawn already."""
    casebook = Casebook(home)
    statements = {statement.statement_id: statement for statement in casebook.statements()}
    statement = statements.get(number)
    if statement is None or statement.kind not in KINDS or statement.withdraws is not None:
        raise BadInput(f"第 {number} 号不是对名称或企业关系的判断", f"statement {number} is not about names or links")
    if any(other.withdraws == number for other in statements.values()):
        raise BadInput(f"第 {number} 号已撤回", f"statement {number} was withdrawn already")
    return casebook.record(
        statement.kind, statement.subject, statement.content, by=by, why=why, now=now, withdraws=number
    )


def _subject(release: Reader, name_or_row: str) -> str:
    """``row:…`` for the address of a row of the release, else ``name:…``."""
    address = name_or_row.strip()
    rows = release.rows(
        "select mention_id from core_mention where mention_id = $1 or feed || '/' || mention_id = $1", [address]
    )
    if rows:
        return f"row:{rows[0]['mention_id']}"
    if "/" in address:
        raise BadInput(f"没有这一行：{address}", f"there is no such row: {address}")
    norm = normalised(name_or_row)
    if not norm:
        raise BadInput("请写出企业名称或行的地址", "name a firm, or the address of a row")
    return f"name:{norm}"


def _firm(release: Reader, firm_id: str) -> str:
    rows = release.rows(
        "select firm_id from core_firm where firm_id = $1 or uscc = upper($1) or stock_code = $1", [firm_id.strip()]
    )
    if len(rows) != 1:
        raise BadInput(
            f"没有这家企业：{firm_id}；请写统一社会信用代码或股票代码",
            f"there is no such firm: {firm_id}; give its credit code or stock code",
        )
    return str(rows[0]["firm_id"])
