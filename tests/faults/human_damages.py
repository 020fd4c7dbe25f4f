"""What people do to tables: each damage changes how a file is written, and not what it says.

``DAMAGES`` are to be read with the same values; rows under ``MAY_WAIT`` may wait, but are never read otherwise.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from office_tables import Cell, Damage, OfficeFile
from table_damages import (
    FIGURES,
    between_rows,
    column_added,
    columns_in_other_order,
    first_column_empty,
    headings,
    line,
    rows_added,
    rows_in_other_order,
    split_over_sheets,
    stored,
    totals,
    with_sheet,
)

HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL_WIDTH = str.maketrans({chr(at): chr(at + 0xFEE0) for at in range(0x21, 0x7F)})
DATED = ("date",)
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


def rewritten(kinds: tuple[str, ...], *writings: Callable[[str], Cell], pattern: str = ".*") -> Damage:
    """A damage that writes the cells of these types in one of these ways, where they have the pattern."""

    def damage(file: OfficeFile, chance: Random) -> OfficeFile:
        write = chance.choice(writings)
        share = chance.choice((0.2, 1.0))

        def cell_of(cell: Cell) -> Cell:
            text = str(cell)
            return write(text) if re.fullmatch(pattern, text) and chance.random() < share else cell

        return file.each(lambda sheet: sheet.changed(sheet.positions(*kinds), cell_of))

    return damage


def of_day(write: Callable[[date], Cell]) -> Callable[[str], Cell]:
    """Write the day of a cell; other texts stay."""

    def cell_of(text: str) -> Cell:
        match = _DAY.fullmatch(text)
        return write(date(*map(int, match.groups()))) if match else text

    return cell_of


def of_month(template: str) -> Callable[[str], Cell]:
    """Write a YYYYMM cell by a template of year and month."""
    return lambda text: template.format(year=int(text[:4]), month=int(text[4:]))


def serial(day: date) -> int:
    """The number by which a spreadsheet knows a day."""
    return (day - date(1899, 12, 30)) // timedelta(days=1)


def spread(text: str) -> str:
    """A code in groups."""
    return f"{text[:6]} {text[6:10]} {text[10:]}"


CODES = ("code",)
WORDS = ("text", "code")
WHOLE = r"-?\d+"
DAMAGES: dict[str, Damage] = {
    "headings with a star": headings("*{}".format, "{}*".format, "\uff0a{}".format, "{} *".format),
    "headings marked as required": headings("{}（必填）".format, "{}(必填)".format, "{}【必填】".format),
    "headings with blanks": headings(" {} ".format, "\u3000{}".format, lambda text: f"{text[:2]} {text[2:]}"),
    "headings over two lines": headings(lambda text: f"{text[:2]}\n{text[2:]}"),
    "headings with a colon": headings("{}：".format, "{}:".format),
    "headings in full width": headings(lambda text: text.translate(FULL_WIDTH)),
    "columns in another order": columns_in_other_order,
    "rows in another order": rows_in_other_order,
    "a running number": column_added("序号", lambda number: number),
    "an empty column": column_added(None, lambda _: None),
    "an empty first column": first_column_empty,
    "titles above": rows_added(
        "above",
        line("某高新区一览表"),
        line("附件1", ""),
        line("杭州高新区", "（内部资料）"),
        line("导出时间：2026-06-15 10:22"),
    ),
    "notes below": rows_added(
        "below",
        line("注：以上数据由企业填报。"),
        line("备注：空白为未填"),
        line("填报人：张某"),
        line("第 1 页 共 1 页"),
    ),
    "a total below": rows_added("below", totals),
    "blank rows": between_rows(lambda sheet: [[None] * len(sheet.kinds)]),
    "a repeated head": between_rows(lambda sheet: sheet.head[:1] if len(sheet.head) == 1 else []),
    "two sheets with heads": split_over_sheets(with_head=True),
    "two sheets with one head": split_over_sheets(with_head=False),
    "a sheet of instructions": with_sheet("说明", [["一、本表由企业填报。"], ["二、金额保留整数。"]]),
    "an empty sheet": with_sheet("Sheet9", []),
    "stored as CSV": stored(ending="csv", encoding="utf-8-sig"),
    "stored as CSV in GBK": stored(ending="csv", encoding="gb18030"),
    "stored as CSV with tabs": stored(ending="csv", delimiter="\t"),
    "stored as CSV with semicolons": stored(ending="csv", delimiter=";"),
    "stored as a workbook": stored(ending="xlsx"),
    "stored as UTF-16": stored(ending="csv", encoding="utf-16", delimiter="\t"),
    "stored as a web page": stored(ending="xls", encoding="html"),
    "stored as a web page in GBK": stored(ending="xls", encoding="html in gbk"),
    "stored as an XML spreadsheet": stored(ending="xls", encoding="xml"),
    "stored as ODS": stored(ending="ods", encoding="ods"),
    "codes in small letters": rewritten(CODES, str.lower),
    "codes with blanks": rewritten(CODES, " {} ".format, spread, "{}\u00a0".format, "\u3000{}".format),
    "codes with invisible signs": rewritten(
        CODES, "\u200b{}".format, "\ufeff{}".format, lambda text: f"{text[:4]}\u00ad{text[4:]}", "{}\t".format
    ),
    "codes in full width": rewritten(CODES, lambda text: text.translate(FULL_WIDTH)),
    "codes with hyphens": rewritten(CODES, lambda text: f"{text[:8]}-{text[8:]}", pattern=r"9\w{17}"),
    "codes as formulas": rewritten(CODES, '="{}"'.format, "'{}".format),
    "texts with blanks": rewritten(WORDS, " {}".format, "{}  ".format, "{}\u3000".format, "{}\u00a0".format),
    "figures with commas": rewritten(FIGURES, lambda text: f"{int(text):,}", pattern=WHOLE),
    "figures with full-width commas": rewritten(
        FIGURES, lambda text: f"{int(text):,}".replace(",", "，"), pattern=WHOLE
    ),
    "figures in full width": rewritten(FIGURES, lambda text: text.translate(FULL_WIDTH), pattern=r"-?\d+(\.\d+)?"),
    "figures with a point": rewritten(FIGURES, "{}.0".format, "{}.00".format, "{}.".format, pattern=WHOLE),
    "figures with blanks": rewritten(FIGURES, " {}".format, "{} ".format, "{}\u00a0".format),
    "figures with an apostrophe": rewritten(FIGURES, "'{}".format, pattern=r"\d+(\.\d+)?"),
    "figures as powers": rewritten(FIGURES, lambda text: f"{int(text) // 1000}E+3", pattern=r"\d+000"),
    "negatives in brackets": rewritten(FIGURES, lambda text: f"({text[1:]})", pattern=r"-\d+"),
    "negatives with another sign": rewritten(FIGURES, lambda text: f"−{text[1:]}", pattern=r"-\d+"),
    "counts with their word": rewritten(("count",), "{}人".format, "{} 人".format, "{}件".format, pattern=WHOLE),
    "money with its sign": rewritten(("money",), "¥{}".format, "￥{}".format, pattern=r"\d+"),
    "days in other notations": rewritten(
        DATED,
        of_day(lambda day: f"{day.year}/{day.month}/{day.day}"),
        of_day(lambda day: f"{day.year}.{day.month}.{day.day}"),
        of_day(lambda day: f"{day.year}年{day.month}月{day.day}日"),
        of_day(lambda day: f"{day.year}年{day.month:02}月{day.day:02}号"),
        of_day(lambda day: f"{day:%Y%m%d}"),
        of_day(lambda day: f"{day.year}-{day.month}-{day.day} 0:00"),
    ),
    "days as instants": rewritten(
        DATED,
        of_day("{}T00:00:00".format),
        of_day("{}T00:00:00.000+08:00".format),
        of_day("{} 00:00:00.000".format),
        of_day("{}T00:00:00Z".format),
    ),
    "days in words": rewritten(
        DATED,
        of_day(lambda day: f"{str(day.year).translate(HAN_DIGITS)}年{in_words(day.month)}月{in_words(day.day)}日"),
    ),
    "days in full width": rewritten(DATED, of_day(lambda day: f"{day}".translate(FULL_WIDTH))),
    "days as date cells": rewritten(DATED, of_day(lambda day: datetime(day.year, day.month, day.day))),  # noqa: DTZ001
    "months in other notations": rewritten(
        ("month",),
        *map(of_month, ("{year}-{month:02}", "{year}年{month}月", "{year}.{month}", "{year}/{month:02}")),
        *map(
            of_month, ("{year}年{month:02}月份", "{year}/{month:02}/01", "{year}{month:02}.0", "{year} 年 {month} 月")
        ),
        lambda text: f"{text[:4].translate(HAN_DIGITS)}年{in_words(int(text[4:]))}月",
        lambda text: datetime(int(text[:4]), int(text[4:]), 1),  # noqa: DTZ001
        pattern=r"20\d{4}",
    ),
    "years in other notations": rewritten(
        ("year",),
        *("{}年".format, "{}年度".format, "FY{}".format, "{}FY".format, "{}.0".format, "{} 年".format),
        lambda text: text.translate(FULL_WIDTH),
        lambda text: f"{text.translate(HAN_DIGITS)}年",
        pattern=r"20\d\d",
    ),
    "yes and no as signs": rewritten(
        ("bool",),
        lambda text: {"是": "√", "否": "×"}.get(text, text),
        lambda text: {"是": "✓", "否": "✗"}.get(text, text),
        lambda text: {"是": "Y", "否": "N"}.get(text, text),
        lambda text: {"是": "是。", "否": "否。"}.get(text, text),
        lambda text: {"是": "有", "否": "无"}.get(text, text),
        lambda text: {"是": "true", "否": "false"}.get(text, text),
        lambda text: {"是": " 是", "否": "否 "}.get(text, text),
    ),
}


def in_words(number: int) -> str:
    """A number up to 31 in Chinese numerals."""
    tens, units = divmod(number, 10)
    begin = "" if not tens else "十" if tens == 1 else f"{tens}十".translate(HAN_DIGITS)
    return begin + (f"{units}".translate(HAN_DIGITS) if units else "")


MAY_WAIT: dict[str, Damage] = {
    "days as serial numbers": rewritten(DATED, of_day(serial), of_day(lambda day: f"{serial(day)}.0")),
    "a column of remarks": column_added("备注", lambda _: None),
    "rows twice": lambda file, _: file.each(lambda sheet: replace(sheet, body=[*sheet.body, *sheet.body[:3]])),
    "days in an unclear order": rewritten(DATED, of_day(lambda day: f"{day.day:02}/{day.month:02}/{day.year}")),
    "days with short years": rewritten(DATED, of_day(lambda day: f"{day:%y}.{day.month}.{day.day}")),
    "years cut to two digits": rewritten(("year",), lambda text: text[2:], lambda text: f"{text[2:]}年"),
    "figures that are about": rewritten(FIGURES, "约{}".format, "{}左右".format, "{}以上".format, pattern=r"\d+"),
    "codes as powers": rewritten(CODES, lambda text: "9.13301E+17", pattern=r"9\w{17}"),
    "codes with O for 0": rewritten(CODES, lambda text: text.replace("0", "O"), pattern=r"9\w{17}"),
}
