"""A zone whose files carry the facts of worked cases, one firm a case; each file is of a feed and has its headings."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from edge_zone import columns_of
from tiny_zone import TinyZone, code

from tiers.fact_input import parse_fact
from warehouse.reference import SEEDS

Row = dict[str, Any]
Line = tuple[str, str, Row]  # feed, varying part of the file's name, values
OF_A_YEAR = re.compile(r"(.+)_y([0-5])$")
FILES = {
    "zone__declarations": "企业申报信息_{}.csv",
    "ip__counts": "知识产权统计_{}.csv",
    "exception__lists": "异常名录_{}.csv",
    "listing__events": "上市信息_{}.csv",
    "control__changes": "控制权变更_{}.csv",
    "financing__rounds": "融资事件_{}.csv",
    "expert__points": "专家评分_{}.csv",
    "report__filings": "年度报送记录_{}.csv",
    "report__changes": "企业变更事项_{}.csv",
    "tax__settlement": "企业所得税汇算清缴_{}.csv",
    "tax__rd_deduction": "研发费用加计扣除_{}.csv",
    "ip__rights": "知识产权明细_{}.csv",
}
LISTS = {
    "holds_hnte": ("浙江省高新技术企业_{}_认定.csv", "证书编号", "GR{:%Y}3300{:04d}"),
    "holds_tech_sme": ("浙江省科技型中小企业_{}_入库.csv", "登记编号", "{:%Y}3301060800{:04d}"),
    "holds_srdi": ("浙江省专精特新中小企业_{}_认定.csv", "", ""),
    "holds_innovative_sme": ("浙江省创新型中小企业_{}_认定.csv", "", ""),
}
OFFENCES = {
    "last_major_incident_on": "重大安全事故",
    "last_misconduct_on": "科研严重失信",
    "last_bad_record_on": "严重违法失信名单",
    "last_dishonesty_on": "严重违法失信名单",
    "last_offence_on": "环保",
}
UNDISCLOSED = "未披露"
CURRENT = {"is_on_abnormal_list": "经营异常名录", "is_on_dishonesty_list": "严重违法失信名单"}
DAY = timedelta(days=1)
A_HEAD = 500_000  # yuan of revenue, usual to the unit guard


class CaseZone(TinyZone):
    """Firms by name with what their files say; ``write`` lays the files into the inbox."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.firms: list[tuple[str, Row]] = []
        self.files_of: dict[str, set[str]] = defaultdict(set)
        self._lines: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._lists: dict[tuple[str, date], list[tuple[str, int]]] = defaultdict(list)
        self._rates = _rates()

    def firm(self, case: str, day: date, facts: Mapping[str, Any], times: int = 1) -> str:
        """A firm with facts as of a day, written as in editions, its money so many times; returns its credit code."""
        number = len(self.firms) + 1
        asked = dict(parse_fact(*fact) for fact in facts.items())
        asked |= {name: value and value * times for name, value in asked.items() if "_fen_y" in name}
        known = {name: value for name, value in asked.items() if value is not None}
        self.firms.append((case, {"number": number, "founded_on": date(2005, 3, 1), **known}))
        for feed, part, row in self._lines_of(number, day, asked, known):
            self.line(case, feed, part, {"uscc": code(number), "name": self.name(number), **row})
        for fact in LISTS:
            if known.get(fact):
                self.title(case, fact, number, day - 30 * DAY)
        return code(number)

    def line(self, case: str, feed: str, part: str, row: Row) -> None:
        """One row of a file of a feed."""
        self._lines[feed, part].append(row)
        self.files_of[case].add(f"{feed} {part}")

    def title(self, case: str, fact: str, number: int, day: date, certificate: str = "") -> None:
        """An entry in a list of a day."""
        self._lists[fact, day].append((certificate, number))
        self.files_of[case].add(f"{fact} {day}")

    def name(self, number: int) -> str:
        """The registered name."""
        _, row = self.firms[number - 1]
        return f"杭州第{number}号样本科技有限公司{'宁波分公司' if row.get('is_branch') else ''}"

    def write(self) -> None:
        """Every file, the register first."""
        rows = [
            [
                code(row["number"]), self.name(row["number"]), "分公司" if row.get("is_branch") else "有限责任公司",
                row["founded_on"], "存续", row.get("industry_code", "6510"),
            ]
            for _, row in self.firms
        ]  # fmt: skip
        self._csv(
            "登记信息_20260601.csv",
            [["统一社会信用代码", "企业名称", "企业类型", "成立日期", "登记状态", "行业代码"], *rows],
        )
        for (feed, part), lines in self._lines.items():
            if feed == "zone__yearly":
                self._form(part, lines)
                continue
            columns = columns_of(feed)
            head = [_heading(column) for column in columns.values()]
            self._csv(FILES[feed].format(part), [head, *([row.get(name, "") for name in columns] for row in lines)])
        for (fact, day), entries in self._lists.items():
            file, heading, pattern = LISTS[fact]
            head = ["序号", "企业名称", *([heading] if heading else [])]
            names = [
                [at, self.name(number), *([given or pattern.format(day, number)] if heading else [])]
                for at, (given, number) in enumerate(entries, 1)
            ]
            self._csv(file.format(day), [[file.partition("_")[0] + "名单"], head, *names])

    def _form(self, year: str, lines: list[Row]) -> None:
        with xlsxwriter.Workbook(self.inbox / f"企业年度报表_{year}.xlsx") as book:
            sheet = book.add_worksheet()
            columns = columns_of("zone__yearly")
            for at, column in enumerate(columns.values()):
                unit = column.get("unit", "元" if column["type"] == "money" else "")
                sheet.write_column(0, at, [column["headings"][0], column["code"], unit])
            for line, row in enumerate(lines, 3):
                sheet.write_row(line, 0, [_cell(row.get(name, "")) for name in columns])

    def _lines_of(self, number: int, day: date, asked: Row, known: Row) -> Iterator[Line]:
        yield from self._yearly(day, asked)
        part = f"{day:%Y%m%d}"
        for feed, keys in (
            ("zone__declarations", {"year": day.year}),
            ("expert__points", {"year": day.year}),
            ("ip__counts", {"counted_on": day}),
        ):
            own = {name: known[fact] for name in columns_of(feed) if (fact := _fact(name, known)) in known}
            own = {name: _written(name, value) for name, value in own.items()}
            if own:
                yield feed, str(day.year) if "year" in keys else part, {**keys, **own}
        yield from _conduct(day, part, known)
        if known.get("is_listed"):
            on = known.get("listed_on", day - 100 * DAY)
            board = "主板" if known.get("is_on_main_board_or_chinext") else "北交所"
            share = {"stock_code": f"{600000 + number}", "board": board, "event": "上市", "event_on": on}
            yield "listing__events", part, {**share, "relation": "本企业"}
        if "control_changed_on" in known:
            yield "control__changes", part, {"changed_on": known["control_changed_on"]}
        yield from (("financing__rounds", part, row) for row in _rounds(day, known))

    def _yearly(self, day: date, asked: Row) -> Iterator[Line]:
        known = {name: value for name, value in asked.items() if value is not None}
        years: dict[int, Row] = defaultdict(dict)
        for name, value in known.items():
            if match := OF_A_YEAR.match(name):
                year = day.year - 1 - int(match[2])
                years[year] |= self._figure(match[1], value, year)
        for year, row in years.items():
            if f"revenue_fen_y{day.year - 1 - year}" not in asked or "revenue" in row:
                yield "zone__yearly", str(year), _plausible({"year": year, **row}, _a_head(years.values()))

    def _figure(self, stem: str, value: Any, year: int) -> Row:
        if stem == "revenue_usd_cents":
            return {"revenue": value * self._rates["USD", year] / 100}
        if stem == "revenue_eur_cents":
            return {"revenue_eur": f"{Decimal(value) / 100}欧元", "revenue": Decimal(value) / 100 * 8}
        return {stem.removesuffix("_fen"): Decimal(value) / 100 if stem.endswith("_fen") else value}


