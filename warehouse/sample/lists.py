"""Recognition lists as attached to notices: a title, merged cells, names with varying brackets, a footer."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.sample.firms import Bucket
from warehouse.sample.forms import part, renamed
from warehouse.sample.name_variants import as_listed
from warehouse.sample.office_files import write_xlsx
from warehouse.sample.truth import Truth

GRANTED = {
    2021: "2021-12-16",
    2022: "2022-12-24",
    2023: "2023-12-08",
    2024: "2024-12-19",
    2025: "2025-12-12",
}


def write_lists(folder: Path, bucket: Bucket, truth: Truth) -> None:
    """Write the lists of five years; not all who qualify apply, and not all holders qualify."""
    write = partial(_write, folder, bucket, truth)
    firms = bucket.firms.filter(pl.col("founded_on").dt.year() < 2023)
    research = firms.filter(pl.col("profile").is_in(["research", "fast", "large", "star"]))
    for year, day in GRANTED.items():
        is_turn = (pl.col("index") % 5 == year % 5) & (pl.col("applied") < 0.62)
        granted = research.filter(is_turn & _founded_before(f"{year - 1}{day[4:]}"))
        write(
            "hnte",
            "高新技术企业认定名单",
            day,
            "公告",
            granted,
            _certificates(granted, year),
        )
        if year == 2023:
            ended = granted.filter(pl.col("luck") > 0.97)
            write("hnte", "撤销高新技术企业资格名单", "2025-03-14", "取消", ended)
            _write_renamed(folder, bucket, granted.filter(pl.col("luck") < 0.02))
    candidates = research.filter((pl.col("index") % 5 == 1) & (pl.col("applied") < 0.2))
    write("hnte", "拟认定高新技术企业公示名单", "2026-06-18", "公示", candidates)
    small = bucket.firms.filter(pl.col("profile").is_in(["ordinary", "research", "fast"]) & (pl.col("class2") > 1))
    for day in ("2024-08-20", "2025-08-15", "2026-06-12"):
        entered = small.filter(
            (pl.col("applied") + pl.col("luck") + int(day[:4]) * 0.31) % 1 < 0.45, _founded_before(day)
        )
        write(
            "tech_sme",
            "科技型中小企业入库名单",
            day,
            "公告",
            entered,
            _entries(entered, day),
        )
    fast = firms.filter((pl.col("profile") == "fast") & (pl.col("applied") < 0.5))
    write(
        "gazelle",
        "瞪羚企业名单",
        "2024-11-05",
        "公告",
        fast.filter(pl.col("index") % 2 == 0),
    )
    write(
        "gazelle",
        "瞪羚企业名单",
        "2025-11-10",
        "公告",
        fast.filter(pl.col("index") % 2 == 1),
    )
    stars = firms.filter(pl.col("profile") == "star")
    write(
        "unicorn",
        "独角兽企业榜单",
        "2025-06-30",
        "公告",
        stars.filter(pl.col("applied") < 0.7),
    )
    large = firms.filter((pl.col("profile") == "large") & (pl.col("applied") < 0.15))
    write("leader", "科技领军企业名单", "2024-09-30", "公告", large)


def _founded_before(day: str) -> pl.Expr:
    return pl.col("founded_on") < pl.lit(day).str.to_date()


def _certificates(firms: pl.DataFrame, year: int) -> list[str]:
    return [f"GR{year}33{index % 1_000_000:06d}" for index in firms["index"].to_list()]


def _entries(firms: pl.DataFrame, day: str) -> list[str]:
    rows = zip(firms["index"].to_list(), firms["division"].to_list(), strict=True)
    return [f"{day[:4]}{division}A8{index % 1_000_000:06d}" for index, division in rows]


def _write(
    folder: Path,
    bucket: Bucket,
    truth: Truth,
    feed: str,
    title: str,
    day: str,
    event: str,
    firms: pl.DataFrame,
    numbers: Sequence[str] = (),
) -> None:
    """Write 附件, title, header, rows by district with merged cells, footer; no file for an empty list."""
    firms = firms.with_row_index("place").filter(pl.col("founded_on") < date.fromisoformat(day))
    if firms.is_empty():
        return
    firms = firms.sort("division", "index")
    heads = [
        "序号",
        "所在区",
        "企业名称",
        *(["证书编号" if feed != "tech_sme" else "入库登记编号"] if numbers else []),
    ]
    rows: list[list[Any]] = [["附件"], [f"{title}（{day[:4]}年）"], [], heads]
    merged, start, mentions = [], len(rows), []
    path = folder / f"recognition__{feed}" / f"{title}_{day}_{event}{part(bucket)}.xlsx"
    districts = firms["division"].to_list()
    for number, firm in enumerate(firms.iter_rows(named=True), 1):
        name, variant = as_listed(firm["name"], firm["index"])
        mentions.append((f"recognition__{feed}", path.name, len(rows) + 1, name, firm["uscc"], variant))
        rows.append([number, "", name, *([numbers[firm["place"]]] if numbers else [])])
    first = 0
    for at in range(1, len(districts) + 1):
        if at == len(districts) or districts[at] != districts[first]:
            name = f"区划{districts[first]}"
            if at - first > 1:
                merged.append((start + first, start + at - 1, 1, name))
            else:
                rows[start + first][1] = name
            first = at
    rows.append([f"共 {len(districts)} 家"])
    truth.mentions(mentions)
    write_xlsx(path, rows, merged)


def _write_renamed(folder: Path, bucket: Bucket, firms: pl.DataFrame) -> None:
    if firms.is_empty():
        return
    rows: list[list[Any]] = [
        ["附件"],
        ["高新技术企业更名名单"],
        ["序号", "原名称", "现名称", "证书编号"],
    ]
    numbers = _certificates(firms, 2023)
    for number, firm in enumerate(firms.iter_rows(named=True), 1):
        rows.append([number, firm["name"], renamed(firm["name"]), numbers[number - 1]])
    path = folder / "recognition__hnte" / f"高新技术企业更名名单_2025-05-06_更名{part(bucket)}.xlsx"
    write_xlsx(path, rows)
