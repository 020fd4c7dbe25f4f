"""Targets of the sample zone's plan, as its planning office sends them."""

from pathlib import Path
from typing import Any

from warehouse.sample.office_files import write_csv

HEAD = ["高新区", "目标年度", "指标", "目标值", "单位", "依据文件", "完成时限"]
DOCUMENT = "样例高新区“十四五”“十五五”发展规划"
SHARES = {
    "科技型中小企业存量": (0.18, "家"),
    "高新技术企业存量": (0.10, "家"),
    "瞪羚企业存量": (0.04, "家"),
    "新增高新技术企业": (0.03, "家"),
    "科技型中小企业转化为高企的比例": (8, "%"),
    "研发费用占营业收入比重": (5, "%"),
}
"""Target of 2026: of counts the share of the zone's firms, else percent."""


def write_targets(folder: Path, firms: int) -> None:
    """Write the targets of the years 2023–2027; each year a twentieth above the one before."""
    rows: list[list[Any]] = [HEAD]
    for year in range(2023, 2028):
        rise = 1.05 ** (year - 2026)
        for measure, (value, unit) in SHARES.items():
            target = round(value * firms * rise) if unit == "家" else round(value * rise, 1)
            rows.append(["样例高新区", year, measure, target, unit, DOCUMENT, f"{year}-12-31"])
    write_csv(folder / "plan__targets" / "规划目标_2026.csv", rows)
