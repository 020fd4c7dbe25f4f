"""A number of a workbook is what its format shows: a day of the workbook's own system, a percentage, or the number."""

import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.readers.number_cells import text_in, text_of
from warehouse.intake.readers.number_formats import Shown, cell_format, shown_as
from warehouse.intake.readers.workbook import read_xlsx

pytestmark = pytest.mark.rule("read-as-written")

DAYS = ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "[$-804]yyyy/m/d;@", "[$-F800]dddd, mmmm dd, yyyy", "[$-411]ge.m.d"]
DAYS += ["[DBNum1][$-804]yyyy年m月d日", "mmm-yy", "m/d/yy h:mm", "[Red]yyyy", r"yyyy\-mm\-dd;@", '[$-804]e"年"m"月"']
TIMES = ["h:mm", "[h]:mm:ss", "mm:ss", "[mm]", 'h"时"mm"分"', "上午/下午h时mm分", "h:mm AM/PM"]
SCALED = ["0%", "0.00%", "0.0%;[Red]-0.0%", "#,##0.0 %", "_ * 0%_ "]
LITERAL = [r"0\%", '0"%"', '0.00"\uff05"']
NUMBERS = [
    "General",
    'General"人"',
    "General;-General",
    "[DBNum2][$-804]General",
    "G/通用格式",
    "0!d",
    "0.00",
    "#,##0",
    "@",
    "0.00E+00",
    '0"年"',
    '0.00"万元"',
    "_ * #,##0.00_ ",
    "[Red]0",
    r"0\d",
    '"y"0',
]


@pytest.mark.parametrize(
    ("codes", "shown"),
    [
        (DAYS, Shown.DAY),
        (TIMES, Shown.TIME),
        (SCALED, Shown.SCALED_PERCENT),
        (LITERAL, Shown.PERCENT),
        (['0"‰"', "0.0‰"], Shown.PER_MILLE),
        (NUMBERS, Shown.AS_WRITTEN),
    ],
)
def test_a_format_code_says_what_is_shown(codes: list[str], shown: Shown) -> None:
    assert {code: shown_as(code) for code in codes} == dict.fromkeys(codes, shown)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('General"元"', {"500": "500（元）", "-3.5": "-3.5（元）"}),
        ('General;General;General;@"年"', {"42065": "42065"}),
        ('[=0]"-";0%', {"0": "0", "0.35": "35%", "1.2": "120%"}),
        ("[<1]0%;yyyy-mm-dd", {"0.35": "35%", "42065": "2015-03-02"}),
        ('[>=10000]0"万元";0"元"', {"500": "500（元）", "20000": "20000（万元）"}),
        ('[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万元";0', {"500": "500", "50000": "50000e-4（万元）"}),
        ('0"万元";-0"万元";0"元"', {"5": "5（万元）", "-5": "-5（万元）", "0": "0（元）"}),
        ("0%;0.0", {"0.35": "35%", "-2": "-2"}),
        ('0.00"a;b"', {"3.5": "3.5"}),
    ],
)
def test_each_number_is_shown_by_its_own_section(code: str, shown: dict[str, str]) -> None:
    assert {number: text_in(number, cell_format(code), False) for number in shown} == shown


