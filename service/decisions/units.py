"""Decisions about the unit of a report: confirm a factor, or count the report as filed."""

from datetime import datetime

from service.queries.rows import is_loaded
from service.queries.units import judgements
from warehouse.casebook.statements import Casebook, Statement
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import Address, address
from warehouse.quality.unit_guard import factors
from warehouse.quality.unit_guard.settings import forms
from warehouse.release import releases


def confirm(home: Home, report: str, factor: str, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, all money of the report is multiplied by ``factor``, such as 1000 or 0.001."""
    power = factors.power_of(factor)
    return factors.confirm(Casebook(home), subject_of(home, report), power, by=by, why=why, now=now)


def refuse(home: Home, report: str, *, by: str, why: str, now: datetime) -> Statement:
    """From the next run on, the report counts as filed, and the guard does not ask again."""
    return factors.refuse(Casebook(home), subject_of(home, report), by=by, why=why, now=now)


def factor_of(statement: Statement) -> str:
    """The factor a statement sets, as ×1000 or ×0.001."""
    return factors.factor_text(statement.content["power"])


def subject_of(home: Home, report: str) -> str:
    """The subject of a report named by its address, or as FIRM/YEAR where only one of that year is in question."""
    firm, _, year = report.partition("/")
    if "/" in year:
        return _known_row(home, address(report).row, report)
    subjects = {str(row["subject"]) for row in judgements(home) if (row["firm"], str(row["year"])) == (firm, year)}
    if len(subjects) != 1:
        zh = "没有可疑的报表" if not subjects else "不止一份，请用完整地址：" + "、".join(sorted(subjects))
        en = "no report is in question"
        if subjects:
            en = "more than one, give the whole address: " + ", ".join(sorted(subjects))
        raise BadInput(f"{report}: {zh}", f"{report}: {en}")
    return subjects.pop()


def _known_row(home: Home, row: Address, report: str) -> str:
    """Any report of the release may be decided on, also one the guard did not see."""
    if row.feed not in forms() or not is_loaded(releases.current(home), row):
        raise BadInput(f"{report}: 本期没有这份报表", f"{report}: there is no such report in this release")
    return str(row)
