"""Decisions about quarantined rows: checked against a release, kept in the casebook, applied by the next run.

Each function takes a row by its address (``feed/delivery/sheet/row[/rule/field]``); ``release`` is what is decided on,
the current release where it is left out. All raise ``BadInput`` where the decision cannot be applied.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from service.queries.files.corrected_row import kept_out_by, unread
from service.queries.files.file_words import field_of
from service.queries.files.rows import is_loaded
from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.intake.feed import load_feeds
from warehouse.quality.quarantine import listing
from warehouse.quality.quarantine.decisions import ACCEPT, CORRECT, KINDS, READER_RULES, REJECT, Address, address
from warehouse.quality.rules import KEPT_OUT
from warehouse.release import releases


def accept(home: Home, row: str, *, by: str, why: str, now: datetime, release: Path | None = None) -> list[Statement]:
    """Let the row count although rules fired: the finding of the address, or all that wait on the row."""
    casebook = Casebook(home)
    place = _undecided(casebook, address(row))
    findings = [
        finding
        for finding in listing.findings_at(release or releases.current(home), str(place.row))
        if finding["severity"] in KEPT_OUT and finding["decision"] is None and _is_meant(finding, place)
    ]
    if not findings:
        raise BadInput(f"{row}: 这一行没有待办的问题", f"{row}: nothing waits on this row")
    if any(finding["rule_id"] in READER_RULES for finding in findings):
        raise BadInput(
            f"{row}: 该行的列不能确定，无法采用；请退回更正后重报，或 reject",
            f"{row}: the columns of this row are not sure, so it cannot count; have it sent anew, or reject it",
        )
    subjects = [f"{place.row}/{finding['rule_id']}/{finding['field'] or ''}" for finding in findings]
    return [casebook.record(ACCEPT, subject, {}, by=by, why=why, now=now) for subject in subjects]


def correct(
    home: Home,
    row: str,
    field: str,
    value: str,
    *,
    by: str,
    why: str,
    now: datetime,
    release: Path | None = None,
) -> list[Statement]:
    """Replace the value of one cell, in the unit of its file; empty means unknown."""
    subject = correctable(home, row, field, release)
    content = {"value": readable(home, subject, value, release)}
    return [Casebook(home).record(CORRECT, subject, content, by=by, why=why, now=now)]


def readable(home: Home, subject: str, value: str, release: Path | None = None) -> str | None:
    """The value of a correction, None for unknown; raises ``BadInput`` where a file with it could not be read."""
    cell, text = address(subject), value.strip()
    if text and (finding := unread(kept_out_by(home, cell, text, release), "/".join(cell.rest))):
        word = finding["field_word"]
        raise BadInput(
            f"{word} “{text}”：{finding['message_zh']}；未作更正",
            f"{word} {text!r}: {finding['message_en']}; not corrected",
        )
    return text or None


def correctable(home: Home, row: str, field: str, release: Path | None = None) -> str:
    """The subject of a correction of a cell; raises ``BadInput`` where the next run could not apply one.

    ``field`` is a column of the feed, or a heading of its files.
    """
    place = _undecided(Casebook(home), address(row)).row
    column = _correctable_column(place.feed, field)
    if not is_loaded(release or releases.current(home), place):
        raise BadInput(
            f"{place}: 本期没有装入这一行，无法更正；请退回重报",
            f"{place}: this row was not loaded, so it cannot be corrected; have it sent anew",
        )
    return f"{place}/{column}"


def _correctable_column(feed_name: str, field: str) -> str:
    feed = load_feeds().get(feed_name)
    column = field_of(feed, field) if feed else None
    if feed is None or column is None:
        columns = "、".join(f"{entry.headings[0]} {name}" for name, entry in feed.columns.items()) if feed else "–"
        raise BadInput(
            f"{feed_name} 没有字段“{field}”；有 {columns}", f"{feed_name} has no field {field!r}; it has {columns}"
        )
    if feed.use != "service":
        raise BadInput(
            f"{feed_name} 仅供统计，数值不在此更正；请退回统计部门重报",
            f"{feed_name} is for statistics only, its values are not corrected here; have the office file anew",
        )
    return column


def reject(home: Home, row: str, *, by: str, why: str, now: datetime, release: Path | None = None) -> list[Statement]:
    """Keep the row out for good, so that it no longer waits."""
    casebook, path = Casebook(home), release or releases.current(home)
    place = _undecided(casebook, address(row)).row
    if not (is_loaded(path, place) or listing.findings_at(path, str(place))):
        raise BadInput(f"{place}: 本期没有这一行", f"{place}: there is no such row in this release")
    return [casebook.record(REJECT, str(place), {}, by=by, why=why, now=now)]


def undo(home: Home, number_or_row: str, *, by: str, why: str, now: datetime) -> list[Statement]:
    """Withdraw a decision by its number, or every one in force on a row by its address."""
    casebook = Casebook(home)
    decisions = decisions_in_force(casebook)
    if number_or_row.isdecimal():
        chosen = [decision for decision in decisions if decision.statement_id == int(number_or_row)]
    else:
        row = str(address(number_or_row).row)
        chosen = [decision for decision in decisions if str(address(decision.subject).row) == row]
    if not chosen:
        raise BadInput(f"{number_or_row}: 没有仍然有效的决定", f"{number_or_row}: no decision stands here")
    return [
        casebook.record(decision.kind, decision.subject, {}, by=by, why=why, now=now, withdraws=decision.statement_id)
        for decision in chosen
    ]


def _undecided(casebook: Casebook, place: Address) -> Address:
    """The address, where its row was not rejected; of a rejected row nothing else can be decided."""
    for decision in decisions_in_force(casebook):
        if decision.kind == REJECT and decision.subject == str(place.row):
            number = decision.statement_id
            raise BadInput(
                f"{place.row}: 已按第 {number} 号决定不予采用；请先 undo {number}",
                f"{place.row}: rejected by decision {number}; undo {number} first",
            )
    return place


def _is_meant(finding: Mapping[str, Any], place: Address) -> bool:
    """Whether an address means a finding: it may name the rule, and then the field."""
    rule, *field = place.rest or ("",)
    return rule in ("", finding["rule_id"]) and (not field or "/".join(field) == (finding["field"] or ""))


def decisions_in_force(casebook: Casebook) -> list[Statement]:
    """The newest decision on each subject that was not withdrawn, by its number."""
    decisions = [statement for statement in casebook.statements() if statement.kind in KINDS]
    withdrawn = {decision.withdraws for decision in decisions}
    newest = {
        (decision.kind, decision.subject): decision
        for decision in decisions
        if decision.withdraws is None and decision.statement_id not in withdrawn
    }
    return sorted(newest.values(), key=lambda decision: decision.statement_id)
