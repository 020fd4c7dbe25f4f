"""Feeds that stopped coming: their last delivery is older than their cadence and grace allow on the sample's day."""

from pathlib import Path
from typing import Any

import polars as pl

from warehouse.sample.firms import Bucket
from warehouse.sample.forms import part
from warehouse.sample.office_files import write_csv
from warehouse.sample.truth import Truth
from warehouse.sample.words import INCUBATORS

FIRMS = 20
"""Firms of a bucket that the tax service and the insurance office reported on."""
LATE = (
    ("insurance__heads", "2026-02-28", "2026-04-20"),
    ("tax__income_quarterly", "2025-09-30", "2026-02-14"),
    ("incubator__register", "2024-05-20", "2025-07-20"),
)


def write_late_feeds(folder: Path, bucket: Bucket, truth: Truth) -> None:
    """Write the last delivery of each late feed; figures agree with the yearly form, so that no check fires."""
    last = bucket.yearly.filter(pl.col("year") == pl.col("year").max()).head(FIRMS)
    firms = last.join(bucket.firms.select("index", "uscc", "name"), on="index", suffix="_of_firm")
    heads: list[list[Any]] = [["统一社会信用代码", "企业名称", "所属期", "参保人数"]]
    taxes: list[list[Any]] = [["统一社会信用代码", "企业名称", "税款所属期止", "营业收入本年累计"]]
    for firm in firms.iter_rows(named=True):
        heads.append([firm["uscc"], firm["name"], "202602", firm["staff_end"]])
        taxes.append([firm["uscc"], firm["name"], "2025-09-30", firm["revenue"] * 750])
    suffix = part(bucket)
    write_csv(folder / "insurance__heads" / f"社保参保人数_20260310{suffix}.csv", heads)
    write_csv(folder / "tax__income_quarterly" / f"企业所得税季报_20251020{suffix}.csv", taxes)
    if bucket.number == 0:
        register: list[list[Any]] = [["载体编号", "载体名称", "类型", "级别"]]
        register += [[f"H{number:03}", name, kind, level] for number, (name, level, kind) in enumerate(INCUBATORS, 1)]
        write_csv(folder / "incubator__register" / "孵化载体名录_20240520.csv", register)
        truth.late_feeds(list(LATE))
