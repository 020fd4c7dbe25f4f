"""Reports that seem to be in another unit: the guard's judgements in the release beside what was stated since."""

from warehouse.casebook.statements import Casebook
from warehouse.home import Home
from warehouse.quality.unit_guard.factors import KIND, factor_text, in_force
from warehouse.release import releases
from warehouse.rows import Row


def suspected_reports(home: Home, with_doubtful: bool = False) -> list[Row]:
    """Reports with a factor proposed or decided; with ``with_doubtful`` also doubtful ones, cells and head counts."""
    rows = {row["subject"]: row for row in judgements(home) if with_doubtful or row["verdict"] == "factor"}
    for subject, statement in in_force(Casebook(home).statements(KIND)).items():
        row = rows.setdefault(subject, {"subject": subject, "verdict": "factor"})
        row |= {
            "state": statement.content["state"],
            "factor": factor_text(statement.content["power"]),
            "stated_by": statement.stated_by,
            "why": statement.why,
        }
    return list(rows.values())


def judgements(home: Home) -> list[Row]:
    """Every judgement of the guard in the current release."""
    return releases.Published(home).rows(
        "select subject, unit_judgement.feed, coalesce(deliveries.seq, 0) as seq, file_name, unit_judgement.sheet,"
        " row_no, firm, known.name, year, verdict, power, chance_factor,"
        " evidence_zh, evidence_en"
        " from unit_judgement left join deliveries using (delivery_id)"
        " left join (select uscc, name from core_firm) as known on unit_judgement.firm = known.uscc"
        " order by firm, year, subject"
    )
