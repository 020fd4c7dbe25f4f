"""One firm as the HTTP interface hands it out, from the same rows as its page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.queries.firm.firm_page import FirmFile, read_firm
from service.queries.release.provenance import Source, as_row
from service.queries.release.records import FIRM, SIGNAL, VERDICT
from tiers.messages.verdict import sentence
from warehouse.release.releases import Reader
from warehouse.rows import Row

PROFILE = (
    "firm_id", "uscc", "stock_code", "name", "founded_on", "status", "is_living", "ended_on", "entity_kind",
    "industry_code", "division_code", "reg_capital_fen", "incubator",
)  # fmt: skip
TITLE = (
    "designation", "zh", "en", "event", "certificate_no", "valid_from", "valid_to", "or_valid_to", "match_method",
    "is_held",
)  # fmt: skip
YEAR = (
    "year", "revenue_fen", "rd_account_fen", "rd_tax_fen", "rd_hnte_fen", "staff_end", "net_profit_fen", "basis",
)  # fmt: skip
CONDITION = (
    "condition_id", "zh", "en", "clause", "confidence", "outcome", "value", "value_high", "unit", "required_zh",
    "required_en", "gap", "gap_unit", "is_deciding", "missing_fact",
)  # fmt: skip


def firm_record(release: Reader, firm_id: str) -> Row | None:
    """Profile, position, signals, titles and yearly figures of a firm; None where the scope has no such firm."""
    file = read_firm(release, firm_id)
    if file is None:
        return None
    return {
        "profile": _part(file.profile, PROFILE),
        "position": _part(file.mover, FIRM) if file.mover else None,
        "signals": [_part(row, SIGNAL) for row in file.signals],
        "titles": [{**_part(row, TITLE), "sources": _sources([row["source"]])} for row in file.titles],
        "years": [{**_part(row, YEAR), "sources": _sources(row["sources"])} for row in file.history],
    }


def firm_verdicts(release: Reader, firm_id: str) -> Row | None:
    """The verdict of every edition on a firm, in words and with each condition and the rows it rests on."""
    file = read_firm(release, firm_id)
    return None if file is None else {"firm_id": firm_id, "rows": [_verdict(file, row) for row in file.verdicts]}


def _verdict(file: FirmFile, verdict: Row) -> Row:
    conditions = file.conditions.get(verdict["edition_id"], [])
    return {
        **_part(verdict, VERDICT),
        **{name: verdict[name] for name in ("title_zh", "title_en", "document", "issuer", "number", "confidence")},
        **{f"sentence_{lang}": sentence(verdict, conditions, lang) for lang in ("zh", "en")},
        "conditions": [{**_part(row, CONDITION), "sources": _sources(row["sources"])} for row in conditions],
    }


def _sources(sources: Iterable[Source]) -> list[Row]:
    return [as_row(source) for source in sources]


def _part(row: Mapping[str, Any], names: Sequence[str]) -> Row:
    """These columns of a row; one that an older release does not have is None."""
    return {name: row.get(name) for name in names}
