"""The registry and the yearly form, with planted faults; a file per bucket."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from warehouse.sample.drawn import drawn
from warehouse.sample.firms import Bucket
from warehouse.sample.office_files import write_csv, write_xlsx
from warehouse.sample.truth import Fault, Truth
from warehouse.sample.units import Planted, plant_units
from warehouse.sample.words import with_wrong_check

EXPORT_DAY = "20260615"
REGISTRY_HEAD = (
    "统一社会信用代码", "注册号", "企业名称", "曾用名", "企业类型", "法定代表人", "注册资本", "成立日期", "核准日期",
    "营业期限自", "营业期限至", "登记状态", "注销日期", "吊销日期", "行业代码", "住所", "住所区划", "登记机关",
)  # fmt: skip
FORM = (
    ("企业统一社会信用代码或组织机构代码", "id00", "", "uscc"), ("企业名称", "id01", "", "name"),
    ("数据年份", "id02 ", "", "year"), ("数据状态", "id03", "", ""),
    ("营业收入", "qc05_0 ", "千元", "revenue"), ("其中：主营业务收入", "qc55", "千元", "main_revenue"),
    ("收入总额（不含不征税收入）", "zx01", "千元", "total_income"),
    ("高新技术产品（服务）收入", "zx02", "千元", "hitech_income"),
    ("主导高新技术产品收入", "zx03", "千元", "leading_product_income"),
    ("成本费用支出总额", "zx04", "千元", "cost_expense"), ("研发费用（加计扣除口径）", "zx05", "千元", "rd_tax"),
    ("研发费用（高企口径）", "zx06", "千元", "rd_hnte"), ("其中：境内研发费用", "zx07", "千元", "rd_hnte_domestic"),
    ("研发费用（会计）", "qc236", "千元", "rd_account"), ("研究开发费用合计（统计）", "qj20  ", "千元", "rd_stat"),
    ("科技活动费用", "zx08", "千元", "technology_spending"), ("资产总计", "qc24", "千元", "total_assets"),
    ("年末负债合计", "qc31", "千元", "total_liabilities"), ("利润总额", "qc234", "千元", "total_profit"),
    ("净利润", "qc12", "千元", "net_profit"), ("实际上缴税费总额", "qc13", "千元", "tax_paid"),
    ("本年应付职工薪酬", "qc51", "千元", "payroll"), ("出口总额", "qc11", "千元", "exports"),
    ("从业人员期末人数", "qd01", "人", "staff_end"), ("研究开发人员合计", "qj09", "人", "rd_staff_end"),
    ("职工总数（季平均）", "zx09", "人", "staff_mean_quarterly"),
    ("科技人员（季平均）", "zx10", "人", "tech_staff_mean_quarterly"),
    ("职工总数（月平均）", "zx11", "人", "staff_mean_monthly"),
    ("科技人员（月平均）", "zx12", "人", "tech_staff_mean_monthly"),
    ("当年科技成果转化数", "zx13", "项", "conversions"), ("管理员审核状态", "adm1", "", ""),
)  # fmt: skip
MONEY = [name for _, _, unit, name in FORM if unit == "千元"]
FIRST_ROW = 4
"""The row of the first data, below headings, codes and units."""


def part(bucket: Bucket) -> str:
    """The suffix of file names for a bucket; empty for the first."""
    return f"_p{bucket.number + 1}" if bucket.number else ""


def renamed(name: str) -> str:
    """The new name of a renamed firm."""
    return name.replace("有限公司", f"（{drawn('place')['short']}）有限公司") if "（" not in name else f"新{name}"


def write_registry(folder: Path, bucket: Bucket, truth: Truth, rng: np.random.Generator) -> None:
    """Write the registry in GB18030, as the bureau exports it; renamed firms have their former name beside."""
    file = f"登记信息_{EXPORT_DAY}{part(bucket)}.csv"
    rows = [_registered(firm) for firm in bucket.firms.iter_rows(named=True)]
    faults = _registry_faults(rows, file, rng)
    write_csv(folder / "registry__firms" / file, [REGISTRY_HEAD, *rows], "gb18030")
    truth.faults(faults)


def _registered(firm: dict[str, Any]) -> list[Any]:
    founded, is_renamed = firm["founded_on"].isoformat(), firm["luck"] < drawn("forms")["renamed_luck_below"]
    capital = 10 ** (firm["class2"] % 3) * (firm["index"] % 90 + 10) * (20 if firm["profile"] == "large" else 1)
    text = f"{capital}万元人民币" if firm["index"] % 50 else f"{capital}万美元"
    status = "注销" if firm["is_dead"] else ("存续（在营、开业、在册）", "存续", "在业")[firm["index"] % 3]
    return [
        *(
            firm["uscc"],
            "",
            renamed(firm["name"]) if is_renamed else firm["name"],
            firm["name"] if is_renamed else "",
        ),
        *(
            "有限责任公司（自然人投资或控股）",
            "***",
            text,
            founded,
            founded,
            founded,
            "长期",
            status,
        ),
        *(
            "2025-11-20" if firm["is_dead"] else "",
            "",
            firm["industry"],
            f"{drawn('place')['address']}样例路{firm['index'] % 999 + 1}号",
        ),
        *(firm["division"], drawn("place")["office"]),
    ]


def _registry_faults(rows: list[list[Any]], file: str, rng: np.random.Generator) -> list[Fault]:
    """Plant a fault of each kind per 2,000 firms, at least one; ``rows`` is changed."""
    kinds = (
        ("bad_code", 0, with_wrong_check),
        ("code_as_float", 0, lambda code: f"{code[0]}.{code[1:3]}E+17"),
        ("unknown_status", 11, lambda _: "其他"),
        ("future_date", 7, lambda _: "2031-02-01"),
        ("absurd_amount", 6, lambda _: "1" + "0" * 30 + "元"),
        ("repeated", 2, lambda name: name),
    )
    count = max(1, len(rows) // 2000)
    chosen = rng.permutation(len(rows))[: count * len(kinds)].tolist()
    faults = []
    for number, at in enumerate(chosen):
        kind, column, spoil = kinds[number % len(kinds)]
        right = rows[at][column]
        if kind == "repeated":
            rows.append(list(rows[at]))
            at = len(rows) - 1
        rows[at][column] = spoil(right)
        faults.append(
            Fault(
                "registry__firms",
                file,
                at + 2,
                REGISTRY_HEAD[column],
                kind,
                right,
                rows[at][column],
            )
        )
    return faults


def write_yearly(folder: Path, bucket: Bucket, truth: Truth, rng: np.random.Generator, seed: int) -> None:
    """Write a workbook per year, and a late correction for the second last year."""
    yearly, planted = plant_units(bucket.yearly, MONEY, [seed, bucket.number, 2])
    off = {(mistake.uscc, mistake.year): mistake for mistake in planted}
    years = yearly["year"].unique().sort().to_list()
    for year in years:
        file = f"企业年度报表_{year}{part(bucket)}.xlsx"
        rows = list(_form_rows(yearly.filter(pl.col("year") == year)))
        late = rows[:: max(1, len(rows) // 20)][:15] if year == years[-2] else []
        corrected = [list(row) for row in late]
        faults = _unit_faults(rows, file, off)
        faults += _form_faults(rows, file, rng, {(row[0], row[2]) for row in rows} & off.keys()) if rows else []
        write_form(folder / "zone__yearly" / file, rows)
        if corrected:
            file = f"企业年度报表_{year}_更正{part(bucket)}.xlsx"
            for row in corrected:
                row[4] = round(row[4] * 1.02)
            write_form(folder / "zone__yearly" / file, corrected)
            faults += _unit_faults(corrected, file, off)
            faults += [
                Fault("zone__yearly", file, FIRST_ROW + at, "营业收入", "restated", row[4], "")
                for at, row in enumerate(corrected)
            ]
        truth.faults(faults)


def _form_rows(figures: pl.DataFrame) -> Iterator[list[Any]]:
    """Rows of the form; some firms miss a year, some leave cells empty or write a dash."""
    names = [name for _, _, _, name in FORM]
    for row in figures.iter_rows(named=True):
        if (row["index"] * 31 + row["year"]) % 61 == 0:
            continue
        cells = [row[name] if name else "" for name in names]
        if row["index"] % 37 == 0:
            cells[names.index("technology_spending")] = "—"
        if row["index"] % 53 == 0:
            cells[names.index("rd_hnte_domestic")] = ""
        yield cells


def _unit_faults(rows: list[list[Any]], file: str, off: dict[tuple[str, int], Planted]) -> list[Fault]:
    """The faults of reports with planted units; ``right`` is the power of ten of the correction."""
    headings = {name: heading for heading, _, _, name in FORM} | {"money": "全部金额", "merger": ""}
    reports = [(number, row, off.get((row[0], row[2]))) for number, row in enumerate(rows, FIRST_ROW)]
    return [
        Fault("zone__yearly", file, number, headings[mistake.column], mistake.kind, -mistake.power, row[4])
        for number, row, mistake in reports
        if mistake
    ]


def _form_faults(
    rows: list[list[Any]], file: str, rng: np.random.Generator, taken: set[tuple[str, int]]
) -> list[Fault]:
    """Plant faults in rows and cells of reports without a fault; ``rows`` is changed."""
    names = [name for _, _, _, name in FORM]
    money = [names.index(name) for name in MONEY]
    kinds = (
        "unit_thousandfold",
        "cell_hundredfold",
        "part_above_whole",
        "year_as_text",
        "repeated",
        "wrong_year",
    )
    free = [at for at in rng.permutation(len(rows)).tolist() if (rows[at][0], rows[at][2]) not in taken]
    faults = []
    for number, at in enumerate(free[: max(1, len(rows) // 1500) * len(kinds)]):
        kind, row = kinds[number % len(kinds)], rows[at]
        column = {"cell_hundredfold": "payroll", "part_above_whole": "hitech_income"}.get(kind, "revenue")
        place = names.index("year" if kind in ("year_as_text", "wrong_year") else column)
        right = row[place]
        if kind == "unit_thousandfold":
            for cell in money:
                row[cell] = row[cell] * 1000 if row[cell] not in ("", "—") else row[cell]
        elif kind == "cell_hundredfold":
            row[place] *= 100
        elif kind == "part_above_whole":
            row[place] = row[names.index("total_income")] * 3 + 1
        elif kind == "year_as_text":
            row[place] = "二〇" + str(right)[2:]
        elif kind == "wrong_year":
            row[place] = right - 1
        else:
            rows.append([*row[:4], row[4] + 1, *row[5:]])
            at, place = len(rows) - 1, 0
        faults.append(Fault("zone__yearly", file, at + FIRST_ROW, FORM[place][0], kind, right, rows[at][place]))
    return faults


def write_form(path: Path, rows: list[list[Any]]) -> None:
    """Write a workbook of the yearly form: headings, codes, units, rows."""
    head = [[entry[position] for entry in FORM] for position in range(3)]
    write_xlsx(path, [*head, *rows], sheet="GQ-002")
