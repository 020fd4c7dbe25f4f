"""The answer sheet of a firm: which facts it contested, what was decided and why, and which run counts it."""

from datetime import date

from service.queries.cases.case_lists import CaseFilters, listed
from service.queries.cases.cells import figure_of
from service.queries.cases.corrections import COUNTED, corrections_of
from tiers.schema.facts import label
from warehouse.errors import BadInput
from warehouse.home import Home
from warehouse.quality.quarantine.decisions import address
from warehouse.release.releases import Published
from warehouse.rows import Row


def sheet(home: Home, firm: str, today: date) -> Row:
    """Every contest of a firm: its fact in words, source, decision, and what became of its correction in the release.

    Names nobody: who decided is in the casebook. Raises ``BadInput`` where the firm contested nothing.
    """
    rows = listed(home, "contest", today, CaseFilters(firm=firm, with_ended=True))
    if not rows:
        raise BadInput(f"{firm} 没有提出过异议", f"{firm} has contested nothing")
    with Published(home).at_once() as release:
        run = release.rows("select run_id, day from desk_run__summary")[0]
        corrections = corrections_of(home, release, rows)
    return {
        "firm_id": rows[0]["firm_id"],
        "name": rows[0]["name"],
        **run,
        "contests": [_answer(row, corrections.get(row["number"])) for row in rows],
    }


def _answer(row: Row, correction: Row | None) -> Row:
    cell = address(row["cell"])
    names = (
        "number", "claimed", "value_before", "value", "raised_on", "due_on", "state", "state_zh", "state_en",
        "decided_on", "decided_why", "effects", "proofs", "run_id",
    )  # fmt: skip
    return {
        **{name: row[name] for name in names},
        "fact": row["fact"],
        "fact_zh": label(row["fact"], "zh"),
        "fact_en": label(row["fact"], "en"),
        "unit": figure_of(row["fact"], "").fact.unit,
        "delivery_id": cell.delivery_id,
        "sheet": cell.sheet,
        "row_no": cell.row_no,
        "field": "/".join(cell.rest),
        "correction": correction["correction"] if correction else None,
        "standing": correction["standing"] if correction else None,
        "findings": correction["findings"] if correction else [],
        "is_counted": correction is not None and correction["standing"] == COUNTED,
    }
