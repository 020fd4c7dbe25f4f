"""Two months of the sample zone, with changes of position planted by cause: files before, files later, and the truth.

Written beside the sample where the ledger of causes is scored; the sample itself stays as it is.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.sample.firms import Bucket, draw_bucket
from warehouse.sample.forms import FORM, REGISTRY_HEAD
from warehouse.sample.office_files import write_csv, write_xlsx

QUIET = {"applied_above": 0.62, "founded_before": 2022}
ABLE = {"revenue_above": 12000, "rd_above": 1200, "rd_share_above": 0.035}
LUCK = (0.03, 0.49)
TITLE = "高新技术企业认定名单"
BEFORE, AFTER = "2026-03-31", "2026-06-30"
"""The evaluation days of the two runs; the standards of the side track change between them."""

GROUP = 6
"""Firms for each planted cause."""

RD = [name for *_, name in FORM if name.startswith("rd_") and not name.startswith("rd_staff")]

DECLARED = ("统一社会信用代码", "企业名称", "年份", "从事细分市场年限", "评价得分")


class Planted:
    """The firms of each cause, drawn as the sample draws them; lists name firms that never held the title."""

    def __init__(self, firms: int, years: tuple[int, int], seed: int) -> None:
        self._bucket = draw_bucket(0, 0, firms, range(years[0], years[1] + 1), seed)
        self._year = years[1]
        quiet = _without_events(self._bucket)
        able = _able(self._bucket, self._year)
        self.ruled, self.restated = able.head(GROUP), able.slice(GROUP, GROUP)
        declared = [*self.ruled["uscc"], *self.restated["uscc"]]
        rest = quiet.filter(~pl.col("uscc").is_in(declared))
        self.joined, self.late, self.granted = (rest.slice(number * GROUP, GROUP) for number in range(3))

    def write_before(self, inbox: Path) -> None:
        """A list under names that are new to the zone, and declarations that meet a standard of then."""
        _write_list(inbox, "2025-12-12", "旧名", [_former(name) for name in self.joined["name"]])
        declared = pl.concat([self.ruled, self.restated])
        rows = [[firm["uscc"], firm["name"], self._year, 5, 80] for firm in declared.iter_rows(named=True)]
        write_csv(inbox / "zone__declarations" / "企业申报信息_动向.csv", [DECLARED, *rows])

    def write_later(self, inbox: Path, truth: Path) -> None:
        """A registry export with former names, a list that came late, a new list, restated forms; ``causes.csv``."""
        registered = [_registered(firm) for firm in self.joined.iter_rows(named=True)]
        write_csv(inbox / "registry__firms" / "登记信息_20260620.csv", [REGISTRY_HEAD, *registered], "gb18030")
        _write_list(inbox, "2025-11-20", "补报", self.late["name"].to_list())
        _write_list(inbox, "2026-05-20", "新认定", self.granted["name"].to_list())
        self._write_restated(inbox)
        rows = [
            *_causes(self.joined, "held", "hnte", "identity"),
            *_causes(self.late, "held", "hnte", "data"),
            *_causes(self.restated, "met", "srdi", "data"),
            *_causes(self.granted, "held", "hnte", "firm"),
            *_causes(self.ruled, "met", "srdi", "rule"),
        ]
        with (truth / "causes.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("uscc", "measure", "designation", "cause"), *rows])

    def _write_restated(self, inbox: Path) -> None:
        """Forms of the last year with less R&D than the standard of then asks for."""
        yearly = self._bucket.yearly.filter(
            (pl.col("year") == self._year) & pl.col("uscc").is_in(self.restated["uscc"].to_list())
        )
        less = yearly.with_columns(pl.lit(400).alias(name) for name in RD)
        rows = [[row[name] if name else "" for *_, name in FORM] for row in less.iter_rows(named=True)]
        head = [[entry[position] for entry in FORM] for position in range(3)]
        write_xlsx(inbox / "zone__yearly" / f"企业年度报表_{self._year}_动向更正.xlsx", [*head, *rows], sheet="GQ-002")


def _without_events(bucket: Bucket) -> pl.DataFrame:
    """Firms that no list of the sample names, without exception, renaming or end."""
    return bucket.firms.filter(
        pl.col("profile").is_in(["research", "ordinary"]),
        pl.col("applied") > QUIET["applied_above"],
        pl.col("luck").is_between(*LUCK),
        pl.col("founded_on").dt.year() < QUIET["founded_before"],
        ~pl.col("is_dead"),
    )


def _able(bucket: Bucket, year: int) -> pl.DataFrame:
    """Firms whose R&D and revenue of the last year meet the standard of the side track."""
    last = bucket.yearly.filter(
        pl.col("year") == year,
        pl.col("revenue") > ABLE["revenue_above"],
        pl.col("rd_account") > ABLE["rd_above"],
        pl.col("rd_account") > pl.col("revenue") * ABLE["rd_share_above"],
    )
    return bucket.firms.filter(
        pl.col("uscc").is_in(last["uscc"].to_list()), pl.col("luck").is_between(*LUCK), ~pl.col("is_dead")
    )


def _former(name: str) -> str:
    short = "杭州"
    rest = name.removeprefix(short)
    return f"昔称{name}" if rest == name else f"{short}昔称{rest}"


def _registered(firm: dict[str, Any]) -> list[Any]:
    founded = firm["founded_on"].isoformat()
    values = {
        "统一社会信用代码": firm["uscc"],
        "企业名称": firm["name"],
        "曾用名": _former(firm["name"]),
        "成立日期": founded,
        "核准日期": "2026-06-18",
        "登记状态": "存续",
        "行业代码": firm["industry"],
        "住所区划": firm["division"],
    }
    return [values.get(heading, "") for heading in REGISTRY_HEAD]


def _write_list(inbox: Path, day: str, note: str, names: Sequence[str]) -> None:
    rows: list[list[Any]] = [[f"{TITLE}（{note}）"], ["序号", "企业名称"]]
    rows += [[number, name] for number, name in enumerate(names, 1)]
    write_csv(inbox / "recognition__hnte" / f"{TITLE}_{day}_公告_{note}.csv", rows)


def _causes(firms: pl.DataFrame, measure: str, designation: str, cause: str) -> list[tuple[str, str, str, str]]:
    return [(uscc, measure, designation, cause) for uscc in firms["uscc"]]
