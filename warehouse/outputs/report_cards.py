"""A report card for each supplier: the rows of its files that were quarantined and why, by its own row numbers.

A supplier is the publisher of a feed and, where the rows of a file name the incubator that filed it, that incubator.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader

from warehouse.database import Row, Snapshot
from warehouse.errors import ReleaseUnreadable
from warehouse.outputs.file_names import paths_for
from warehouse.quality.quarantine.listing import HEADINGS, WAITS, in_words
from warehouse.spreadsheet import frame_csv

if TYPE_CHECKING:
    import polars as pl

SHOWN, RELEASES, WORST = 200, 12, 10
"""Rows a page prints, releases a trend looks back over, and rules it lists; the CSV has every row."""

COLUMNS = {
    name: HEADINGS[name]
    for name in (
        "file_name",
        "sheet",
        "row_no",
        "uscc",
        "name",
        "rule_id",
        "severity",
        "field",
        "value",
        "message_zh",
        "message_en",
        "decision",
        "address",
    )
}
SUPPLIER = (
    "with supplier as (select d.delivery_id, concat_ws(' · ', f.publisher_zh, tenant.incubator) as supplier"
    " from deliveries as d inner join ref_feeds as f on d.feed = f.feed left join (select delivery_id,"
    " case when count(distinct incubator) = 1 then any_value(incubator) end as incubator"
    " from raw_incubator__tenancies group by all) as tenant on d.delivery_id = tenant.delivery_id) "
)
COUNTS = SUPPLIER + (  # noqa: S608 - fixed text
    "select supplier, sum(rows_read)::bigint as rows_read, sum(rows_quarantined)::bigint as kept_out,"
    " sum(rows_waiting)::bigint as waiting from accounts inner join supplier using (delivery_id)"
    " group by all order by 1"
)
ROWS = SUPPLIER + (  # noqa: S608 - fixed text
    "select s.supplier, d.file_name, q.* from quarantine as q inner join supplier as s using (delivery_id)"  # noqa: S608 - fixed text
    " inner join deliveries as d using (delivery_id) where q.severity <> 'inform'"
    f" order by ({WAITS}) desc, d.file_name, q.sheet, q.row_no, q.rule_id, q.field"
)


def write_cards(releases: Sequence[Path], out: Path) -> list[Path]:
    """A page and a CSV, named by ``file_stem``, for every supplier of the first of ``releases``, newest first."""
    out.mkdir(parents=True, exist_ok=True)
    with Snapshot.open(releases[0]) as snapshot:
        (run,) = snapshot.rows("select run_id, day from run")
        counts = snapshot.rows(COUNTS)
        findings = in_words(snapshot.frame(ROWS))
    trends = [(releases[0].stem, _by_supplier(counts))]
    trends += [(path.stem, trend(path)) for path in releases[1:RELEASES]]
    rows = {supplier: own for (supplier,), own in findings.partition_by("supplier", as_dict=True).items()}
    page = Environment(loader=PackageLoader("warehouse", "outputs"), autoescape=True).get_template("report_card.html")
    paths = paths_for(out, [total["supplier"] for total in counts], ".html")
    written = []
    for total in counts:
        own = rows.get(total["supplier"], findings.clear())
        shares = [{"run_id": name, **_share(of[total["supplier"]])} for name, of in trends if total["supplier"] in of]
        html = page.render(
            supplier=total["supplier"],
            run=run,
            total=total,
            trend=shares,
            rules=_worst(own),
            rows=own.head(SHOWN).to_dicts(),
            count=own.height,
        )
        path = paths[total["supplier"]]
        path.write_text(html, "utf-8")
        path.with_suffix(".csv").write_bytes(frame_csv(COLUMNS, own))
        written += [path, path.with_suffix(".csv")]
    return written


@lru_cache(maxsize=64)
def trend(path: Path) -> dict[str, Row]:
    """The counts of a release by supplier; empty for one that is damaged or lacks the tables. It never changes."""
    try:
        with Snapshot.open(path) as snapshot:
            return _by_supplier(snapshot.rows(COUNTS))
    except ReleaseUnreadable:
        return {}


def _by_supplier(counts: list[Row]) -> dict[str, Row]:
    return {row["supplier"]: row for row in counts}


def _share(total: dict[str, Any]) -> dict[str, Any]:
    if not total["rows_read"]:
        return {**total, "share": "–", "percent": 0}
    percent = 100 * total["kept_out"] / total["rows_read"]
    return {**total, "share": f"{percent:.1f} %", "percent": round(percent)}


def _worst(findings: "pl.DataFrame") -> list[Row]:
    counted = findings.group_by("rule_id", "message_zh", "message_en", maintain_order=True).len("count")
    return counted.sort("count", descending=True, maintain_order=True).head(WORST).to_dicts()
