"""The quarantine report: every finding with file, sheet and row as a person counts, to be sent back or worked on."""

import csv
from pathlib import Path

from warehouse.database import reading
from warehouse.spreadsheet import neutral

HEADINGS = {
    "feed": "来源 feed",
    "file_name": "文件 file",
    "sheet": "工作表 sheet",
    "row_no": "行号 row",
    "rule_id": "规则 rule",
    "severity": "处理 severity",
    "field": "字段 field",
    "value": "原值 value",
    "message_zh": "说明",
    "message_en": "message",
}


def write_report(build: Path, path: Path) -> Path:
    """A CSV with a BOM, so that Chinese Excel reads it; cells that look like formulas are neutralised."""
    part = path.with_suffix(".part")
    with reading(build) as con, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS.values())
        found = con.execute(
            "select q.feed, d.file_name, q.sheet, q.row_no, q.rule_id, q.severity, q.field, q.value,"
            " q.message_zh, q.message_en from quarantine as q left join deliveries as d using (delivery_id)"
            " order by q.feed, d.file_name, q.sheet, q.row_no, q.rule_id, q.field"
        )
        while rows := found.fetchmany(10_000):
            writer.writerows([neutral(value) for value in row] for row in rows)
    part.replace(path)
    return path
