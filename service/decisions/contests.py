"""Contests of a fact: raised with proof and with what would change, then accepted as a correction, or declined.

An accepted contest is two events in one transaction: the decision, and the correction of the delivered cell, which the
next run reads as any other (``warehouse/quality/quarantine/decisions.py``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from service.case_rules import case_rules
from service.decisions import proofs, quarantine
from service.decisions.case_events import append, change_of, changed, opened, repeated, require_text, row_of
from service.decisions.firms import deadline
from service.decisions.signed import Signed
from service.queries.cases.case_words import in_both
from service.queries.cases.cells import Cell, Figure, cells_of, figure_of
from service.queries.files.corrected_row import kept_out_by
from service.queries.firm.firm_lookup import find_firm
from service.queries.firm.what_if import what_if
from tiers.schema.facts import label
from warehouse.casebook.book import Book
from warehouse.casebook.events import Draft, Event, name_of
from warehouse.casebook.folds import contest
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import CORRECT, address
from warehouse.release.releases import Published
from warehouse.rows import Row

CORRECTIONS = f"{CORRECT}:"
"""The prefix of the streams of corrections."""


@dataclass(frozen=True)
class Claim:
    """What a firm holds a fact to be: the fact and its value as written; ``row`` where it comes from several."""

    firm: str
    fact: str
    claimed: str
    row: str | None = None


@dataclass(frozen=True)
class Worked:
    """A claim worked out: firm, cell, figure, which verdicts would change, and what would keep the row out."""

    firm_id: str
    run_id: str
    cell: Cell
    figure: Figure
    effects: list[Row]
    kept_out: list[Row]
    """The findings by which the corrected row would wait, so that nothing changes."""

    @property
    def money_unit(self) -> str | None:
        """The unit in which the file has the figure; None for one that is no money."""
        return self.cell.money_unit if self.figure.fact.type == "money" else None


def work_out(home: Home, claim: Claim) -> Worked:
    """Which delivered cell a claim is about, and what would change by it; nothing is kept.

    Raises ``BadInput`` where the fact is not read from a cell, or from several and no ``row`` names it.
    """
    figure = figure_of(claim.fact, claim.claimed)
    with Published(home).at_once() as release:
        firm_id = str(find_firm(release, claim.firm)["firm_id"])
        cell = _chosen_cell(cells_of(home, release, firm_id, figure), figure, claim)
        run_id = release.rows("select run_id from desk_run__summary")[0]["run_id"]
    if kept_out := kept_out_by(home, address(cell.address), figure.written_in(cell) or None):
        return Worked(firm_id, run_id, cell, figure, [], kept_out)
    answer = what_if(home, firm_id, [f"{claim.fact}={claim.claimed}"], None)
    return Worked(firm_id, run_id, cell, figure, [_effect(row) for row in answer["verdicts"] if _is_changed(row)], [])


def kept_out(home: Home, number: str) -> list[Row]:
    """The findings by which the row of a contest would wait once it is accepted, by the rules and the row of today."""
    row = row_of(home, contest, number)
    return kept_out_by(home, address(row["cell"]), row["value"] or None)


def preview(home: Home, claim: Claim) -> Row:
    """What ``work_out`` gives, as data: the firm, the fact, its cell and source, the values before and after."""
    worked = work_out(home, claim)
    return {
        "firm_id": worked.firm_id,
        "run_id": worked.run_id,
        "fact": worked.figure.column,
        "claimed": claim.claimed,
        **in_both({"fact": worked.figure.column, "claimed": claim.claimed}),
        "cell": worked.cell.address,
        "source_zh": worked.cell.source_zh,
        "source_en": worked.cell.source_en,
        "value_before": worked.cell.value,
        "value": worked.figure.written_in(worked.cell),
        "money_unit": worked.money_unit,
        "effects": worked.effects,
        "kept_out": worked.kept_out,
    }


def add(home: Home, claim: Claim, files: Sequence[Path], signed: Signed) -> Event:
    """Send a contest to the statistician; raises ``BadInput`` as ``work_out``, for proofs, and for one still open."""
    worked = work_out(home, claim)
    subject = quarantine.correctable(home, str(worked.cell.row), worked.cell.field)
    if signed.request is None:
        _require_none_open(home, subject)
    last = deadline(home, signed.today, case_rules().clocks["contest"].working_days)
    content = {
        "firm": worked.firm_id,
        "fact": worked.figure.column,
        "claimed": claim.claimed.strip(),
        "cell": subject,
        "value": worked.figure.written_in(worked.cell),
        "value_before": worked.cell.value,
        "money_unit": worked.money_unit,
        "effects": worked.effects,
        "kept_out": worked.kept_out,
        "run_id": worked.run_id,
        "raised_on": signed.today.isoformat(),
        "due_on": last.isoformat(),
        "proofs": proofs.keep(home, files),
    }
    return opened(home, contest.PREFIX, contest.RAISED, content, signed)


def accept(home: Home, number: str, signed: Signed) -> list[Event]:
    """Accept a contest: the decision and the correction of the cell, which the next run applies.

    Raises ``BadInput`` where it is decided, or the row is no longer what the fact is read from.
    """
    book = Book(home)
    row = row_of(home, contest, number)
    if earlier := repeated(book, row["stream"], signed):
        return [earlier]
    if row["state"] != "open" and signed.version in (None, row["version"]):
        raise _decided(row)
    _require_current(home, row)
    cell = address(row["cell"])
    subject = quarantine.correctable(home, str(cell.row), "/".join(cell.rest))
    value = {"value": row["value"] or None}
    correction = Draft(f"{CORRECTIONS}{subject}", CORRECT, value, signed.why, request=signed.request)
    decision = change_of(row, contest.ACCEPTED, {"on": signed.today.isoformat()}, signed)
    return append(book, [decision, correction], signed)


def decline(home: Home, number: str, signed: Signed) -> Event:
    """Decline a contest with the reason, which the firm reads on its answer sheet."""
    reason = require_text(signed.why, "不予采纳的理由（--why）", "why it is declined (--why)")
    content = {"on": signed.today.isoformat(), "reason": reason}
    return changed(home, contest, number, contest.DECLINED, content, signed, states=("open",))


def _chosen_cell(cells: Sequence[Cell], figure: Figure, claim: Claim) -> Cell:
    chosen = [cell for cell in cells if claim.row in (None, str(cell.row))]
    if len(chosen) == 1:
        return chosen[0]
    zh, en = label(figure.column, "zh"), label(figure.column, "en")
    if not cells:
        raise BadInput(
            f"{zh} 不是从某一格直接读出的，或仅供统计；请对它所依据的数提出异议，见 tidu explain",
            f"{en} is read from no single cell of a service feed: contest what it rests on, see tidu explain",
        )
    listed = "\n".join(f"  {cell.row}  {cell.source_zh}" for cell in cells)
    raise BadInput(
        f"{zh} 可能来自以下各行，请用 --row 指明：\n{listed}",
        f"{en} comes from {len(cells)} rows: name the one by --row",
    )


def _is_changed(verdict: Row) -> bool:
    return bool(verdict["before"] != verdict["outcome"])


def _effect(verdict: Row) -> Row:
    names = ("edition_id", "designation", "title_zh", "title_en", "before")
    return {**{name: verdict[name] for name in names}, "after": verdict["outcome"]}


def _require_none_open(home: Home, subject: str) -> None:
    fields = contest.TABLE.c
    for row in Book(home).rows(contest.TABLE, fields.cell == subject, fields.state == "open"):
        number = name_of(row["stream"])
        raise BadInput(f"该数已有未结的异议 {number}", f"contest {number} of this figure is still open")


def _require_current(home: Home, row: Row) -> None:
    figure = figure_of(row["fact"], "")
    with Published(home).at_once() as release:
        current = {cell.address for cell in cells_of(home, release, row["firm_id"], figure)}
    if row["cell"] not in current:
        raise BadInput(
            f"异议 {name_of(row['stream'])} 所指的行已被后来的报送取代；请核对新数后重新提出",
            f"the row of contest {name_of(row['stream'])} was restated since: contest the new figure",
        )


def _decided(row: Row) -> BadInput:
    number, day = name_of(row["stream"]), row["decided_on"]
    return BadInput(f"异议 {number} 已于 {day} 处理", f"contest {number} was decided on {day}")
