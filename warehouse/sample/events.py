"""What else arrives: financing, listings, exception lists, intellectual property, tenancies, declarations."""

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from warehouse.sample.firms import Bucket
from warehouse.sample.forms import EXPORT_DAY, part
from warehouse.sample.paper import write_csv, write_xlsx
from warehouse.sample.words import INCUBATORS


def write_events(folder: Path, bucket: Bucket, rng: np.random.Generator) -> None:
    """All files of a bucket that are neither registry, yearly form nor recognition list."""
    _write_financing(folder, bucket)
    _write_listings(folder, bucket)
    _write_exceptions(folder, bucket)
    _write_ip(folder, bucket)
    _write_tenancies(folder, bucket)
    _write_declarations(folder, bucket, rng)
    _write_flash(folder, bucket)


def _write_financing(folder: Path, bucket: Bucket) -> None:
    """Amounts as vendors write them: 亿 and 万, several currencies, undisclosed ones."""
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
    for firm in bucket.firms.filter(
        pl.col("profile").is_in(["star", "fast", "research"])
    ).iter_rows(named=True):
        rows += _rounds(firm)
    write_csv(folder / "financing__rounds" / f"融资事件_{EXPORT_DAY}{part(bucket)}.csv", rows)


def _rounds(firm: dict[str, Any]) -> list[list[Any]]:
    code = firm["uscc"] if firm["index"] % 4 else ""
    if firm["profile"] == "star":
        kind, rest = "专业机构", "公开信息"
        big = "12亿美元" if firm["index"] % 2 == 0 or firm["index"] < 4 else "6.8亿美元"
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
    if firm["applied"] > 0.12:
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
    boards = (
        ("上海证券交易所", "科创板"),
        ("深圳证券交易所", "创业板"),
        ("全国股转系统", "新三板"),
        ("北京证券交易所", "北交所"),
    )
    for firm in bucket.firms.filter(
        (pl.col("profile") == "large") & (pl.col("applied") < 0.3)
    ).iter_rows(named=True):
        exchange, board = boards[firm["index"] % 4]
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
    """A subsidiary outside the zone, so that the file is never without a row."""
    return [
        "91330000MA00000X0Y",
        "样例控股有限公司",
        "999999",
        "上海证券交易所",
        "主板",
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
        bucket.firms.filter(pl.col("luck").is_between(0.5, 0.53)).iter_rows(named=True)
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
    write_csv(
        folder / "exception__lists" / f"异常名录_{EXPORT_DAY}{part(bucket)}.csv", rows, "gb18030"
    )


def _write_ip(folder: Path, bucket: Bucket) -> None:
    head = ["统一社会信用代码", "企业名称", "截至日期", "I类知识产权数", "II类知识产权数", "II类未使用数", "自主研发数",
            "有效发明专利授权数", "发明专利累计申请数", "核心知识产权数", "是否参与制定标准"]  # fmt: skip
    for day, behind in (("2025-05-31", 1), ("2026-05-31", 0)):
        rows: list[list[Any]] = [head]
        for firm in bucket.firms.iter_rows(named=True):
            first, second = max(0, firm["class1"] - behind), max(0, firm["class2"] - behind)
            own = (first + second) * 3 // 4
            rows.append([
                firm["uscc"], firm["name"], day, first, second, second // 2, own, first, first * 2, first + second // 3,
                "是" if firm["class1"] > 5 else "否",
            ])  # fmt: skip
        write_xlsx(
            folder / "ip__counts" / f"知识产权统计_{day.replace('-', '')}{part(bucket)}.xlsx", rows
        )


def _write_tenancies(folder: Path, bucket: Bucket) -> None:
    """One list for each incubator; its name, level and kind are merged down the side."""
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
            left = "2025-12-31" if firm["luck"] > 0.85 else ""
            entered = (
                f"2024年{firm['index'] % 12 + 1}月{firm['index'] % 28 + 1}日"
                if firm["index"] % 2
                else "2024/3/15"
            )
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
        merged = [
            (2, len(rows) - 1, column, text) for column, text in enumerate((name, level, kind))
        ]
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
                rows.append(
                    [firm["uscc"], firm["name"], year, *_declared(firm["profile"] == "large", draw)]
                )
        write_csv(folder / "zone__declarations" / f"企业申报信息_{year}{part(bucket)}.csv", rows)


def _declared(is_large: bool, draw: np.ndarray) -> list[Any]:
    """The answers of one firm; a blank is an answer that was not given."""
    yes = ("否", "是")
    outpost = "" if draw[1] > 0.97 else yes[bool(draw[1] > 0.95)]
    return [
        *("是", yes[bool(draw[0] > 0.03)], yes[bool(draw[1] < 0.02)], outpost),
        *(2 if draw[0] > 0.995 else 0, yes[bool(draw[2] > (0.5 if is_large else 0.97))]),
        3 if draw[3] > 0.985 else 0,
        *((int(draw[2] * 8) + 1, int(draw[3] * 12) + 1) if is_large else (0, 0)),
        *(int(draw[0] * 6), yes[bool(draw[3] < 0.1)]),
    ]


def _write_flash(folder: Path, bucket: Bucket) -> None:
    """The flash report of firms above size, under the statistics law: totals only."""
    rows: list[list[Any]] = [
        ["统一社会信用代码", "企业名称", "报告期", "营业收入累计", "从业人员期末", "研发费用累计"]
    ]
    last = bucket.yearly.filter(
        (pl.col("year") == pl.col("year").max()) & (pl.col("revenue") > 20_000)
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
    write_csv(
        folder / "torch__flash" / f"规上企业快报_202605{part(bucket)}.csv", rows, above="单位：千元"
    )
