"""Firms planted for each signal and kind of change, in files of their own, with what is true of them.

``signals.yml`` states the recipes; ``truth/signals.csv`` lists the change and every signal of each planted firm.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tiers.strict_yaml import load
from warehouse.sample.drawn import drawn
from warehouse.sample.forms import FORM, REGISTRY_HEAD, write_form
from warehouse.sample.office_files import write_csv, write_xlsx
from warehouse.sample.truth import Truth
from warehouse.sample.words import credit_code, names
from warehouse.sample.zone_records import DECLARED, IP_HEAD

PLACE = drawn("place")
DIVISION = PLACE["divisions"][0]
YEARS = range(2020, 2026)
Firm = Mapping[str, Any]


def write_signals(folder: Path, truth: Truth, times: int, first: int, seed: int) -> None:
    """Write the files of ``times`` firms a recipe, numbered from ``first``; nothing where ``times`` is 0."""
    planted = list(_firms(times, first, seed))
    if not planted:
        return
    write_csv(
        folder / "registry__firms" / "登记信息_20260616.csv", [REGISTRY_HEAD, *map(_registered, planted)], "gb18030"
    )
    for year in YEARS:
        rows = [row for firm in planted if (row := _form(firm, year))]
        write_form(folder / "zone__yearly" / f"企业年度报表_{year}_补报.xlsx", rows)
    _write_records(folder, planted)
    _write_lists(folder, planted)
    truth.signals([(firm["uscc"], firm["recipe"], firm["change"], ";".join(firm["signals"])) for firm in planted])


@cache
def _recipes() -> dict[str, Any]:
    content: dict[str, Any] = load(Path(__file__).with_name("signals.yml")).content
    return content


def _firms(times: int, first: int, seed: int) -> Iterator[Firm]:
    content = _recipes()
    recipes = [name for name, recipe in content["recipes"].items() for _ in range(times * recipe.get("times", 1))]
    index = np.arange(first, first + len(recipes))
    for number, name, recipe in zip(index.tolist(), names(index, seed), recipes, strict=True):
        firm = {
            "first_year": YEARS[0],
            "last_year": YEARS[-1],
            "ended": None,
            **content["base"],
            **content["recipes"][recipe],
        }
        lists = {**content["base"]["lists"], **content["recipes"][recipe].get("lists", {})}
        yield {**firm, "lists": lists, "uscc": credit_code(number, DIVISION), "name": name, "recipe": recipe}


def _of_year(written: Any, year: int) -> Any:
    """A value for all years, or that of the newest year written up to this one."""
    if not isinstance(written, Mapping):
        return written
    return written[max((at for at in written if at <= year), default=min(written))]


def _registered(firm: Firm) -> list[Any]:
    founded, ended = str(firm["founded"]), firm["ended"]
    known = {
        "统一社会信用代码": firm["uscc"], "企业名称": firm["name"], "企业类型": "有限责任公司（自然人投资或控股）",
        "法定代表人": "***", "注册资本": "500万元人民币", "成立日期": founded, "核准日期": founded,
        "营业期限自": founded,
        "营业期限至": "长期", "登记状态": "注销" if ended else "存续", "注销日期": str(ended or ""), "行业代码": "6513",
        "住所": f"{PLACE['address']}样例路1号", "住所区划": DIVISION, "登记机关": PLACE["office"],
    }  # fmt: skip
    return [known.get(heading, "") for heading in REGISTRY_HEAD]


def _form(firm: Firm, year: int) -> list[Any] | None:
    """The yearly form in 千元; None where the firm does not file."""
    if not firm["first_year"] <= year <= firm["last_year"]:
        return None
    revenue = float(firm["revenue"])
    for past in range(YEARS[0] + 1, year + 1):
        growth = firm["growth"] if not isinstance(firm["growth"], Mapping) else firm["growth"].get(past, 0.05)
        revenue *= 1 + growth
    share = _of_year(firm["hitech_share"], year)
    figures: dict[str, Any] = {
        **{name: round(revenue * part) for name, part in _PARTS.items()},
        **_PEOPLE,
        "hitech_income": "" if share is None else round(revenue * share),
        "uscc": firm["uscc"], "name": firm["name"], "year": year,
    }  # fmt: skip
    return [figures.get(name, "") for _, _, _, name in FORM]


_PARTS = {
    "revenue": 1.0, "main_revenue": 0.95, "total_income": 1.0, "leading_product_income": 0.5, "cost_expense": 0.9,
    "rd_tax": 0.075, "rd_hnte": 0.08, "rd_hnte_domestic": 0.07, "rd_account": 0.08, "rd_stat": 0.08,
    "technology_spending": 0.09, "total_assets": 1.2, "total_liabilities": 0.4, "total_profit": 0.08,
    "net_profit": 0.07,
    "tax_paid": 0.03, "payroll": 0.3, "exports": 0.0,
}  # fmt: skip
_PEOPLE = {
    "staff_end": 12, "rd_staff_end": 4, "staff_mean_quarterly": 12, "tech_staff_mean_quarterly": 4.2,
    "staff_mean_monthly": 12, "tech_staff_mean_monthly": 4.2, "conversions": 6,
}  # fmt: skip


def _write_records(folder: Path, planted: list[Firm]) -> None:
    """Rights as counted on two days, and the declarations of two years."""
    for day in ("2025-05-31", "2026-05-31"):
        rows = [[firm["uscc"], firm["name"], day, 3, 6, 6, 6, 3, 6, 4, "否"] for firm in planted]
        write_xlsx(folder / "ip__counts" / f"知识产权统计_{day.replace('-', '')}_补报.xlsx", [IP_HEAD, *rows])
    for year in (2024, 2025):
        answers = ["是", "是", "否", "否", 0, "否", 0, 0, 0, 0, "否"]
        rows = [[firm["uscc"], firm["name"], year, *answers] for firm in planted]
        write_csv(folder / "zone__declarations" / f"企业申报信息_{year}_补报.csv", [DECLARED.split(","), *rows])


def _write_lists(folder: Path, planted: list[Firm]) -> None:
    entries = {
        (kind, day) for firm in planted for kind, days in firm["lists"].items() for day in days if _existed(firm, day)
    }
    for kind, day in sorted(entries):
        feed, title, event = (_recipes()["lists"][kind][name] for name in ("feed", "title", "event"))
        listed = [firm for firm in planted if day in firm["lists"].get(kind, ()) and _existed(firm, day)]
        rows: list[list[Any]] = [
            ["附件"],
            [f"{title}（{day.year}年第二批）"],
            [],
            ["序号", "企业名称", "统一社会信用代码"],
        ]
        rows += [[number, firm["name"], firm["uscc"]] for number, firm in enumerate(listed, 1)]
        write_xlsx(folder / f"recognition__{feed}" / f"{title}_{day}_{event}_第二批.xlsx", rows)


def _existed(firm: Firm, day: date) -> bool:
    return bool(firm["founded"] <= day)
