"""Files gathered by the zone's offices: intellectual property, tenancies, declarations, flash reports."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from warehouse.sample.drawn import drawn
from warehouse.sample.firms import Bucket
from warehouse.sample.forms import part
from warehouse.sample.office_files import write_csv, write_xlsx
from warehouse.sample.words import INCUBATORS

RECORDS = drawn("records")
LEFT, DECLARED_ODDS, YOUNG = RECORDS["left"], RECORDS["declared"], RECORDS["young"]


def write_zone_records(folder: Path, bucket: Bucket, rng: np.random.Generator) -> None:
    """Write the files of the zone's offices for a bucket."""
    _write_ip(folder, bucket)
    _write_tenancies(folder, bucket)
    _write_declarations(folder, bucket, rng)
    _write_flash(folder, bucket)


IP_HEAD = [
    "统一社会信用代码", "企业名称", "截至日期", "I类知识产权数", "II类知识产权数", "II类未使用数", "自主研发数",
    "有效发明专利授权数", "发明专利累计申请数", "核心知识产权数", "是否参与制定标准",
]  # fmt: skip


def _write_ip(folder: Path, bucket: Bucket) -> None:
    for day, behind in (("2025-05-31", 1), ("2026-05-31", 0)):
        rows: list[list[Any]] = [IP_HEAD]
        for firm in bucket.firms.iter_rows(named=True):
            first, second = max(0, firm["class1"] - behind), max(0, firm["class2"] - behind)
            own = (first + second) * 3 // 4
            rows.append([
                firm["uscc"], firm["name"], day, first, second, second // 2, own, first, first * 2, first + second // 3,
                "是" if firm["class1"] > RECORDS["many_rights"] else "否",
            ])  # fmt: skip
        write_xlsx(folder / "ip__counts" / f"知识产权统计_{day.replace('-', '')}{part(bucket)}.xlsx", rows)


def _write_tenancies(folder: Path, bucket: Bucket) -> None:
    """Write a list per incubator; its name, level and kind are vertically merged cells."""
    head = [
        "孵化器名称",
        "级别",
        "类型",
        "企业名称",
        "统一社会信用代码",
        "入孵时间",
        "毕业时间",
        "毕业类型",
        "所属技术领域",
        "面积",
        "在孵状态",
    ]
    for number, (name, level, kind) in enumerate(INCUBATORS):
        tenants = bucket.firms.filter(pl.col("incubator") == number)
        if tenants.is_empty():
            continue
        rows: list[list[Any]] = [[f"{name}在孵企业名单"], head]
        for firm in tenants.iter_rows(named=True):
            since = firm["founded_on"] + timedelta(days=YOUNG["days_from"] + firm["index"] % YOUNG["days"])
            has_left = firm["luck"] > LEFT["luck_above"] and since.year < LEFT["since_before"]
            left = "2025-12-31" if has_left else ""
            entered = f"{since:%Y年%-m月%-d日}" if firm["index"] % 2 else f"{since:%Y/%-m/%-d}"
            kind_of_end, state = ("成功毕业", "已毕业") if left else ("", "在孵")
            tenant = [
                firm["name"],
                firm["uscc"],
                entered,
                left,
                kind_of_end,
                "电子信息",
                120.5,
                state,
            ]
            rows.append(["", "", "", *tenant])
        merged = [(2, len(rows) - 1, column, text) for column, text in enumerate((name, level, kind))]
        if len(rows) == 3:
            rows[2][:3], merged = [name, level, kind], []
        rows.append([f"共 {tenants.height} 家"])
        write_xlsx(
            folder / "incubator__tenancies" / f"在孵企业_{name}_20260630{part(bucket)}.xlsx",
            rows,
            merged,
        )


DECLARED = (
    "统一社会信用代码,企业名称,年份,是否居民企业,是否查账征收,是否限制淘汰类,是否大型集团分支机构,"
    "近五年国家级科技奖励排名,省部级以上研发机构,近五年主导标准起草排名,细分领域全国排名,"
    "细分领域全球排名,高于GDP增速指标数,是否未来产业"
)


def _write_declarations(folder: Path, bucket: Bucket, rng: np.random.Generator) -> None:
    draws = rng.random((bucket.firms.height, 4))
    for year in (2024, 2025):
        rows: list[list[Any]] = [DECLARED.split(",")]
        for firm, draw in zip(bucket.firms.iter_rows(named=True), draws, strict=True):
            if firm["index"] % 29:
                rows.append([firm["uscc"], firm["name"], year, *_declared(firm["profile"] == "large", draw)])
        write_csv(folder / "zone__declarations" / f"企业申报信息_{year}{part(bucket)}.csv", rows)


def _declared(is_large: bool, draw: np.ndarray) -> list[Any]:
    """The answers of a firm; blank where not answered."""
    yes = ("否", "是")
    is_outpost = bool(draw[1] > DECLARED_ODDS["outpost"])
    outpost = "" if draw[1] > DECLARED_ODDS["outpost_unanswered"] else yes[is_outpost]
    institution = DECLARED_ODDS["institution_of_large" if is_large else "institution"]
    return [
        *(
            "是",
            yes[bool(draw[0] > DECLARED_ODDS["no_sound_accounts"])],
            yes[bool(draw[1] < DECLARED_ODDS["restricted"])],
            outpost,
        ),
        *(2 if draw[0] > DECLARED_ODDS["award"] else 0, yes[bool(draw[2] > institution)]),
        3 if draw[3] > DECLARED_ODDS["standard"] else 0,
        *((int(draw[2] * 8) + 1, int(draw[3] * 12) + 1) if is_large else (0, 0)),
        *(int(draw[0] * 6), yes[bool(draw[3] < DECLARED_ODDS["future_industry"])]),
    ]


def _write_flash(folder: Path, bucket: Bucket) -> None:
    """Write the flash report of firms above the size threshold, which the statistics law limits to totals."""
    rows: list[list[Any]] = [["统一社会信用代码", "企业名称", "报告期", "营业收入累计", "从业人员期末", "研发费用累计"]]
    last = bucket.yearly.filter(
        (pl.col("year") == pl.col("year").max()) & (pl.col("revenue") > RECORDS["flash_revenue_above"])
    ).head(400)
    for row in last.iter_rows(named=True):
        rows.append(
            [
                row["uscc"],
                row["name"],
                "202605",
                row["revenue"] * 5 // 12,
                row["staff_end"],
                row["rd_stat"] * 5 // 12,
            ]
        )
    write_csv(folder / "torch__flash" / f"规上企业快报_202605{part(bucket)}.csv", rows, above="单位：千元")
