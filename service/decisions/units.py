"""Decisions about the unit of a report: confirm a factor, or count the report as filed."""

from datetime import datetime

from service.queries.files.rows import is_loaded
from service.queries.files.units import judgements
from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import Address, address
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.settings import forms
from warehouse.release import releases

STOCK = "STOCK-"
"""Prefix of the ``firm_id`` of a firm that is known by its stock code."""
IN_QUESTION = ("factor", "doubtful", "possible_factor", "unknown")
"""Verdicts that leave the unit of a statement open; a cell or a head count does not."""


def confirm(home: Home, report: str, factor: str, *, by: str, why: str, now: datetime) -> list[Statement]:
    """From the next run on, all money of the report is multiplied by ``factor``, such as 1000 or 0.001."""
    power, casebook = factors.power_of(factor), Casebook(home)
    return [factors.confirm(casebook, subject, power, by=by, why=why, now=now) for subject in subjects_of(home, report)]


def refuse(home: Home, report: str, *, by: str, why: str, now: datetime) -> list[Statement]:
    """From the next run on, the report counts as filed, and the guard does not ask again."""
    casebook = Casebook(home)
    return [factors.refuse(casebook, subject, by=by, why=why, now=now) for subject in subjects_of(home, report)]


def factor_of(statement: Statement) -> str:
    """From the power of ten in the statement, as ×1000 or ×0.001."""
    return factors.factor_text(statement.content["power"])


def subjects_of(home: Home, report: str) -> list[str]:
    """The rows of a report: of its address the row, of FIRM/YEAR each statement whose unit is in question.

    Of a statement filed several times the newest; FIRM is a credit code or a stock code. A statement that the guard
    takes to be as filed is not meant, though the other one of the report may be.
    """
    firm, _, year = report.partition("/")
    if "/" in year:
        return [_known_row(home, address(report).row, report)]
    firm = firm.strip().upper().removeprefix(STOCK)
    rows = [row for row in judgements(home) if (row["firm"], str(row["year"])) == (firm, year.strip())]
    rows = [row for row in rows if row["verdict"] in IN_QUESTION] or rows
    newest = {row["feed"]: str(row["subject"]) for row in sorted(rows, key=lambda row: (row["seq"], row["row_no"]))}
    if not newest:
        raise BadInput(
            f"{report}: 没有单位存疑的报表；tidu units --all 列出全部，其他报表请用完整地址",
            f"{report}: no report is in question; tidu units --all lists all, name any other one by its whole address",
        )
    return list(newest.values())


def _known_row(home: Home, row: Address, report: str) -> str:
    """Any report of the release may be decided on, also one the guard did not see."""
    if row.feed not in forms() or not is_loaded(releases.current(home), row):
        raise BadInput(f"{report}: 本期没有这份报表", f"{report}: there is no such report in this release")
    return str(row)