def _a_head(rows: Iterable[Row]) -> int:
    known = [int(row["revenue"] / row["staff_end"]) for row in rows if row.get("revenue") and row.get("staff_end")]
    return max(known, default=A_HEAD)


def _plausible(row: Row, a_head: int) -> Row:
    """The row with what the form requires and the case leaves open, in proportion to what it says."""
    money = [row[name] for name in ("main_revenue", "total_income", "hitech_income", "rd_tax") if row.get(name)]
    people = [row[name] for name in row if name.startswith(("staff_mean", "rd_staff", "college_staff"))]
    head = max([*people, row.get("staff_end", 0)])
    revenue = row.get("revenue", max([*money, head * a_head, 10_000_000 if not head else 0]))
    staff = max([*people, revenue // a_head, 1])
    domestic = {}
    if "rd_hnte" in row and "rd_hnte_domestic" in row:
        domestic = {"rd_hnte_domestic": min(row["rd_hnte"], row["rd_hnte_domestic"])}
    return {"revenue": revenue, "staff_end": int(staff), **row, **domestic}


def _conduct(day: date, part: str, known: Row) -> Iterator[Line]:
    for fact, kind in OFFENCES.items():
        if fact in known:
            ends = known[fact] + DAY
            yield "exception__lists", part, {"list_kind": kind, "listed_on": known[fact], "removed_on": ends}
    for fact, kind in CURRENT.items():
        if known.get(fact):
            yield "exception__lists", part, {"list_kind": kind, "listed_on": day - 10 * DAY}


def _rounds(day: date, known: Row) -> Iterator[Row]:
    latest = known.get("latest_round_on", day - 10 * DAY)
    in_usd, in_cny = (known.get(name) for name in ("latest_post_money_usd_cents", "latest_post_money_cny_fen"))
    is_same = in_usd is None or (in_cny is not None and 5 * in_usd < in_cny < 9 * in_usd)
    worth = _money(known, f"latest_post_money_{'cny_fen' if is_same else 'usd_cents'}")
    if worth == UNDISCLOSED and "latest_round_on" in known:
        worth = "1亿元人民币"
    amount = _money(known, "financing_total_cny_fen", "financing_total_usd_cents", "largest_round_cny_fen")
    kind = {True: "专业机构", False: "个人", None: ""}[known.get("has_institutional_investment")]
    if "peak_post_money_usd_cents" in known:
        peak = _money(known, "peak_post_money_usd_cents")
        yield {"financed_on": latest - 400 * DAY, "round": "B轮", "amount": "0.01万美元", "post_money": peak}
    if "financing_through_a_cny_fen" in known:
        early = _money(known, "financing_through_a_cny_fen")
        yield {"financed_on": latest, "round": "A轮", "amount": early, "post_money": worth, "investor_kind": kind}
    elif {worth, amount} != {UNDISCLOSED} or kind:
        yield {"financed_on": latest, "round": "C轮", "amount": amount, "post_money": worth, "investor_kind": kind}


def _money(known: Row, *facts: str) -> str:
    fact = next((fact for fact in facts if fact in known), None)
    if fact is None:
        return UNDISCLOSED
    return f"{Decimal(known[fact]) / 100:f}{'美元' if 'usd' in fact else '元人民币'}"


def _fact(column: str, known: Row) -> str:
    return column if column in known else f"{column}_fen"


def _written(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return Decimal(value) / 1_000_000 if name.startswith("new_equity") and isinstance(value, int) else value


def _heading(column: Mapping[str, Any]) -> str:
    unit = "（元）" if column["type"] == "money" and "unit" not in column else ""
    return f"{column['headings'][0]}{'' if column['headings'][0].startswith('近') else unit}"


def _cell(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def _rates() -> dict[tuple[str, int], Decimal]:
    rows = pl.read_csv(SEEDS / "fx.csv", comment_prefix="#", infer_schema=False).rows(named=True)
    return {(row["currency"], int(row["year"])): Decimal(row["yuan_per_unit"]) for row in rows}
