"""What a person at the desk sees of the guard: the judgements of the release beside what was said since."""

from typing import Any

from warehouse.casebook.statements import Casebook
from warehouse.database import Snapshot
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import address
from warehouse.quality.unit_guard.factors import KIND, factor_text, standing
from warehouse.quality.unit_guard.settings import forms
from warehouse.release import releases


def found_reports(home: Home, casebook: Casebook, everything: bool = False) -> list[dict[str, Any]]:
    """Reports with a factor proposed or decided; with ``everything`` also doubtful ones, cells and head counts."""
    judged = _judged(home)
    rows = {row["subject"]: row for row in judged if everything or row["verdict"] == "factor"}
    for subject, said in standing(casebook.statements(KIND)).items():
        row = rows.setdefault(subject, {"subject": subject, "verdict": "factor"})
        row |= {
            "state": said.content["state"],
            "factor": factor_text(said.content["power"]),
            "said_by": said.said_by,
            "why": said.why,
        }
    return list(rows.values())


def _judged(home: Home) -> list[dict[str, Any]]:
    return releases.Published(home).rows(
        "select subject, file_name, unit_judgement.sheet, row_no, firm, year, verdict, power, chance_factor,"
        " evidence_zh, evidence_en"
        " from unit_judgement left join deliveries using (delivery_id) order by firm, year, subject"
    )


def one_report(home: Home, words: str) -> str:
    """The subject of a report named by its address, or as FIRM/YEAR where only one of that year is in question."""
    if words.count("/") >= 3:
        return _known(home, words)
    firm, _, year = words.partition("/")
    judged = {str(row["subject"]) for row in _judged(home) if (row["firm"], str(row["year"])) == (firm, year)}
    if len(judged) != 1:
        zh = "没有可疑的报表" if not judged else "不止一份，请用完整地址：" + "、".join(sorted(judged))
        en = "no report is in question" if not judged else "more than one, give the whole address: " + ", ".join(judged)
        raise BadInput(f"{words}: {zh}", f"{words}: {en}")
    return judged.pop()


def _known(home: Home, words: str) -> str:
    """Any report of the release may be decided on, also one the guard did not see."""
    row = address(words).row
    known = False
    if row.feed in forms():
        sql = f"select 1 from raw_{row.feed} where delivery_id = $1 and coalesce(sheet, '') = $2 and row_no = $3"  # noqa: S608
        with Snapshot.open(releases.current(home)) as snapshot:
            known = bool(snapshot.tuples(sql, [row.delivery_id, row.sheet, row.row_no]))
    if not known:
        raise BadInput(f"{words}: 本期没有这份报表", f"{words}: there is no such report in this release")
    return str(row)
