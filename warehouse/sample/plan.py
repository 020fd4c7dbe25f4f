"""Targets of the sample zone's plan, as its planning office sends them."""

from pathlib import Path
from typing import Any

from warehouse.sample.drawn import drawn
from warehouse.sample.office_files import write_csv

HEAD = ["高新区", "目标年度", "指标", "目标值", "单位", "依据文件", "完成时限"]
DOCUMENT = "样例高新区“十四五”“十五五”发展规划"


def write_targets(folder: Path, firms: int) -> None:
    """Write the targets of the years 2023–2027; each year a twentieth above the one before."""
    rows: list[list[Any]] = [HEAD]
    for year in range(2023, 2028):
        rise = 1.05 ** (year - 2026)
        for measure, (value, unit) in drawn("targets").items():
            target = round(value * firms * rise) if unit == "家" else round(value * rise, 1)
            rows.append(["样例高新区", year, measure, target, unit, DOCUMENT, f"{year}-12-31"])
    write_csv(folder / "plan__targets" / "规划目标_2026.csv", rows)
