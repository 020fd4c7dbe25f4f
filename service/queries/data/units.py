"""Reports that seem to be in another unit than stated, beside the other years of the firm as they were filed."""

from collections.abc import Sequence

from service.queries.release.records import Listed, Slice
from warehouse.release.releases import Reader
from warehouse.rows import Row

_SUSPECTS = (
    " from desk_data__units as unit inner join desk_deliveries as d on unit.delivery_id = d.delivery_id"
    " inner join desk_ref_feeds as feed on unit.feed = feed.feed"
    " left join desk_firm as firm on unit.firm = firm.uscc or unit.firm = firm.stock_code"
    " where unit.verdict in ('factor', 'doubtful', 'possible_factor', 'unknown')"
    " and ($1 = '' or unit.firm = $1 or contains(firm.name, $1))"
)


def suspects(release: Reader, text: str, part: Slice) -> Listed:
    """Reports whose unit is in question, firm by firm; ``power`` of ten is the proposed factor, None for none."""
    rows = release.rows(
        "select unit.subject, unit.delivery_id, unit.feed, feed.zh as feed_zh, feed.en as feed_en, d.file_name,"
        " unit.sheet, unit.row_no, unit.firm, firm.firm_id, firm.name, unit.year, unit.verdict, unit.power,"
        f" unit.chance_factor, unit.evidence_zh, unit.evidence_en{_SUSPECTS}"
        " order by unit.firm, unit.year, unit.subject limit $2 offset $3",
        [text.strip(), part.limit, part.offset],
    )
    (counted,) = release.rows(f"select count(*) as total{_SUSPECTS}", [text.strip()])
    return Listed(rows, counted["total"])


def series(release: Reader, firms: Sequence[str]) -> dict[str, list[Row]]:
    """By credit code the yearly forms of firms, as filed in the unit of the file, the years in order.

    Forms under the statistics law are not among them.
    """
    rows = release.rows(
        "select uscc, year, delivery_id, sheet, row_no, money_unit, revenue, payroll, total_assets, staff_end"
        " from desk_data__yearly where list_contains($1::varchar[], uscc) order by uscc, year, seq, row_no",
        [list(firms)],
    )
    by_firm: dict[str, list[Row]] = {}
    for row in rows:
        by_firm.setdefault(row["uscc"], []).append(row)
    return by_firm
