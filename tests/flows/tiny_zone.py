"""A zone of a few firms, written file by file, for tests that need to know every figure."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from whole_job import STEPS, plan_of, take

from flows.plan import Plan
from warehouse.database.build import Snapshot
from warehouse.sample.words import credit_code

REGISTRY = (
    "统一社会信用代码",
    "企业名称",
    "曾用名",
    "成立日期",
    "登记状态",
    "注销日期",
    "行业代码",
)
FORM = {
    "uscc": ("企业统一社会信用代码或组织机构代码", "id00", ""),
    "name": ("企业名称", "id01", ""),
    "year": ("数据年份", "id02", ""),
    "data_state": ("数据状态", "id03", ""),
    "revenue": ("营业收入", "qc05_0", "千元"),
    "total_assets": ("资产总计", "qc24", "千元"),
    "rd_hnte": ("研发费用（高企口径）", "zx06", "千元"),
    "technology_spending": ("科技活动费用", "zx08", "千元"),
    "payroll": ("本年应付职工薪酬", "qc51", "千元"),
    "staff_end": ("从业人员期末人数", "qd01", "人"),
}


def code(number: int) -> str:
    """A valid credit code for a firm of this number."""
    return credit_code(number, "330106")


class TinyZone:
    """Methods write files into ``inbox``; ``run`` takes them through every step."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.home = folder / "inbox", folder / "home"
        self.inbox.mkdir(parents=True, exist_ok=True)

    def _csv(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        with (self.inbox / name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)

    def registry(self, *firms: Sequence[Any], day: str = "20260601") -> None:
        """Rows of (number, name, former names, founded, status, deregistered, industry); short rows are filled."""
        usual = (0, "", "", "2015-03-02", "存续", "", "6510")
        rows = [[*firm, *usual[len(firm) :]] for firm in firms]
        self._csv(f"登记信息_{day}.csv", [REGISTRY, *([code(row[0]), *row[1:]] for row in rows)])

    def yearly(self, year: int, *rows: dict[str, Any], note: str = "") -> None:
        """Rows of the yearly form in 千元; a field that is not given is left empty."""
        with xlsxwriter.Workbook(self.inbox / f"企业年度报表_{year}{note}.xlsx") as book:
            sheet = book.add_worksheet()
            for line in range(3):
                sheet.write_row(line, 0, [entry[line] for entry in FORM.values()])
            for number, row in enumerate(rows, 3):
                values = {
                    "name": "某企业",
                    "year": year,
                    "staff_end": 20,
                    **row,
                    "uscc": code(row["uscc"]),
                }
                sheet.write_row(number, 0, [values.get(name, "") for name in FORM])

    def recognition(self, title: str, day: str, event: str, *rows: Sequence[str], head: Sequence[str] = ()) -> None:
        """A list with its title line; the head is 序号, 企业名称 where no other is given."""
        heads = ["序号", *(head or ["企业名称"])]
        numbered = [[number, *row] for number, row in enumerate(rows, 1)]
        self._csv(f"{title}_{day}_{event}.csv", [[title], heads, *numbered])

    def other(self, name: str, heads: str, *rows: Sequence[Any]) -> None:
        """Any CSV file by its name and headings; lines before the last are what stands above the table."""
        *above, head = heads.split("\n")
        self._csv(name, [*([line] for line in above), head.split(","), *rows])

    def plan(self, day: date = date(2026, 6, 30), place: str = "CN-3301") -> Plan:
        """A plan over the inbox."""
        return plan_of(self.home, self.inbox, day, place)

    def run(self, day: date = date(2026, 6, 30), place: str = "CN-3301", steps: int = len(STEPS) - 1) -> "Built":
        """Run every step but the last; return the build for queries."""
        plan = self.plan(day, place)
        take(plan, STEPS[:steps])
        return Built(plan.build)


class Built:
    """Queries on a build."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows as tuples."""
        with Snapshot.open(self.path) as snapshot:
            return snapshot.tuples(sql)

    def value(self, sql: str) -> Any:
        """The only value of the only row."""
        ((value,),) = self.rows(sql)
        return value
