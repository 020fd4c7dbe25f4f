"""A zone whose firms each stand on one edge of a rule text, written to feed files with every column of the form."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from tiny_zone import TinyZone, code

from warehouse.intake.feed import FEEDS

Row = dict[str, Any]


@lru_cache
def columns_of(feed: str) -> dict[str, Any]:
    """The columns of a feed as its definition gives them."""
    text = (FEEDS / f"{feed}.yml").read_text("utf-8")
    return dict(yaml.safe_load(text)["columns"])


class EdgeZone(TinyZone):
    """Firms are described by a base firm and what differs from it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.firms: list[tuple[int, str, Row]] = []

    def firm(self, name: str, base: Row, **differs: Any) -> int:
        """A firm; figures of the form with their year, ``revenue_2025`` in 千元, other facts by their column."""
        self.firms.append((len(self.firms) + 1, name, {**base, **differs}))
        return len(self.firms)

    def write(self, years: range, counted_on: str, registered: str = "20260601") -> None:
        """Registry, yearly forms, declarations, rights; what a firm does not state is left blank."""
        rows = ((n, name, "", row["founded_on"], "存续", "", row["industry"]) for n, name, row in self.firms)
        self.registry(*rows, day=registered)
        for year in years:
            self._report(year)
        self._csv(
            f"企业申报信息_{max(years)}.csv",
            self._table("zone__declarations", {"year": max(years)}),
        )
        self._csv(
            f"知识产权统计_{counted_on.replace('-', '')}.csv", self._table("ip__counts", {"counted_on": counted_on})
        )

    def _report(self, year: int) -> None:
        columns = columns_of("zone__yearly")
        with xlsxwriter.Workbook(self.inbox / f"企业年度报表_{year}.xlsx") as book:
            sheet = book.add_worksheet()
            for at, column in enumerate(columns.values()):
                unit = column.get("unit", "千元" if column["type"] == "money" else "")
                sheet.write_column(0, at, [column["headings"][0], column["code"], unit])
            line = 3
            for number, name, row in self.firms:
                if row.get(f"revenue_{year}") is None:
                    continue
                keys = {"uscc": code(number), "name": name, "year": year}
                values = [keys.get(column, row.get(f"{column}_{year}", "")) for column in columns]
                sheet.write_row(line, 0, ["" if value is None else value for value in values])
                line += 1

    def _table(self, feed: str, keys: Row) -> list[list[Any]]:
        columns = columns_of(feed)
        rows = [
            [{"uscc": code(number), "name": name, **keys}.get(column, row.get(column, "")) for column in columns]
            for number, name, row in self.firms
        ]
        return [[column["headings"][0] for column in columns.values()], *rows]


def founded(day: date, days_before: int) -> str:
    """The day so many days before."""
    return date.fromordinal(day.toordinal() - days_before).isoformat()
