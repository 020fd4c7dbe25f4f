"""An amount is read as a whole, in every way it is written, or not at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiers.amounts import Reason, Unit, read_amount, read_unit

pytestmark = pytest.mark.rule("read-as-written")

YI, WAN = 10**8, 10**4


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("2亿500万元", 205_000_000, "CNY"),
        ("1亿2千万", 120_000_000, None),
        ("3千5百万", 35_000_000, None),
        ("三千万元", 30_000_000, "CNY"),
        ("两亿", 2 * YI, None),
        ("1.5个亿", 150_000_000, None),
        ("一亿零五百万元", 105_000_000, "CNY"),
        ("人民币叁仟万元整", 30_000_000, "CNY"),
        ("人民币壹万伍仟元整", 15_000, "CNY"),
        ("壹佰元伍角整", Fraction("100.5"), "CNY"),
        ("拾贰万美元", 120_000, "USD"),
        ("叁佰零伍万元", 3_050_000, "CNY"),
        ("3000.000000万人民币", 30_000_000, "CNY"),
        ("800(万元)", 8_000_000, "CNY"),
        ("800（单位：万元）", 8_000_000, "CNY"),
        ("1,200万元（万元）", 12_000_000, "CNY"),
        ("3亿（元）", 3 * YI, "CNY"),
        ("300w", 3_000_000, None),
        ("300W人民币", 3_000_000, "CNY"),
        ("5 million USD", 5_000_000, "USD"),
        ("USD 5m", 5_000_000, "USD"),
        ("5mUSD", 5_000_000, "USD"),
        ("US$5.5M", 5_500_000, "USD"),
        ("$18.3 MM", 18_300_000, "USD"),
        ("HK$3亿", 3 * YI, "HKD"),
        ("€2m", 2_000_000, "EUR"),
        ("¥1,200万", 12_000_000, "CNY"),
        ("¥5亿日元", 5 * YI, "JPY"),
        ("RMB 30 mn", 30_000_000, "CNY"),
        ("1.2E+4元", 12_000, "CNY"),
        ("3百万元", 3_000_000, "CNY"),
        ("20万瑞士法郎", 200_000, "other"),
        ("3000万美元（约2.1亿元人民币）", 30_000_000, "USD"),
        ("1000万美元，约合7000万元人民币", 10_000_000, "USD"),
        ("约2.1亿元人民币（3000万美元）", 30_000_000, "USD"),
        ("叁仟万元整（¥30,000,000.00）", 30_000_000, "CNY"),
    ],
)
def test_exact_amounts(text: str, value: int | Fraction, currency: str | None) -> None:
    amount = read_amount(text)
    assert (amount.kind, amount.low, amount.high, amount.currency) == ("exact", value, value, currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("逾3000万美元", 30_000_000, None, "USD"),
        ("不低于3000万元", 30_000_000, None, "CNY"),
        ("≥3000万美元", 30_000_000, None, "USD"),
        ("1亿元+", YI, None, "CNY"),
        ("3000余万元", 30_000_000, None, "CNY"),
        ("1亿元以上", YI, None, "CNY"),
        ("上亿元", YI, None, "CNY"),
        ("近5000万元", None, 50_000_000, "CNY"),
        ("不超过1亿元", None, YI, "CNY"),
        ("近亿元", None, YI, "CNY"),
        ("约3000万元", 25_000_000, 35_000_000, "CNY"),
        ("1.5亿美元左右", 145_000_000, 155_000_000, "USD"),
        ("1000-2000万元", 10_000_000, 20_000_000, "CNY"),
        ("1亿至2亿美元", YI, 2 * YI, "USD"),
        ("US$1-2 billion", 10**9, 2 * 10**9, "USD"),
        ("介于1亿元至2亿元之间", YI, 2 * YI, "CNY"),
        ("数千万人民币", 10_000_000, YI, "CNY"),
        ("亿元级", YI, 10 * YI, "CNY"),
    ],
)
def test_bounds_and_ranges(text: str, low: int | None, high: int | None, currency: str) -> None:
    amount = read_amount(text)
    assert (amount.kind, amount.low, amount.high, amount.currency) == ("range", low, high, currency)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A轮3000万，B轮1亿", Reason.WORDS),
        ("1000万/2000万", Reason.SEVERAL),
        ("500万人民币及100万美元", Reason.SEVERAL),
        ("3000万元（1000万元）", Reason.SEVERAL),
        ("3000万美元（约2.1万元人民币）", Reason.CONTRADICTION),
        ("800元（万元）", Reason.CONTRADICTION),
        ("500万美元人民币", Reason.CONTRADICTION),
        ("2亿-1亿元", Reason.CONTRADICTION),
        ("1亿2", Reason.NUMBER),
        ("2亿500元", Reason.NUMBER),
        ("1亿5千", Reason.NUMBER),
        ("3万5百元", Reason.NUMBER),
        ("1,2000万", Reason.NUMBER),
        ("500", Reason.UNIT),
        ("3000万元的股权", Reason.WORDS),
        ("待定", Reason.WORDS),
    ],
)
def test_what_is_not_understood_as_a_whole_is_not_read(text: str, reason: Reason) -> None:
    amount = read_amount(text)
    assert (amount.kind, amount.reason) == ("unread", reason)


@pytest.mark.parametrize("text", ["未披露", "未公布", "未 披露", "具体金额未披露", "N/A", "—"])
def test_undisclosed_amounts(text: str) -> None:
    assert read_amount(text).kind == "undisclosed"


@pytest.mark.parametrize(
    ("text", "unit", "value", "currency"),
    [
        ("1200", "百万美元", 1_200_000_000, "USD"),
        ("1,200万元", "万元", 12_000_000, "CNY"),
        ("¥1,200", "万元", 12_000_000, "CNY"),
        ("(1,200)", "千元", -1_200_000, "CNY"),
        ("1.2亿元", "千元", 120_000_000, "CNY"),
    ],
)
def test_the_unit_of_a_column_completes_a_figure_without_one(text: str, unit: str, value: int, currency: str) -> None:
    amount = read_amount(text, unit)
    assert (amount.kind, amount.low, amount.currency) == ("exact", value, currency)


@pytest.mark.parametrize("text", ["一千二百", "3千5百", "壹仟贰佰"])
def test_a_spoken_figure_is_yuan_or_of_the_unit_of_its_column_and_waits(text: str) -> None:
    assert read_amount(text, "千元").reason is Reason.UNIT
    assert read_amount(f"{text}元", "千元").kind == read_amount(text, "元").kind == "exact"


def test_units() -> None:
    assert read_unit("万元") == Unit(WAN, "CNY")
    assert read_unit("人民币千元") == Unit(1000, "CNY")
    assert read_unit("百万美元") == Unit(10**6, "USD")
    assert read_unit("元/人") == Unit(1, "CNY")
    assert [read_unit(text) for text in ("元谷创业园", "人", "%", "千万")] == [None] * 4


_DIGITS, _FORMAL_DIGITS = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def in_numerals(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number below 10^16 in Chinese numerals."""
    for name, size in (("亿", YI), ("万", WAN)):
        if value >= size:
            lower = value % size
            zero = "零" if 0 < lower < size // 10 else ""
            return (
                in_numerals(value // size, digits, units)
                + name
                + (zero + in_numerals(lower, digits, units) if lower else "")
            )
    text, is_gap = "", False
    for place, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = value // place % 10
        text += ("零" if is_gap and text and digit else "") + (digits[digit] + unit if digit else "")
        is_gap = digit == 0 if digit else True
    return text


@given(st.integers(1, 10**12))
def test_an_amount_is_read_from_all_its_writings(yuan: int) -> None:
    wan = f"{Fraction(yuan, WAN).numerator / Fraction(yuan, WAN).denominator:.4f}"
    upper, lower = divmod(yuan, YI)
    mixed = f"{upper}亿{lower // WAN}万元" if upper and lower // WAN else None
    writings = [
        f"{yuan}元",
        f"{yuan:,}.00元",
        f"¥{yuan:,}",
        f"人民币{in_numerals(yuan)}元",
        f"人民币{in_numerals(yuan, _FORMAL_DIGITS, '拾佰仟')}元整",
        f"RMB {yuan}",
    ]
    if yuan < 10**11:
        writings += [f"{wan}万元", f"{wan}（万元）", f"{wan}w元"]
    assert {text: read_amount(text).low for text in writings} == dict.fromkeys(writings, yuan)
    if mixed:
        assert read_amount(mixed).low == yuan - yuan % WAN


@given(st.text(alphabet="0123456789.,亿万千百十元美人民币$¥wWm约超近-至()（） 三两叁数级多余", max_size=14))
def test_no_text_fails_and_ends_are_in_order(text: str) -> None:
    amount = read_amount(text)
    if amount.low is not None and amount.high is not None:
        assert amount.low <= amount.high
