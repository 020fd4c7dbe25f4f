"""A report card for each supplier: the rows of its files that were quarantined and why, by its own row numbers."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, Template

from warehouse.database.build import Snapshot
from warehouse.outputs.file_names import paths_for
from warehouse.outputs.supplier_counts import COUNTS, SUPPLIER, trends
from warehouse.quality.quarantine.listing import HEADINGS, WAITS, in_order, in_words
from warehouse.rows import Row
from warehouse.spreadsheets.spreadsheet import csv_bytes, frame_lines

if TYPE_CHECKING:
    import polars as pl

SHOWN, WORST = 200, 10
"""Rows a page prints, and rules it lists; the CSV has every row."""

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
SUPPLIERS = SUPPLIER + "select delivery_id, supplier from supplier"  # noqa: S608 - fixed text
ROWS = (
    f"select d.file_name, q.*, not ({WAITS}) as is_after from quarantine as q"  # noqa: S608 - fixed text
    " inner join deliveries as d using (delivery_id) where q.severity <> 'inform'"
)
PRINTED = ("file_name", "sheet", "row_no", "name", "uscc", "rule_id", "field", "value", "decision")
"""The columns of a row of a page, in the order in which its template names them."""

_BY_RULE = ("rule_id", "message_zh", "message_en")


class _Findings:
    """The findings of a supplier: the first as rows, their numbers by rule, and all of them in its CSV."""

    def __init__(self, csv: Path) -> None:
        csv.write_bytes(csv_bytes(COLUMNS, []))
        self._csv = csv
        self._counted: list[pl.DataFrame] = []
        self.count = 0
        self.shown: list[tuple[Any, ...]] = []

    def add(self, findings: "pl.DataFrame") -> None:
        """Add some more, in their order."""
        with self._csv.open("ab") as file:
            file.write(frame_lines(findings.select(*COLUMNS)))
        self._counted.append(findings.group_by(*_BY_RULE, maintain_order=True).len("count"))
        self.count += findings.height
        self.shown += findings.head(SHOWN - len(self.shown)).select(*PRINTED).rows()

    def worst(self) -> list[Row]:
        """The rules with most findings, and their numbers."""
        import polars as pl

        if not self._counted:
            return []
        counted = pl.concat(self._counted).group_by(*_BY_RULE, maintain_order=True).agg(pl.col("count").sum())
        return counted.sort("count", descending=True, maintain_order=True).head(WORST).to_dicts()


def write_cards(releases: Sequence[Path], out: Path) -> list[Path]:
    """A page and a CSV, named by ``file_stem``, for every supplier of the first of ``releases``, newest first."""
    out.mkdir(parents=True, exist_ok=True)
    with Snapshot.open(releases[0]) as snapshot:
        (run,) = snapshot.rows("select run_id, day from run")
        counts = snapshot.rows(COUNTS)
        paths = paths_for(out, [total["supplier"] for total in counts], ".html")
        findings = {supplier: _Findings(path.with_suffix(".csv")) for supplier, path in paths.items()}
        suppliers = snapshot.frame(SUPPLIERS)
        for piece in in_order(snapshot, ROWS, "is_after, file_name", "sheet, row_no, rule_id, field"):
            of_suppliers = in_words(piece).join(suppliers, on="delivery_id", maintain_order="left")
            for (supplier,), some in of_suppliers.partition_by("supplier", as_dict=True).items():
                findings[supplier].add(some)
    of_releases = trends(releases)
    page = _page()
    written = []
    for total in counts:
        supplier = total["supplier"]
        own, path = findings[supplier], paths[supplier]
        shares = [{"run_id": name, **_share(of[supplier])} for name, of in of_releases if supplier in of]
        html = page.render(
            supplier=supplier,
            run=run,
            total=total,
            trend=shares,
            rules=own.worst(),
            rows=own.shown,
            count=own.count,
        )
        path.write_text(html, "utf-8")
        written += [path, path.with_suffix(".csv")]
    return written


@lru_cache
def _page() -> Template:
    """Compiled once a process: that takes longer than the pages of a small zone."""
    return Environment(loader=PackageLoader("warehouse", "outputs"), autoescape=True).get_template("report_card.html")


def _share(total: dict[str, Any]) -> dict[str, Any]:
    if not total["rows_read"]:
        return {**total, "share": "–", "percent": 0}
    percent = 100 * total["rows_quarantined"] / total["rows_read"]
    return {**total, "share": f"{percent:.1f} %", "percent": round(percent)}
