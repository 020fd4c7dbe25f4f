"""Rows that wait for a person: grouped by who sent them and why they wait, and row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.queries.files.file_words import field_word, rule_words
from service.queries.release.address import AddressFilters
from service.queries.release.records import Listed, Slice
from warehouse.release.releases import Reader
from warehouse.rows import Row

SUPPLIER = (
    "with filed as (select delivery_id,"
    " case when count(distinct incubator) = 1 then any_value(incubator) end as incubator"
    " from desk_data__filed_by group by all),"
    " supplied as (select d.delivery_id, d.file_name, f.zh as feed_zh, f.en as feed_en,"
    " concat_ws(' · ', f.publisher_zh, filed.incubator) as supplier,"
    " concat_ws(' · ', f.publisher_en, filed.incubator) as supplier_en"
    " from desk_deliveries as d inner join desk_ref_feeds as f on d.feed = f.feed"
    " left join filed on d.delivery_id = filed.delivery_id)"
)
"""Who sent a delivery: the publisher of its feed and, where its rows name a single incubator, that one."""

SUPPLIER_NAMES = f"{SUPPLIER} select distinct supplier, supplier_en from supplied"  # noqa: S608 - fixed text

WAITS = "q.severity in ('reject', 'quarantine', 'hold') and q.decision is null"
_FROM = " from desk_data__findings as q inner join supplied as s on q.delivery_id = s.delivery_id"
_SHOWN = (
    "q.address, q.feed, q.sheet, q.row_no, q.rule_id, q.severity, q.field, q.value, q.message_zh, q.message_en, q.uscc,"
    " q.name, q.decided_before, s.file_name, s.feed_zh, s.feed_en, s.supplier, s.supplier_en, firm.firm_id,"
    " firm.name as firm_name,"
    " (select count(*) from desk_firm__verdicts as v where v.firm_id = firm.firm_id"
    " and v.is_selected and v.rank is not null and v.outcome = 'unknown') as undecided"
)
_FIRM = " left join desk_firm as firm on q.uscc = firm.uscc"

BY_SUPPLIER = (
    f"{SUPPLIER}, counted as (select s.supplier, s.supplier_en, sum(a.rows_read)::bigint as rows_read,"  # noqa: S608
    " sum(a.rows_quarantined)::bigint as rows_quarantined,"
    " sum(a.rows_not_data)::bigint as rows_not_data, sum(a.rows_waiting)::bigint as waiting,"
    " count(distinct s.delivery_id) as deliveries"
    " from desk_data__accounts as a inner join supplied as s on a.delivery_id = s.delivery_id group by all),"
    " fired as (select s.supplier, q.rule_id, count(*) as hits from desk_data__findings as q"
    f" inner join supplied as s on q.delivery_id = s.delivery_id where {WAITS} group by all),"
    " worst as (select supplier, (list(rule_id order by hits desc, rule_id))[1:3] as worst from fired group by all)"
    " select counted.*, worst.worst from counted left join worst using (supplier)"
    " order by waiting desc, rows_quarantined desc, supplier"
)
"""The counts of each supplier, with the three commonest rules by which its rows wait."""


@dataclass(frozen=True)
class RowFilters(AddressFilters):
    """Which rows: of a supplier, a rule, a feed, a field, or of firms by code or part of the name; empty for any."""

    supplier: str = ""
    rule: str = ""
    feed: str = ""
    field: str = ""
    q: str = ""

    def where(self) -> tuple[str, list[str]]:
        """The condition on the rows and its bound values."""
        parts, values = [WAITS], []
        columns = {"supplier": "s.supplier", "rule": "q.rule_id", "feed": "q.feed", "field": "coalesce(q.field, '')"}
        for name, column in columns.items():
            if value := getattr(self, name):
                values.append(value)
                parts.append(f"{column} = ${len(values)}")
        if self.q:
            values.append(self.q.strip())
            parts.append(f"(upper(q.uscc) = upper(${len(values)}) or contains(q.name, ${len(values)}))")
        return " and ".join(parts), values


def groups(release: Reader, wanted: RowFilters) -> list[Row]:
    """Suppliers and reasons with how many rows wait, the most first; ``since`` is the day of the oldest file."""
    where, values = wanted.where()
    rows = release.rows(
        f"{SUPPLIER} select s.supplier, s.supplier_en, q.feed, s.feed_zh, s.feed_en, q.rule_id, coalesce(q.field, '')"
        f" as field, count(distinct q.address) as waiting, count(distinct q.uscc) as firms{_FROM} where {where}"
        " group by all order by waiting desc, s.supplier, q.rule_id, field",
        values,
    )
    return [_in_words(row) for row in rows]


def rows(release: Reader, wanted: RowFilters, part: Slice) -> Listed:
    """The findings that wait, each with the firm of its row, in the order of the files."""
    where, values = wanted.where()
    places = f" limit ${len(values) + 1} offset ${len(values) + 2}"
    listed = release.rows(
        f"{SUPPLIER} select {_SHOWN}{_FROM}{_FIRM} where {where}"
        f" order by s.supplier, s.file_name, q.sheet, q.row_no, q.rule_id, q.field{places}",
        [*values, part.limit, part.offset],
    )
    counted = release.rows(f"{SUPPLIER} select count(*) as total{_FROM} where {where}", values)
    return Listed([_in_words(row) for row in listed], counted[0]["total"])


def findings_on(release: Reader, address: str) -> list[Row]:
    """Every finding that waits on one row, by the address of the row; none where nothing waits there."""
    listed = release.rows(
        f"{SUPPLIER} select {_SHOWN}{_FROM}{_FIRM} where q.address = $1 and {WAITS} order by q.rule_id, q.field",
        [address],
    )
    return [_in_words(row) for row in listed]


def waiting(release: Reader) -> int:
    """How many rows wait."""
    sql = f"select count(distinct q.address) as waiting from desk_data__findings as q where {WAITS}"  # noqa: S608 - our names
    return int(release.rows(sql)[0]["waiting"])


def named(release: Reader, addresses: Sequence[str]) -> dict[str, Row]:
    """Code and name in the rows of some addresses, as far as the release has a finding there."""
    listed = release.rows(
        "select distinct address, uscc, name from desk_data__findings where list_contains($1::varchar[], address)",
        [list(addresses)],
    )
    return {row["address"]: row for row in listed}


def _in_words(row: Row) -> Row:
    """The row with its column as the supplier names it, and the rule in a sentence."""
    short = {f"rule_{lang}": rule_words(row["rule_id"], lang) for lang in ("zh", "en")}
    return {**row, **short, "field_word": field_word(row["feed"], row["field"])}
