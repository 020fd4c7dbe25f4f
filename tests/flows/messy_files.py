"""Files as offices send them, each wrong in its own way: what a statistician finds in the inbox on a Monday."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from tiny_zone import code

NAMES = [f"杭州{word}科技有限公司" for word in ("甲子", "乙丑", "丙寅", "丁卯", "戊辰", "己巳", "庚午", "辛未", "壬申")]
Rows = Sequence[Sequence[Any]]


def drop(inbox: Path) -> None:
    """Put them all into an inbox."""
    inbox.mkdir(parents=True, exist_ok=True)
    registry(inbox)
    registry_with_numbers(inbox)
    yearly(inbox)
    restated(inbox)
    notices(inbox)
    gazelles(inbox)
    tenants(inbox)
    rounds(inbox)
    flash(inbox)
    rights(inbox)
    unknown_column(inbox)


def text(path: Path, rows: Rows, encoding: str = "gb18030") -> None:
    """A CSV in the encoding of the office's own program."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    path.write_bytes(made.getvalue().encode(encoding))


def registry(inbox: Path) -> None:
    """GBK, a title and a note above, page text between, a wrong check digit, a name alone, a footer."""
    heads = ["统一社会信用代码", "企业名称", "成立日期", "登记状态", "行业代码"]
    firms = [[code(n), name, "2015/3/2", "存续", "6510"] for n, name in enumerate(NAMES[:6], 1)]
    wrong = code(7)[:-1] + ("0" if code(7)[-1] != "0" else "1")
    between = [["第 1 页"], heads]
    rows = [["某区市场主体登记信息"], ["导出时间：2026-06-01"], heads, *firms[:3], *between, *firms[3:]]
    rows += [[wrong, NAMES[6], "2015-03-02", "存续", "6510"], ["", NAMES[7]], ["共 8 家"], ["填报人：张某"]]
    text(inbox / "登记信息_20260601.csv", rows)


def registry_with_numbers(inbox: Path) -> None:
    """Industry codes as numbers, the leading zero lost; two sheets, one a legend; a hidden column; a later name."""
    heads = ["企业名称", "统一社会信用代码", "曾用名", "成立日期", "登记状态", "行业代码"]
    with xlsxwriter.Workbook(inbox / "登记信息_20260615.xlsx") as book:
        sheet, legend = book.add_worksheet("名单"), book.add_worksheet("填表说明")
        sheet.merge_range(0, 0, 0, 5, "登记信息（续报）")
        sheet.write_row(1, 0, heads)
        sheet.write_row(2, 0, ["杭州新名科技有限公司", code(6), NAMES[5], "2015-03-02", "存续", 6510])
        sheet.write_row(3, 0, [NAMES[8], code(9), "", "2016年5月1日", "存续", 111])
        sheet.set_column(2, 2, None, None, {"hidden": True})
        legend.write_column(0, 0, ["一、企业名称以营业执照为准。", "二、日期写作 2026-06-01。"])


def yearly(inbox: Path) -> None:
    """The form with title, three lines of head, amounts written by hand, a report ten times a firm's own, footers."""
    with xlsxwriter.Workbook(inbox / "企业年度报表_2025.xlsx") as book:
        sheet = book.add_worksheet("汇总")
        sheet.merge_range(0, 0, 0, 5, "某高新区企业年度报表（2025 年）")
        sheet.write_row(
            1,
            0,
            ["企业统一社会信用代码或组织机构代码", "企业名称", "数据年份", "数据状态", "营业收入", "从业人员期末人数"],
        )
        sheet.write_row(2, 0, ["id00", "id01", "id02", "id03", "qc05_0", "qd01"])
        sheet.write_row(3, 0, ["", "", "", "", "千元", "人"])
        figures = [
            (1, "12,000", 20),
            (2, 8000.0, "35 "),
            (3, "约五千", 12),
            (4, -40, 9),
            (5, "6000", 15),
            (6, 7000, 18),
        ]
        for at, (number, revenue, staff) in enumerate(figures, 4):
            sheet.write_row(at, 0, [code(number), NAMES[number - 1], 2025, "", revenue, staff])
        sheet.write(10, 1, NAMES[8])
        sheet.write(11, 0, "合计")
        sheet.write(11, 4, 38960)
        sheet.write(12, 0, "注：本表金额单位为千元。")


