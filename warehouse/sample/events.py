"""Files of events of the sample zone: financing, listings, exception lists."""

from pathlib import Path
from typing import Any

import polars as pl

from warehouse.sample.drawn import drawn
from warehouse.sample.firms import Bucket
from warehouse.sample.forms import EXPORT_DAY, part
from warehouse.sample.office_files import write_csv

EVENTS = drawn("events")


def write_events(folder: Path, bucket: Bucket) -> None:
    """Financing rounds, listings and operating exceptions."""
    _write_financing(folder, bucket)
    _write_listings(folder, bucket)
    _write_exceptions(folder, bucket)


def _write_financing(folder: Path, bucket: Bucket) -> None:
    """Amounts as vendors write them: 亿 and 万, several currencies, undisclosed."""
    rows: list[list[Any]] = [
        [
            "企业名称",
            "统一社会信用代码",
            "融资日期",
            "轮次",
            "融资金额",
            "投后估值",
            "投资方",
            "投资方类型",
            "信息来源",
        ]
    ]
    for firm in bucket.firms.filter(pl.col("profile").is_in(["star", "fast", "research"])).iter_rows(named=True):
        rows += _rounds(firm)
    write_csv(folder / "financing__rounds" / f"融资事件_{EXPORT_DAY}{part(bucket)}.csv", rows)


def _rounds(firm: dict[str, Any]) -> list[list[Any]]:
    code = firm["uscc"] if firm["index"] % 4 else ""
    if firm["profile"] == "star":
        kind, rest = "专业机构", "公开信息"
        big = "12亿美元" if firm["index"] % 2 == 0 or firm["index"] < EVENTS["first_big"] else "6.8亿美元"
        return [
            [
                firm["name"],
                code,
                "2023-04-12",
                "A轮",
                "3000万美元",
                "3亿美元",
                "某创投",
                kind,
                rest,
            ],
            [
                firm["name"],
                code,
                "2024-09-03",
                "B轮",
                "4.2亿元人民币",
                "45亿元人民币",
                "某基金",
                kind,
                rest,
            ],
            [firm["name"], code, "2026-01-15", "C轮", "1.1亿美元", big, "某基金", kind, rest],
        ]
    if firm["applied"] > EVENTS["round_applied_above"]:
        return []
    kind = ("专业机构", "产业资本", "个人")[firm["index"] % 3]
    amount = ("2000万元人民币", "数千万人民币", "未披露", "500万元")[firm["index"] % 4]
    value = ("1.5亿元人民币", "", "", "3000万元")[firm["index"] % 4]
    return [[firm["name"], code, "2025-03-20", "天使轮", amount, value, "某投资", kind, "公开信息"]]


def _write_listings(folder: Path, bucket: Bucket) -> None:
    rows: list[list[Any]] = [
        [
            "统一社会信用代码",
            "企业名称",
            "证券代码",
            "交易所",
            "板块",
            "事项",
            "日期",
            "与上市主体关系",
        ]
    ]
    is_listed = (pl.col("profile") == "large") & (pl.col("applied") < EVENTS["listed_applied_below"])
    for firm in bucket.firms.filter(is_listed).iter_rows(named=True):
        exchange, board = EVENTS["boards"][firm["index"] % len(EVENTS["boards"])]
        relation = "子公司" if firm["index"] % 9 == 0 else "本企业"
        rows.append(
            [
                firm["uscc"],
                firm["name"],
                f"{900000 + firm['index'] % 99999}",
                exchange,
                board,
                "上市",
                "2022-07-22",
                relation,
            ]
        )
    write_csv(
        folder / "listing__events" / f"上市信息_{EXPORT_DAY}{part(bucket)}.csv",
        rows if len(rows) > 1 else [*rows, _no_firm()],
    )


def _no_firm() -> list[str]:
    """A firm outside the zone, so that the file is never empty."""
    return [
        "91330000MA00000X0Y",
        "样例控股有限公司",
        "999999",
        *EVENTS["board_elsewhere"],
        "上市",
        "2020-01-02",
        "母公司",
    ]


def _write_exceptions(folder: Path, bucket: Bucket) -> None:
    rows: list[list[Any]] = [
        [
            "统一社会信用代码",
            "企业名称",
            "名单类别",
            "列入日期",
            "移出日期",
            "列入原因",
            "作出决定机关",
        ]
    ]
    kinds = ("经营异常名录", "经营异常名录", "严重违法失信名单", "重大安全事故", "失信被执行人")
    for number, firm in enumerate(
        bucket.firms.filter(pl.col("luck").is_between(*EVENTS["excepted_luck"])).iter_rows(named=True)
    ):
        removed = "2025-09-01" if number % 2 else ""
        rows.append(
            [
                firm["uscc"],
                firm["name"],
                kinds[number % 5],
                "2025-07-05",
                removed,
                "未按规定公示年度报告",
                "区市场监督管理局",
            ]
        )
    write_csv(folder / "exception__lists" / f"异常名录_{EXPORT_DAY}{part(bucket)}.csv", rows, "gb18030")