@pytest.mark.parametrize(
    ("written", "shown", "from_1904", "text"),
    [
        ("40603", Shown.DAY, False, "2011-03-01"),
        ("40603", Shown.DAY, True, "2015-03-02"),
        ("40603.75", Shown.DAY, False, "2011-03-01 18:00:00"),
        ("1", Shown.DAY, False, "1900-01-01"),
        ("59", Shown.DAY, False, "1900-02-28"),
        ("60", Shown.DAY, False, "60"),  # 29 February 1900 never was
        ("61", Shown.DAY, False, "1900-03-01"),
        ("0", Shown.DAY, False, "0"),
        ("0", Shown.DAY, True, "1904-01-01"),
        ("-3", Shown.DAY, True, "-3"),
        ("9E+99", Shown.DAY, False, "9" + "0" * 99),
        ("40603.5", Shown.TIME, False, "40603.5"),
        ("0.35", Shown.SCALED_PERCENT, False, "35%"),
        ("0.123456789", Shown.SCALED_PERCENT, False, "12.3456789%"),
        ("0.07", Shown.SCALED_PERCENT, False, "7%"),
        ("35", Shown.PERCENT, False, "35%"),
        ("35", Shown.PER_MILLE, False, "35‰"),
        ("29.999999999999996", Shown.AS_WRITTEN, False, "30"),
        ("0.30000000000000004", Shown.AS_WRITTEN, False, "0.3"),
        ("9.994899999999999", Shown.AS_WRITTEN, False, "9.9949"),
        ("1.5E-7", Shown.AS_WRITTEN, False, "0.00000015"),
        ("12345678901234567890", Shown.AS_WRITTEN, False, None),
        ("1E+999999999", Shown.DAY, False, None),
        ("NaN", Shown.DAY, False, None),
        ("x", Shown.DAY, False, None),
    ],
)
def test_a_number_as_its_format_shows_it(written: str, shown: Shown, from_1904: bool, text: str | None) -> None:
    assert text_of(written, shown, from_1904) == text


@given(st.dates(date(1904, 1, 2), date(2100, 12, 31)), st.booleans())
def test_a_day_is_read_in_the_system_of_its_workbook(day: date, from_1904: bool) -> None:
    serial = (day - (date(1904, 1, 1) if from_1904 else date(1899, 12, 30))) // timedelta(1)

    assert text_of(str(serial), Shown.DAY, from_1904) == day.isoformat()


BUILT_IN = [14, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]


def workbook(path: Path, flag: str, head: bytes = b"") -> Path:
    """Serial 40603 in every built-in date format, then figures; ``flag`` is the text of date1904, "" for none."""
    with xlsxwriter.Workbook(path.with_suffix(".tmp"), {"date_1904": bool(flag)}) as book:
        sheet = book.add_worksheet()
        for row, number in enumerate(BUILT_IN):
            sheet.write_number(row, 0, 40603, book.add_format({"num_format": number}))
        sheet.write_row(len(BUILT_IN), 0, [40603, 59999999.99, 1e-10, 12.5])
        sheet.write_formula(len(BUILT_IN) + 1, 0, "=1/8", book.add_format({"num_format": 10}), 0.125)
        sheet.write_string(len(BUILT_IN) + 2, 0, "1234567890.1234567890")
    with zipfile.ZipFile(path.with_suffix(".tmp")) as made, zipfile.ZipFile(path, "w") as target:
        for name in made.namelist():
            part = made.read(name).replace(b'date1904="1"', f'date1904="{flag}"'.encode())
            target.writestr(name, part.replace(b"<sheetData>", head + b"<sheetData>"))
    return path


@pytest.mark.parametrize(
    ("flag", "day"),
    [("", "2011-03-01"), ("0", "2011-03-01"), *((flag, "2015-03-02") for flag in ("1", "true", "on"))],
)
@pytest.mark.parametrize("head", [b"", b"<!-- read by a parser -->"])
def test_a_workbook_is_read_as_it_shows_itself(tmp_path: Path, flag: str, day: str, head: bytes) -> None:
    (grid,) = read_xlsx(workbook(tmp_path / "a.xlsx", flag, head), "a.xlsx")
    rows = grid.rows.drop("row_no").rows()

    assert [row[0] for row in rows[: len(BUILT_IN)]] == [day] * len(BUILT_IN)
    assert rows[len(BUILT_IN)] == ("40603", "59999999.99", "0.0000000001", "12.5")
    assert [row[0] for row in rows[len(BUILT_IN) + 1 :]] == ["12.5%", "1234567890.1234567890"]


@given(st.decimals(-(10**9), 10**9, places=6, allow_nan=False))
def test_a_number_of_fifteen_digits_is_read_as_written(number: Decimal) -> None:
    written = f"{float(number):.16G}"

    assert Decimal(text_of(written, Shown.AS_WRITTEN, False) or written) == number