def restated(inbox: Path) -> None:
    """A later file: one firm's year again, one withdrawn."""
    heads = ["企业统一社会信用代码或组织机构代码", "企业名称", "数据年份", "数据状态", "营业收入", "从业人员期末人数"]
    with xlsxwriter.Workbook(inbox / "企业年度报表_2025更正.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, ["id00", "id01", "id02", "id03", "qc05_0", "qd01"])
        sheet.write_row(2, 0, ["", "", "", "", "千元", "人"])
        sheet.write_row(3, 0, [code(1), NAMES[0], 2025, "", 12500, 21])
        sheet.write_row(4, 0, [code(5), NAMES[4], 2025, "dis", 6000, 15])


def notices(inbox: Path) -> None:
    """公示 before 公告: one firm of the first is missing in the second; a firm under its former name; a wrong count."""
    heads = ["序号", "企业名称", "证书编号"]
    proposed = [[n, name, ""] for n, name in enumerate((NAMES[0], NAMES[1], NAMES[5]), 1)]
    granted = [
        [1, NAMES[0], "GR202533000001"],
        [2, NAMES[5], "GR202533000002"],
        [3, "杭州无名科技有限公司", "GR202533000003"],
    ]
    for name, rows, last in (("2025-11-01_公示", proposed, "共 3 家"), ("2025-12-08_公告", granted, "共 4 家")):
        text(inbox / f"高新技术企业名单_{name}.csv", [["第一批高新技术企业名单"], heads, *rows, [last]])


def gazelles(inbox: Path) -> None:
    """Districts merged over their firms, a heading over each, a line of text at the end."""
    with xlsxwriter.Workbook(inbox / "瞪羚企业名单_2025-10-10_公告.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "附件：2025 年瞪羚企业名单")
        sheet.write_row(1, 0, ["所在区", "序号", "企业名称"])
        sheet.merge_range(2, 0, 3, 0, "滨江区")
        for at, name in enumerate((NAMES[0], NAMES[2]), 2):
            sheet.write_row(at, 1, [at - 1, name])
        sheet.write(4, 0, "余杭区")
        sheet.write_row(4, 1, [3, NAMES[3]])
        sheet.write(5, 0, "以上名单自公布之日起生效。")


def tenants(inbox: Path) -> None:
    """No day of entry, a day that does not exist, money without a unit in the heading but above the table."""
    heads = ["企业名称", "孵化器名称", "统一社会信用代码", "入孵时间", "营业收入"]
    rows = [["单位：万元"], heads, [NAMES[0], "甲孵化器", code(1), "2020-01-01", "1200"]]
    rows += [[NAMES[1], "", code(2), "", "800"], [NAMES[2], "", code(3), "2025-02-30", "1"], ["合计", "3"]]
    text(inbox / "在孵企业_甲孵化器_20260601.csv", rows)


def rounds(inbox: Path) -> None:
    """Amounts in words, in two currencies, one without any."""
    heads = ["企业名称", "融资日期", "轮次", "融资金额", "投后估值"]
    rows = [
        heads,
        [NAMES[0], "2025-03", "A轮", "数千万人民币", "未披露"],
        [NAMES[1], "2025-04-01", "B轮", "1000万美元", ""],
    ]
    text(inbox / "融资事件_20260601.csv", [*rows, [NAMES[2], "去年", "天使轮", "500万", ""]], "utf-8-sig")


def flash(inbox: Path) -> None:
    """Flash reports in 万元 of four firms, one without a period."""
    heads = ["统一社会信用代码", "企业名称", "报告期", "营业收入累计（万元）", "从业人员期末"]
    rows = [[code(n), NAMES[n - 1], "202603" if n != 3 else "", 100 + n, 20] for n in range(1, 5)]
    text(inbox / "规上企业快报_202603.csv", [heads, *rows])


def rights(inbox: Path) -> None:
    """A hidden row, a count that is no number, a cell beyond the head."""
    heads = ["统一社会信用代码", "企业名称", "截至日期", "I类知识产权数", "II类知识产权数"]
    with xlsxwriter.Workbook(inbox / "知识产权统计_20260601.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, [code(1), NAMES[0], "2026-05-31", 2, 5])
        sheet.write_row(2, 0, [code(2), NAMES[1], "2026-05-31", "两件", 1])
        sheet.write_row(3, 0, [code(3), NAMES[2], "2026-05-31", 1, 1, "待核"])
        sheet.set_row(1, None, None, {"hidden": True})


def unknown_column(inbox: Path) -> None:
    """An unknown column: the file is refused by name."""
    rows = [
        ["统一社会信用代码", "企业名称", "成立日期", "登记状态", "老板手机"],
        [code(1), NAMES[0], "2015-03-02", "存续", "139"],
    ]
    text(inbox / "登记信息_20260620.csv", rows)
