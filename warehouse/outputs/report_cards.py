"""A report card for each supplier: the rows of its files that were quarantined and why, by its own row numbers.

A supplier is the publisher of a feed and, where the rows of a file name the incubator that filed it, that incubator.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader

from warehouse.database import Row, Snapshot
from warehouse.errors import ReleaseUnreadable
from warehouse.intake.feed import load_feeds
from warehouse.outputs.file_names import paths_for
from warehouse.quality.quarantine.listing import HEADINGS, WAITS
from warehouse.spreadsheet import frame_csv

if TYPE_CHECKING:
    import polars as pl

SHOWN, RELEASES, WORST = 200, 12, 10
"""Rows a page prints, releases a trend looks back over, and rules it lists; the CSV has every row."""

NAMED = {"state": "处理 state", "name": "企业 firm", "uscc": "统一社会信用代码 credit code"}
COLUMNS = {
    name: {**HEADINGS, **NAMED}[name]
    for name in (
        "state",
        "name",
        "uscc",
        "file_name",
        "sheet",
        "row_no",
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
WAITING = f"{WAITS} desc"
"""What the supplier still has to answer comes first."""
_STATE = f"case when {WAITS} then '待核 waits' when q.decision is not null then '已处理 decided' else '提示 a hint' end"
ROWS = SUPPLIER + (  # noqa: S608 - fixed text
    f"select s.supplier, d.file_name, q.*, {_STATE} as state from quarantine as q"  # noqa: S608 - fixed text
    " inner join supplier as s using (delivery_id) inner join deliveries as d using (delivery_id)"
    f" where q.severity <> 'inform' order by {WAITING},"
    " d.file_name, q.sheet, q.row_no, q.rule_id, q.field"
)


def write_cards(releases: Sequence[Path], out: Path) -> list[Path]:
    """A page and a CSV, named by ``file_stem``, for every supplier of the first of ``releases``, newest first."""
    out.mkdir(parents=True, exist_ok=True)
    with Snapshot.open(releases[0]) as snapshot:
        (run,) = snapshot.rows("select run_id, day from run")
        counts = snapshot.rows(COUNTS)
        findings = _in_their_words(snapshot.frame(ROWS))
    trends = [(releases[0].stem, _by_supplier(counts))]
    trends += [(path.stem, _counts(path)) for path in releases[1:RELEASES]]
    rows = {supplier: own for (supplier,), own in findings.partition_by("supplier", as_dict=True).items()}
    page = Environment(loader=PackageLoader("warehouse", "outputs"), autoescape=True).get_template("report_card.html")
    paths = paths_for(out, [total["supplier"] for total in counts], ".html")
    written = []
    for total in counts:
        own = rows.get(total["supplier"], findings.clear())
        trend = [{"run_id": name, **_share(of[total["supplier"]])} for name, of in trends if total["supplier"] in of]
        html = page.render(
            supplier=total["supplier"],
            run=run,
            total=total,
            trend=trend,
            rules=_worst(own),
            rows=own.head(SHOWN).to_dicts(),
            count=own.height,
        )
        path = paths[total["supplier"]]
        path.write_text(html, "utf-8")
        path.with_suffix(".csv").write_bytes(frame_csv(COLUMNS, own))
        written += [path, path.with_suffix(".csv")]
    return written


def _in_their_words(findings: "pl.DataFrame") -> "pl.DataFrame":
    """The findings with each field named as the supplier's own files head it, not as we do."""
    import polars as pl

    feeds = load_feeds()
    headed = [
        {"feed": feed, "field": name, "heading": column.headings[0]}
        for feed, definition in feeds.items()
        for name, column in definition.columns.items()
        if column.headings
    ]
    words = pl.DataFrame(headed, schema={"feed": pl.String, "field": pl.String, "heading": pl.String})
    named = findings.join(words, on=["feed", "field"], how="left", maintain_order="left")
    return named.with_columns(field=pl.coalesce("heading", "field")).drop("heading")


def _counts(path: Path) -> dict[str, Row]:
    """Counts by supplier; empty for a release that is damaged or lacks the tables."""
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
