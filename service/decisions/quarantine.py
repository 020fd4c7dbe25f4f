"""Taking a decision: it is checked against the release, then said in the casebook; the next run applies it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.casebook.statements import Casebook, Statement
from warehouse.database import Snapshot
from warehouse.errors import BadInput
from warehouse.intake.feed import load_feeds
from warehouse.quality.quarantine import listing
from warehouse.quality.quarantine.decisions import ACCEPT, CORRECT, KINDS, REJECT, SET_ASIDE, Address, address


@dataclass(frozen=True)
class Desk:
    """One person deciding on the rows of one release."""

    casebook: Casebook
    release: Path
    by: str
    why: str
    now: datetime

    def accept(self, words: str) -> list[Statement]:
        """The row counts although these findings were made: the one of the address, or all that wait on the row."""
        row = self._open_row(address(words))
        found = [
            one
            for one in listing.findings_at(self.release, str(row.row))
            if one["severity"] in ("reject", "quarantine") and one["decision"] is None and _fits(one, row)
        ]
        if not found:
            raise BadInput(f"{words}: 这一行没有待处理的问题", f"{words}: nothing waits on this row")
        if any(one["rule_id"] in SET_ASIDE for one in found):
            raise BadInput(
                f"{words}: 该行的列不能确定，无法采用；请退回更正后重报，或 reject",
                f"{words}: the columns of this row are not sure, so it cannot count; have it sent anew, or reject it",
            )
        return [self._say(ACCEPT, f"{row.row}/{one['rule_id']}/{one['field'] or ''}", {}) for one in found]

    def correct(self, words: str, field: str, value: str) -> list[Statement]:
        """Another value for one cell, in the unit of its file; empty means unknown."""
        row = self._open_row(address(words)).row
        feed = load_feeds().get(row.feed)
        if feed is None or field not in feed.columns:
            known = "、".join(feed.columns) if feed else "–"
            raise BadInput(
                f"{row.feed} 没有字段“{field}”；有 {known}", f"{row.feed} has no field {field!r}; it has {known}"
            )
        if feed.use != "service":
            raise BadInput(
                f"{row.feed} 仅供统计，数值不在此更正；请退回统计部门重报",
                f"{row.feed} is for statistics only, its values are not corrected here; have the office file anew",
            )
        if not self._is_loaded(row):
            raise BadInput(
                f"{row}: 本期没有装入这一行，无法更正；请退回重报",
                f"{row}: this row was not loaded, so it cannot be corrected; have it sent anew",
            )
        return [self._say(CORRECT, f"{row}/{field}", {"value": value.strip() or None})]

    def reject(self, words: str) -> list[Statement]:
        """The row stays out for good, and no longer waits."""
        row = self._open_row(address(words)).row
        if not (self._is_loaded(row) or listing.findings_at(self.release, str(row))):
            raise BadInput(f"{row}: 本期没有这一行", f"{row}: there is no such row in this release")
        return [self._say(REJECT, str(row), {})]

    def undo(self, words: str) -> list[Statement]:
        """Withdraw a decision by its number, or every standing one on a row by its address."""
        standing = standing_decisions(self.casebook)
        if words.isdecimal():
            chosen = [one for one in standing if one.statement_id == int(words)]
        else:
            row = str(address(words).row)
            chosen = [one for one in standing if str(address(one.subject).row) == row]
        if not chosen:
            raise BadInput(f"{words}: 没有仍然有效的决定", f"{words}: no decision stands here")
        return [self._say(one.kind, one.subject, {}, withdraws=one.statement_id) for one in chosen]

    def _open_row(self, row: Address) -> Address:
        for one in standing_decisions(self.casebook):
            if one.kind == REJECT and one.subject == str(row.row):
                raise BadInput(
                    f"{row.row}: 已按第 {one.statement_id} 号决定不予采用；请先 undo {one.statement_id}",
                    f"{row.row}: rejected by decision {one.statement_id}; undo {one.statement_id} first",
                )
        return row

    def _is_loaded(self, row: Address) -> bool:
        if row.feed not in load_feeds():
            return False
        sql = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608
        with Snapshot.open(self.release) as snapshot:
            return bool(snapshot.tuples(sql, [row.delivery_id, row.sheet, row.row_no]))

    def _say(self, kind: str, subject: str, content: dict[str, Any], withdraws: int | None = None) -> Statement:
        return self.casebook.say(kind, subject, content, by=self.by, why=self.why, now=self.now, withdraws=withdraws)


def _fits(finding: dict[str, Any], row: Address) -> bool:
    rule, *field = row.rest or ("",)
    return rule in ("", finding["rule_id"]) and (not field or "/".join(field) == (finding["field"] or ""))


def standing_decisions(casebook: Casebook) -> list[Statement]:
    """The decisions about rows that stand now: the newest on each subject that was not withdrawn."""
    said = [one for one in casebook.statements() if one.kind in KINDS]
    withdrawn = {one.withdraws for one in said}
    standing = {
        (one.kind, one.subject): one for one in said if one.withdraws is None and one.statement_id not in withdrawn
    }
    return sorted(standing.values(), key=lambda one: one.statement_id)
